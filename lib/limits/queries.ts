import { type UsageWindow, utcDate, windowStart } from '../core/time-window';
import { queryRows } from '../server/db';
import { evaluateLimit } from './policy';

/** Whether any budget of a workspace is used up in its running window, holds included. */
export async function isAnyBudgetExhausted(workspaceId: string, now: Date): Promise<boolean> {
  const rows = await queryRows<{ window: UsageWindow }>(
    // A window without a counter row has spent nothing; an expired hold holds nothing; BYOK counts where the workspace says so.
    `SELECT b."window"
       FROM budgets b
       JOIN workspaces w ON w.id = b.workspace_id
       LEFT JOIN workspace_counters c ON c.workspace_id = b.workspace_id AND c."window" = b."window"
        AND c.starts_on = CASE b."window" WHEN 'day' THEN $2::date WHEN 'week' THEN $3::date WHEN 'month' THEN $4::date
                          ELSE '0001-01-01'::date END
      WHERE b.workspace_id = $1
        AND COALESCE(c.spend_nano_usd, 0) + CASE WHEN w.include_byok_in_budgets THEN COALESCE(c.byok_nano_usd, 0) ELSE 0 END
          + (SELECT COALESCE(SUM(amount_nano_usd), 0) FROM holds
              WHERE workspace_id = $1 AND state = 'open' AND expires_at > $5) >= b.limit_nano_usd
      LIMIT 1`,
    [
      workspaceId,
      utcDate(windowStart('day', now)),
      utcDate(windowStart('week', now)),
      utcDate(windowStart('month', now)),
      now,
    ],
  );
  return rows.length > 0;
}

interface LimitRow {
  id: bigint;
  limit_nano_usd: bigint;
  limit_window: UsageWindow;
  include_byok_in_limit: boolean;
  spend: bigint;
  byok: bigint;
  held: bigint;
}

/** What is left of the limits of some keys, by the key's id. Keys without a limit are left out. */
export async function findRemainingLimits(
  keys: readonly { readonly workspaceId: string; readonly keyId: bigint }[],
  now: Date,
): Promise<Map<bigint, bigint>> {
  const unique = [...new Map(keys.map((key) => [key.keyId, key])).values()];
  if (unique.length === 0) return new Map();
  const rows = await queryRows<LimitRow>(
    // One row a key with a limit: its spend in the running window of that limit, 0 without a counter, and open holds.
    `SELECT k.id, k.limit_nano_usd, k.limit_window, k.include_byok_in_limit,
            COALESCE(c.spend_nano_usd, 0) AS spend, COALESCE(c.byok_nano_usd, 0) AS byok,
            (SELECT COALESCE(SUM(amount_nano_usd), 0)::bigint FROM holds h
              WHERE h.workspace_id = k.workspace_id AND h.key_id = k.id AND h.state = 'open' AND h.expires_at > $6) AS held
       FROM unnest($1::uuid[], $2::bigint[]) AS wanted(workspace_id, key_id)
       JOIN api_keys k ON k.workspace_id = wanted.workspace_id AND k.id = wanted.key_id AND k.limit_nano_usd IS NOT NULL
       LEFT JOIN key_counters c ON c.workspace_id = k.workspace_id AND c.key_id = k.id AND c."window" = k.limit_window
        AND c.starts_on = CASE k.limit_window WHEN 'day' THEN $3::date WHEN 'week' THEN $4::date WHEN 'month' THEN $5::date
                          ELSE '0001-01-01'::date END`,
    [
      unique.map((key) => key.workspaceId),
      unique.map((key) => key.keyId),
      utcDate(windowStart('day', now)),
      utcDate(windowStart('week', now)),
      utcDate(windowStart('month', now)),
      now,
    ],
  );
  return new Map(
    rows.map((row) => {
      const limit = {
        limitNanoUsd: row.limit_nano_usd,
        limitWindow: row.limit_window,
        includeByokInLimit: row.include_byok_in_limit,
      };
      const state = evaluateLimit(limit, { spendNanoUsd: row.spend, byokNanoUsd: row.byok }, row.held, now);
      return [row.id, state.remainingNanoUsd ?? 0n];
    }),
  );
}
