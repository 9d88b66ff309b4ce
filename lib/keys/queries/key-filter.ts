import type { KeyFilter, KeySort } from '../contract';

/**
 * Joined to `FROM_KEYS`: what counts against the key's limit in its running window (`u.used`), and the one word for the
 * key (`t.status`), which says the same as `keyStatus`; a test holds the two together. $4: now.
 */
export const JUDGE_KEYS = `
   CROSS JOIN LATERAL (
         SELECT CASE k.limit_window WHEN 'day' THEN r.day_spend WHEN 'week' THEN r.week_spend
                                    WHEN 'month' THEN m.spend_nano_usd ELSE l.spend_nano_usd END AS spend,
                CASE k.limit_window WHEN 'day' THEN r.day_byok WHEN 'week' THEN r.week_byok
                                    WHEN 'month' THEN m.byok_nano_usd ELSE l.byok_nano_usd END AS byok) c
   CROSS JOIN LATERAL (
         SELECT COALESCE(c.spend, 0)::numeric + CASE WHEN k.include_byok_in_limit THEN COALESCE(c.byok, 0) ELSE 0 END AS used) u
   CROSS JOIN LATERAL (
         SELECT CASE WHEN k.disabled_at IS NOT NULL THEN 'disabled'
                     WHEN k.expires_at <= $4 THEN 'expired'
                     WHEN k.limit_nano_usd - u.used - h.held <= 0 THEN 'blocked'
                     WHEN u.used * 100 >= k.limit_nano_usd::numeric * 80 THEN 'near_limit'
                     WHEN k.expires_at < $4 + interval '168 hours' THEN 'expires_soon'
                     WHEN s.grace_ends_at > $4 THEN 'rotating'
                     WHEN COALESCE(GREATEST(s.last_used_at, l.last_occurred_at), k.created_at) < $4 - interval '720 hours'
                     THEN 'dormant' ELSE 'active' END AS status) t`;

/** NULL (no limit, never used, no requests) comes last either way; a limit of $0 counts as fully used. */
export const ORDER_COLUMNS: Readonly<Record<KeySort, string>> = {
  created: 'k.created_at',
  name: 'lower(k.name)',
  owner: 'lower(k.owner)',
  month_spend: 'COALESCE(m.spend_nano_usd, 0)',
  lifetime_spend: 'COALESCE(l.spend_nano_usd, 0)',
  limit_used: `CASE WHEN k.limit_nano_usd = 0 THEN 'Infinity' ELSE u.used / k.limit_nano_usd END`,
  remaining: 'GREATEST(k.limit_nano_usd - u.used - h.held, 0 * k.limit_nano_usd)',
  month_requests: 'COALESCE(m.requests, 0)',
  month_error_rate: 'm.errors::numeric / NULLIF(m.requests, 0)',
  last_used: 'GREATEST(s.last_used_at, l.last_occurred_at)',
};

/** Keys of a workspace that are not deleted and match all of the filter but its statuses. $5 to $9 of `filterParameters`. */
export const WHERE_KEYS = `k.workspace_id = $5::uuid AND k.deleted_at IS NULL AND ($6 OR k.disabled_at IS NULL)
     AND ($7 = '' OR strpos(lower(concat_ws(' ', k.name, k.owner, k.label, k.hash)), lower($7)) > 0)
     AND ($8::text IS NULL OR k.environment::text = $8) AND ($9::text IS NULL OR k.owner = $9)`;

export function filterParameters(filter: KeyFilter, includeDisabled = filter.includeDisabled): unknown[] {
  const { workspaceId, search, environment, owner } = filter;
  return [workspaceId, includeDisabled, search ?? '', environment ?? null, owner ?? null];
}
