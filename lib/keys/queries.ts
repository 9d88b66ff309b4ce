import { type Call, canReach, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import type { Page } from '../core/page';
import { hashSecret } from '../core/secret';
import { queryRows } from '../server/db';
import { querySnapshot } from '../server/snapshot';
import type { Key, KeyFilter, KeyOrder } from './contract';
import { ALL_TYPED, filterParameters, joinsOf, ORDERS, WHERE_KEYS } from './queries/key-filter';
import { type KeyRow, SELECT_KEYS, selectKeysFrom, toKey, windowParameters } from './queries/key-row';

const SELECT_KEYS_BY_SECRET = selectKeysFrom(
  'key_secrets p JOIN api_keys k ON k.workspace_id = p.workspace_id AND k.id = p.key_id',
  ', p.ends_at',
);

/** A page of a workspace's keys that are not deleted. A workspace out of reach has none. */
export async function listKeys(
  call: Call,
  filter: KeyFilter,
  order: KeyOrder,
  offset: number,
  limit: number,
): Promise<Page<Key>> {
  const [rows, total] = await Promise.all([
    listKeyRows(call, filter, order, offset, limit),
    countMatching(call, filter),
  ]);
  return { rows, total };
}

/** As `listKeys`, for who counts the keys otherwise. */
export async function listKeyRows(
  call: Call,
  filter: KeyFilter,
  { sort, isDescending }: KeyOrder,
  offset: number,
  limit: number,
): Promise<Key[]> {
  requireScope(call, 'keys:read');
  if (!canReach(call, filter.workspaceId)) return [];
  const { expression, parts } = ORDERS[sort];
  // No key lacks a time of creation, and an index has it in this order.
  const direction = sort === 'created' && isDescending ? 'DESC' : `${isDescending ? 'DESC' : 'ASC'} NULLS LAST`;
  const { statuses } = filter;
  // Which way is best depends on the workspace's size and on the filter, so it is planned for these values.
  const rows = await querySnapshot<KeyRow>(
    // The page's keys are found first, by what they are sorted by and no more; only they are then looked up in full. A
    // fixed order, so that pages never overlap. Where statuses are judged, they are of all keys before any is sorted:
    // few may match, and nothing tells the database how few.
    `WITH matching AS ${statuses ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (
         SELECT k.workspace_id, k.id, k.created_at, k.hash, ${expression} AS place
           FROM api_keys k ${joinsOf(statuses ? [...parts, 'status'] : parts)}
          WHERE ${WHERE_KEYS} AND ${statuses ? 't.status = ANY($13::text[])' : '$13::text[] IS NULL'} AND ${ALL_TYPED}),
       page AS MATERIALIZED (
         SELECT * FROM matching ORDER BY place ${direction}, created_at DESC, hash LIMIT $11 OFFSET $12)
       ${selectKeysFrom('page JOIN api_keys k ON k.workspace_id = page.workspace_id AND k.id = page.id')}
        ORDER BY page.place ${direction}, k.created_at DESC, k.hash`,
    [...windowParameters(call.now), ...filterParameters(filter), limit, offset, statuses ?? null],
  );
  return rows.map((row) => toKey(row, call.now));
}

/** How many keys match, over all pages. */
async function countMatching(call: Call, filter: KeyFilter): Promise<number> {
  requireScope(call, 'keys:read');
  if (!canReach(call, filter.workspaceId)) return 0;
  const { statuses } = filter;
  const rows = await querySnapshot<{ total: bigint }>(
    // What is known beside the keys is asked only where the status, which needs it, is filtered.
    `SELECT COUNT(*) AS total FROM api_keys k ${statuses ? joinsOf(['status']) : ''}
      WHERE ${WHERE_KEYS} AND ${statuses ? 't.status = ANY($11::text[])' : '$11::text[] IS NULL'} AND ${ALL_TYPED}`,
    [...windowParameters(call.now), ...filterParameters(filter), statuses ?? null],
  );
  return Number(rows[0]?.total ?? 0n);
}

/** A key by its hash. A deleted one, and one of a workspace out of reach, is unknown. */
export async function getKey(call: Call, hash: string): Promise<Key> {
  requireScope(call, 'keys:read');
  const key = await findKey(hash, call.now);
  if (!key || key.deletedAt !== null || !canReach(call, key.workspaceId)) {
    throw new AppError('not_found', 'API key not found');
  }
  return key;
}

/** A key by its identity, deleted or not, without asking who wants it: for doors and other rooms. */
export async function findKey(hash: string, now: Date): Promise<Key | null> {
  const rows = await queryRows<KeyRow>(`${SELECT_KEYS} WHERE k.hash = $5`, [...windowParameters(now), hash]);
  return rows[0] ? toKey(rows[0], now) : null;
}

export type SecretState = 'live' | 'ended' | 'unknown';

/** The key that a secret belongs to, whatever its state, and whether the secret itself still lives. */
export async function findKeyBySecret(
  secret: string,
  now: Date,
): Promise<{ key: Key | null; secretState: SecretState }> {
  const rows = await queryRows<KeyRow & { ends_at: Date | null }>(
    // The secret's own end decides apart from the key's: a rotated-out secret ends with its grace period.
    `${SELECT_KEYS_BY_SECRET} WHERE p.secret_hash = $5`,
    [...windowParameters(now), hashSecret(secret)],
  );
  const row = rows[0];
  if (!row) return { key: null, secretState: 'unknown' };
  return { key: toKey(row, now), secretState: row.ends_at !== null && row.ends_at <= now ? 'ended' : 'live' };
}
