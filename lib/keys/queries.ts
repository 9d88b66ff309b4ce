import { type Call, canReach, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import type { Page } from '../core/page';
import { hashSecret } from '../core/secret';
import { type UsageWindow, utcDate, windowStart } from '../core/time-window';
import { evaluateLimit, type Spend } from '../limits/policy';
import { queryRows } from '../server/db';
import type { Key } from './contract';

export interface KeyFilter {
  readonly workspaceId: string;
  readonly includeDisabled: boolean;
  /** Part of a name, owner, label or hash; case does not matter. */
  readonly search?: string;
}

/** Orders that the table offers; `created` is the contract's own. Ties: newest first, then hash. */
export const KEY_SORTS = ['created', 'name', 'spend', 'last_used'] as const;
export type KeySort = (typeof KEY_SORTS)[number];

export interface KeyOrder {
  readonly sort: KeySort;
  readonly isDescending: boolean;
}

interface Row {
  workspace_id: string;
  id: bigint;
  hash: string;
  name: string;
  label: string;
  environment: 'live' | 'test';
  limit_nano_usd: bigint | null;
  limit_window: UsageWindow;
  include_byok_in_limit: boolean;
  expires_at: Date | null;
  disabled_at: Date | null;
  deleted_at: Date | null;
  rotated_at: Date | null;
  grace_ends_at: Date | null;
  creator_user_id: string | null;
  external_user: string | null;
  owner: string | null;
  tags: string[];
  scopes: Record<string, unknown>[];
  customer_id: string | null;
  external_meter_id: string | null;
  metadata: Record<string, unknown>;
  created_at: Date;
  updated_at: Date | null;
  last_used_at: Date | null;
  requests: bigint;
  errors: bigint;
  day_spend: bigint;
  day_byok: bigint;
  week_spend: bigint;
  week_byok: bigint;
  month_spend: bigint;
  month_byok: bigint;
  lifetime_spend: bigint;
  lifetime_byok: bigint;
  held: bigint;
}

/**
 * A key with the counters of its four running windows, what is held on it and when it was last used.
 * $1, $2, $3: first days of the running UTC day, week and month; $4: now. A missing counter row counts as 0, an
 * expired hold holds nothing, and a key that was never used has a NULL last_used_at. Secrets are left out by name.
 */
const SELECT_KEYS = `
  SELECT k.workspace_id, k.id, k.hash, k.name, k.label, k.environment, k.limit_nano_usd, k.limit_window,
         k.include_byok_in_limit, k.expires_at, k.disabled_at, k.deleted_at, k.rotated_at, s.grace_ends_at,
         k.creator_user_id, k.external_user, k.owner, k.tags, k.scopes, k.customer_id, k.external_meter_id, k.metadata,
         k.created_at, k.updated_at, GREATEST(s.last_used_at, l.last_occurred_at) AS last_used_at,
         COALESCE(l.requests, 0) AS requests, COALESCE(l.errors, 0) AS errors,
         COALESCE(d.spend_nano_usd, 0) AS day_spend, COALESCE(d.byok_nano_usd, 0) AS day_byok,
         COALESCE(w.spend_nano_usd, 0) AS week_spend, COALESCE(w.byok_nano_usd, 0) AS week_byok,
         COALESCE(m.spend_nano_usd, 0) AS month_spend, COALESCE(m.byok_nano_usd, 0) AS month_byok,
         COALESCE(l.spend_nano_usd, 0) AS lifetime_spend, COALESCE(l.byok_nano_usd, 0) AS lifetime_byok, h.held
    FROM api_keys k
    LEFT JOIN key_counters d ON d.workspace_id = k.workspace_id AND d.key_id = k.id AND d."window" = 'day' AND d.starts_on = $1
    LEFT JOIN key_counters w ON w.workspace_id = k.workspace_id AND w.key_id = k.id AND w."window" = 'week' AND w.starts_on = $2
    LEFT JOIN key_counters m ON m.workspace_id = k.workspace_id AND m.key_id = k.id AND m."window" = 'month' AND m.starts_on = $3
    LEFT JOIN key_counters l ON l.workspace_id = k.workspace_id AND l.key_id = k.id AND l."window" = 'lifetime'
    LEFT JOIN LATERAL (
         SELECT MAX(last_used_at) AS last_used_at, MAX(ends_at) FILTER (WHERE ends_at > $4) AS grace_ends_at
           FROM key_secrets WHERE workspace_id = k.workspace_id AND key_id = k.id) s ON true
    LEFT JOIN LATERAL (
         SELECT COALESCE(SUM(amount_nano_usd), 0)::bigint AS held FROM holds
          WHERE workspace_id = k.workspace_id AND key_id = k.id AND state = 'open' AND expires_at > $4) h ON true`;

const SELECT_KEYS_BY_SECRET = SELECT_KEYS.replace('h.held', 'h.held, p.ends_at').replace(
  'FROM api_keys k',
  'FROM key_secrets p JOIN api_keys k ON k.workspace_id = p.workspace_id AND k.id = p.key_id',
);

const ORDER_COLUMNS: Readonly<Record<KeySort, string>> = {
  created: 'k.created_at',
  name: 'lower(k.name)',
  spend: 'COALESCE(l.spend_nano_usd, 0) + COALESCE(l.byok_nano_usd, 0)',
  last_used: 'GREATEST(s.last_used_at, l.last_occurred_at)',
};

function windowParameters(now: Date): [string, string, string, Date] {
  return [utcDate(windowStart('day', now)), utcDate(windowStart('week', now)), utcDate(windowStart('month', now)), now];
}

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
  const where = `k.workspace_id = $5::uuid AND k.deleted_at IS NULL AND ($6 OR k.disabled_at IS NULL)
     AND ($7 = '' OR strpos(lower(concat_ws(' ', k.name, k.owner, k.label, k.hash)), lower($7)) > 0)`;
  const direction = order.isDescending ? 'DESC NULLS LAST' : 'ASC NULLS LAST';
  const scope = [filter.workspaceId, filter.includeDisabled, filter.search ?? ''];
  const [rows, counts] = await Promise.all([
    // One page of keys: filtered by workspace and state, in a fixed order so that pages never overlap.
    queryRows<Row>(
      `${SELECT_KEYS} WHERE ${where} ORDER BY ${ORDER_COLUMNS[order.sort]} ${direction}, k.created_at DESC, k.hash LIMIT $8 OFFSET $9`,
      [...windowParameters(call.now), ...scope, limit, offset],
    ),
    // How many keys match, over all pages. The first four parameters are named so that both statements number alike.
    queryRows<{ total: bigint }>(
      `SELECT COUNT(*) AS total FROM api_keys k
        WHERE ($1::date, $2::date, $3::date, $4::timestamptz) IS NOT NULL AND ${where}`,
      [...windowParameters(call.now), ...scope],
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
  const rows = await queryRows<Row>(`${SELECT_KEYS} WHERE k.hash = $5`, [...windowParameters(now), hash]);
  return rows[0] ? toKey(rows[0], now) : null;
}

export type SecretState = 'live' | 'ended' | 'unknown';

/** The key that a secret belongs to, whatever its state, and whether the secret itself still lives. */
export async function findKeyBySecret(
  secret: string,
  now: Date,
): Promise<{ key: Key | null; secretState: SecretState }> {
  const rows = await queryRows<Row & { ends_at: Date | null }>(
    // The secret's own end decides apart from the key's: a rotated-out secret ends with its grace period.
    `${SELECT_KEYS_BY_SECRET} WHERE p.secret_hash = $5`,
    [...windowParameters(now), hashSecret(secret)],
  );
  const row = rows[0];
  if (!row) return { key: null, secretState: 'unknown' };
  return { key: toKey(row, now), secretState: row.ends_at !== null && row.ends_at <= now ? 'ended' : 'live' };
}

function toKey(row: Row, now: Date): Key {
  const spend: Record<UsageWindow, Spend> = {
    day: { spendNanoUsd: row.day_spend, byokNanoUsd: row.day_byok },
    week: { spendNanoUsd: row.week_spend, byokNanoUsd: row.week_byok },
    month: { spendNanoUsd: row.month_spend, byokNanoUsd: row.month_byok },
    lifetime: { spendNanoUsd: row.lifetime_spend, byokNanoUsd: row.lifetime_byok },
  };
  const limit = {
    limitNanoUsd: row.limit_nano_usd,
    limitWindow: row.limit_window,
    includeByokInLimit: row.include_byok_in_limit,
  };
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    hash: row.hash,
    name: row.name,
    label: row.label,
    environment: row.environment,
    ...limit,
    expiresAt: row.expires_at,
    disabledAt: row.disabled_at,
    deletedAt: row.deleted_at,
    rotatedAt: row.rotated_at,
    graceEndsAt: row.grace_ends_at,
    creatorUserId: row.creator_user_id,
    externalUser: row.external_user,
    owner: row.owner,
    tags: row.tags,
    scopes: row.scopes,
    customerId: row.customer_id,
    externalMeterId: row.external_meter_id,
    metadata: row.metadata,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastUsedAt: row.last_used_at,
    requests: row.requests,
    errors: row.errors,
    spend,
    limit: evaluateLimit(limit, spend[limit.limitWindow], row.held, now),
  };
}
