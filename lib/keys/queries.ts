import { type Call, canReach, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import type { Page } from '../core/page';
import { hashSecret } from '../core/secret';
import { queryRows } from '../server/db';
import type { Key, KeyFilter, KeyOrder } from './contract';
import { filterParameters, JUDGE_KEYS, ORDER_COLUMNS, WHERE_KEYS } from './queries/key-filter';
import { FROM_KEYS, type KeyRow, SELECT_KEYS, toKey, windowParameters } from './queries/key-row';

const SELECT_KEYS_BY_SECRET = SELECT_KEYS.replace('h.held', 'h.held, p.ends_at').replace(
  'FROM api_keys k',
  'FROM key_secrets p JOIN api_keys k ON k.workspace_id = p.workspace_id AND k.id = p.key_id',
);

/** A page of a workspace's keys that are not deleted. A workspace out of reach has none. */
export async function listKeys(
  call: Call,
  filter: KeyFilter,
  order: KeyOrder,
  offset: number,
  limit: number,
): Promise<Page<Key>> {
  requireScope(call, 'keys:read');
  if (!canReach(call, filter.workspaceId)) return { rows: [], total: 0 };
  const direction = order.isDescending ? 'DESC NULLS LAST' : 'ASC NULLS LAST';
  const where = `${WHERE_KEYS} AND ($10::text[] IS NULL OR t.status = ANY($10))`;
  const parameters = [...windowParameters(call.now), ...filterParameters(filter), filter.statuses ?? null];
  const [rows, counts] = await Promise.all([
    // One page of keys: filtered by workspace and state, in a fixed order so that pages never overlap.
    queryRows<KeyRow>(
      `${SELECT_KEYS} ${JUDGE_KEYS} WHERE ${where}
        ORDER BY ${ORDER_COLUMNS[order.sort]} ${direction}, k.created_at DESC, k.hash LIMIT $11 OFFSET $12`,
      [...parameters, limit, offset],
    ),
    // How many keys match, over all pages. The counters are asked only where the status, which needs them, is filtered.
    queryRows<{ total: bigint }>(
      `SELECT COUNT(*) AS total ${filter.statuses ? `${FROM_KEYS} ${JUDGE_KEYS} WHERE ${where}` : `FROM api_keys k WHERE ${WHERE_KEYS}`}
          AND ($1::date, $2::date, $3::date, $4::timestamptz, $10::text[]) IS DISTINCT FROM NULL`,
      parameters,
    ),
  ]);
  return { rows: rows.map((row) => toKey(row, call.now)), total: Number(counts[0]?.total ?? 0n) };
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
