import { type UsageWindow, utcDate, windowStart } from '../../core/time-window';
import { evaluateLimit, type Spend } from '../../limits/policy';
import type { Key } from '../contract';

export interface KeyRow {
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
  month_requests: bigint;
  month_errors: bigint;
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
 * `SELECT_KEYS`: a key with the counters of its four running windows, what is held on it and when it was last used.
 * $1, $2, $3: first days of the running UTC day, week and month; $4: now. A day and a week are sums over hours, a lifetime is
 * one over months; a missing row counts as 0, an expired hold holds nothing, and a key that was never used has a NULL
 * last_used_at. Secrets are left out by name.
 */
const COLUMNS = `
  SELECT k.workspace_id, k.id, k.hash, k.name, k.label, k.environment, k.limit_nano_usd, k.limit_window,
         k.include_byok_in_limit, k.expires_at, k.disabled_at, k.deleted_at, k.rotated_at, s.grace_ends_at,
         k.creator_user_id, k.external_user, k.owner, k.tags, k.scopes, k.customer_id, k.external_meter_id, k.metadata,
         k.created_at, k.updated_at, GREATEST(s.last_used_at, l.last_occurred_at) AS last_used_at,
         l.requests, l.errors, l.month_requests, l.month_errors, r.day_spend, r.day_byok, r.week_spend, r.week_byok,
         l.month_spend, l.month_byok, l.spend_nano_usd AS lifetime_spend, l.byok_nano_usd AS lifetime_byok, h.held`;
/** What is known of a key `k`, looked up for it alone. */
const LOOK_UPS = `
    CROSS JOIN LATERAL (
         SELECT COALESCE(SUM(spend_nano_usd), 0)::bigint AS week_spend, COALESCE(SUM(byok_nano_usd), 0)::bigint AS week_byok,
                COALESCE(SUM(spend_nano_usd) FILTER (WHERE hour >= $1::date AND hour < $1::date + 1), 0)::bigint AS day_spend,
                COALESCE(SUM(byok_nano_usd) FILTER (WHERE hour >= $1::date AND hour < $1::date + 1), 0)::bigint AS day_byok
           FROM key_hours WHERE workspace_id = k.workspace_id AND key_id = k.id AND hour >= $2::date AND hour < $2::date + 7) r
    CROSS JOIN LATERAL (
         SELECT add_up(requests) AS requests, add_up(errors) AS errors, MAX(last_occurred_at) AS last_occurred_at,
                add_up(spend_nano_usd) AS spend_nano_usd, add_up(byok_nano_usd) AS byok_nano_usd,
                add_up(requests) FILTER (WHERE month = $3::date) AS month_requests,
                add_up(errors) FILTER (WHERE month = $3::date) AS month_errors,
                add_up(spend_nano_usd) FILTER (WHERE month = $3::date) AS month_spend,
                add_up(byok_nano_usd) FILTER (WHERE month = $3::date) AS month_byok
           FROM key_months WHERE workspace_id = k.workspace_id AND key_id = k.id) l
    LEFT JOIN LATERAL (
         SELECT MAX(last_used_at) AS last_used_at, MAX(ends_at) FILTER (WHERE ends_at > $4) AS grace_ends_at
           FROM key_secrets WHERE workspace_id = k.workspace_id AND key_id = k.id) s ON true
    LEFT JOIN LATERAL (
         SELECT COALESCE(SUM(amount_nano_usd), 0)::bigint AS held FROM holds
          WHERE workspace_id = k.workspace_id AND key_id = k.id AND state = 'open' AND expires_at > $4) h ON true`;
export const SELECT_KEYS = `${COLUMNS} FROM api_keys k ${LOOK_UPS}`;

/** As `SELECT_KEYS`, of keys that are found by other tables: `from` joins `api_keys k`. */
export function selectKeysFrom(from: string, moreColumns = ''): string {
  return `${COLUMNS}${moreColumns} FROM ${from} ${LOOK_UPS}`;
}

/** $1 to $4 of `SELECT_KEYS`. */
export function windowParameters(now: Date): [string, string, string, Date] {
  return [utcDate(windowStart('day', now)), utcDate(windowStart('week', now)), utcDate(windowStart('month', now)), now];
}

/** The key of a row of `SELECT_KEYS`, as of the `now` that the row was asked with. */
export function toKey(row: KeyRow, now: Date): Key {
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
    monthRequests: row.month_requests,
    monthErrors: row.month_errors,
    spend,
    limit: evaluateLimit(limit, spend[limit.limitWindow], row.held, now),
  };
}
