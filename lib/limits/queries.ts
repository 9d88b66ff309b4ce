import { type UsageWindow, utcDate, windowStart } from '../core/time-window';
import { queryRows } from '../server/db';
import { evaluateLimit } from './policy';
import { runningSpend, windowStartsOn } from './running-spend';

function windowParameters(now: Date): [string, string, string] {
  return [utcDate(windowStart('day', now)), utcDate(windowStart('week', now)), utcDate(windowStart('month', now))];
}

/** Whether any budget of a workspace is used up in its running window, holds included. */
export async function isAnyBudgetExhausted(workspaceId: string, now: Date): Promise<boolean> {
  const rows = await queryRows<{ window: UsageWindow }>(
    // A window without a counter row has spent nothing; an expired hold holds nothing; BYOK counts where the workspace says so.
    `SELECT b."window"
       FROM budgets b
       JOIN workspaces w ON w.id = b.workspace_id
       LEFT JOIN workspace_counters c ON c.workspace_id = b.workspace_id AND c."window" = b."window"
        AND c.starts_on = ${windowStartsOn('b."window"', { day: '$2::date', week: '$3::date', month: '$4::date' })}
      WHERE b.workspace_id = $1
        AND COALESCE(c.spend_nano_usd, 0) + CASE WHEN w.include_byok_in_budgets THEN COALESCE(c.byok_nano_usd, 0) ELSE 0 END
          + (SELECT COALESCE(SUM(amount_nano_usd), 0) FROM holds
              WHERE workspace_id = $1 AND state = 'open' AND expires_at > $5) >= b.limit_nano_usd
      LIMIT 1`,
    [workspaceId, ...windowParameters(now), now],
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
            c.spend, c.byok,
            (SELECT COALESCE(SUM(amount_nano_usd), 0)::bigint FROM holds h
              WHERE h.workspace_id = k.workspace_id AND h.key_id = k.id AND h.state = 'open' AND h.expires_at > $6) AS held
       FROM unnest($1::uuid[], $2::bigint[]) AS wanted(workspace_id, key_id)
       JOIN api_keys k ON k.workspace_id = wanted.workspace_id AND k.id = wanted.key_id AND k.limit_nano_usd IS NOT NULL
       ${runningSpend({ day: '$3::date', week: '$4::date', month: '$5::date' })}`,
    [unique.map((key) => key.workspaceId), unique.map((key) => key.keyId), ...windowParameters(now), now],
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
