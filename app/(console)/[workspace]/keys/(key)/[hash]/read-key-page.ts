import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/core/errors';
import { requireSession, type Session } from '@/lib/entry/session';
import type { Key } from '@/lib/keys/contract';
import { getKey } from '@/lib/keys/queries';
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

/** Once a request, for the title and the page. A key of another workspace is not here. */
const readKey = cache(async (slug: string, hash: string): Promise<{ session: Session; keyOf: Key }> => {
  const session = await requireSession(slug);
  try {
    return { session, keyOf: await getKey(session.call, hash) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

export async function readKeyPage(params: KeyParams): Promise<KeyPageStart> {
  const { workspace, hash } = await params;
  const { session, keyOf } = await readKey(workspace, hash);
  return { session, keyOf, row: toKeyRow(keyOf, session.call.now), place: await readPlace(session) };
}

/** `billing-worker`, or with its tab: `Limits of billing-worker`. */
export async function readKeyTitle(params: KeyParams, tab?: string): Promise<string> {
  const { workspace, hash } = await params;
  const { keyOf } = await readKey(workspace, hash);
  return tab === undefined ? keyOf.name : `${tab} of ${keyOf.name}`;
}
