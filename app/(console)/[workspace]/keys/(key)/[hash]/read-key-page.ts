import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/core/errors';
import { requireSession, type Session } from '@/lib/entry/session';
import type { Key } from '@/lib/keys/contract';
import { getKey } from '@/lib/keys/queries';
import { type DeletedKey, findDeletedKey } from '@/lib/keys/queries/find-deleted-key';
import { type KeyRow, toKeyRow } from '../../key-row';
import type { KeysPlace } from '../../keys-place';
import { readPlace } from '../../read-place';

/** What every tab of a key's page begins with. */
export interface KeyPageStart {
  readonly session: Session;
  readonly keyOf: Key;
  readonly row: KeyRow;
  readonly place: KeysPlace;
}

export type KeyParams = Promise<{ workspace: string; hash: string }>;

type Found =
  | { readonly session: Session; readonly keyOf: Key; readonly deleted: null }
  | { readonly session: Session; readonly keyOf: null; readonly deleted: DeletedKey };

/** Once a request, for the title, the layout and the page. A key of another workspace is not here. */
const readKey = cache(async (slug: string, hash: string): Promise<Found> => {
  const session = await requireSession(slug);
  try {
    return { session, keyOf: await getKey(session.call, hash), deleted: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    const deleted = await findDeletedKey(session.call, hash);
    return deleted ? { session, keyOf: null, deleted } : notFound();
  }
});

export async function readKeyPage(params: KeyParams): Promise<KeyPageStart> {
  const { workspace, hash } = await params;
  const [{ session, keyOf }, place] = await Promise.all([
    readKey(workspace, hash),
    requireSession(workspace).then(readPlace),
  ]);
  // The layout shows a deleted key, and no tab of it.
  if (keyOf === null) notFound();
  return { session, keyOf, row: toKeyRow(keyOf, session.call.now), place };
}

/** NULL: the key is not deleted. */
export async function readDeletedKey(params: KeyParams): Promise<{ session: Session; deleted: DeletedKey } | null> {
  const { workspace, hash } = await params;
  const { session, deleted } = await readKey(workspace, hash);
  return deleted && { session, deleted };
}

/** `billing-worker`, or with its tab: `Limits of billing-worker`. */
export async function readKeyTitle(params: KeyParams, tab?: string): Promise<string> {
  const { workspace, hash } = await params;
  const { keyOf, deleted } = await readKey(workspace, hash);
  if (keyOf === null) return `${deleted.name}, deleted`;
  return tab === undefined ? keyOf.name : `${tab} of ${keyOf.name}`;
}
