'use server';

import { z } from 'zod';
import { action } from '@/lib/entry/action';
import { listKeyRows } from '@/lib/keys/queries';
import { keyStatus } from '@/lib/keys/status';
import { type FoundKey, KEYS_FOUND_MAX, SEARCH_LENGTH_MAX } from './found-key';

const input = z.object({ q: z.string().trim().min(1).max(SEARCH_LENGTH_MAX) });

/** A few keys of the workspace by name, owner, secret's hint or id; those that are used come first. */
export const findKeysAction = action(
  input,
  async (call, { q }, { workspace }): Promise<FoundKey[]> => {
    // Hints are shown with an ellipsis and kept with three dots.
    const rows = await listKeyRows(
      call,
      { workspaceId: workspace.id, includeDisabled: true, search: q.replaceAll('…', '...') },
      { sort: 'last_used', isDescending: true },
      0,
      KEYS_FOUND_MAX,
    );
    return rows.map((key) => ({
      hash: key.hash,
      name: key.name,
      owner: key.owner,
      hint: key.label.replace('...', '…'),
      status: keyStatus(key, call.now),
    }));
  },
  { isQuiet: true },
);
