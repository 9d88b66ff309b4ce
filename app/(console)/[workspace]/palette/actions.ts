'use server';

import { z } from 'zod';
import type { Call } from '@/lib/core/call';
import { action } from '@/lib/entry/action';
import { listKeyRows } from '@/lib/keys/queries';
import { findOwners } from '@/lib/keys/queries/find-owners';
import { keyStatus } from '@/lib/keys/status';
import { findSavedViews } from '@/lib/saved-views/queries';
import { FOUND_MAX, type Found, type FoundKey, SEARCH_LENGTH_MAX } from './found';

const input = z.object({ q: z.string().trim().min(1).max(SEARCH_LENGTH_MAX) });

/** A few keys, saved views and owners of the workspace by what is typed. */
export const findAction = action(
  input,
  async (call, { q }, { workspace: { id, slug } }): Promise<Found> => {
    const [keys, views, owners] = await Promise.all([
      findKeys(call, id, q),
      findSavedViews(call, id, q, FOUND_MAX.views),
      findOwners(call, id, q, FOUND_MAX.owners),
    ]);
    return {
      keys,
      views: views.map(({ id: view, name, query }) => ({
        name,
        href: `/${slug}/explore?${new URLSearchParams([...new URLSearchParams(query), ['view', view]])}`,
      })),
      owners,
    };
  },
  { isQuiet: true },
);

/** By name, owner, secret's hint or id; those that are used come first. */
async function findKeys(call: Call, workspaceId: string, q: string): Promise<FoundKey[]> {
  const rows = await listKeyRows(
    call,
    // Hints are shown with an ellipsis and kept with three dots.
    { workspaceId, includeDisabled: true, search: q.replaceAll('…', '...') },
    { sort: 'last_used', isDescending: true },
    0,
    FOUND_MAX.keys,
  );
  return rows.map((key) => ({
    hash: key.hash,
    name: key.name,
    owner: key.owner,
    hint: key.label.replace('...', '…'),
    status: keyStatus(key, call.now),
    usedNanoUsd: key.limit.usedNanoUsd,
    limitNanoUsd: key.limitNanoUsd,
    limitWindow: key.limitWindow,
  }));
}
