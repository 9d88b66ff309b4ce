import { type Call, canReach, requireScope } from '../../core/call';
import { USAGE_WINDOWS, type UsageWindow, utcDate, windowStart } from '../../core/time-window';
import { evaluateLimit, type LimitState } from '../../limits/policy';
import { windowStartsOn } from '../../limits/running-spend';
import { queryRows } from '../../server/db';

/** A budget of a workspace, and how it stands in its running window. */
export interface BudgetState extends LimitState {
  readonly window: UsageWindow;
  readonly limitNanoUsd: bigint;
}

interface Row {
  window: UsageWindow;
  limit_nano_usd: bigint;
  include_byok: boolean;
  spend: bigint;
  byok: bigint;
  held: bigint;
}

/** How a workspace's budgets stand, the narrowest first. A workspace out of reach has none. */
export async function listBudgetStates(call: Call, workspaceId: string): Promise<BudgetState[]> {
  requireScope(call, 'keys:read');
  if (!canReach(call, workspaceId)) return [];
  const rows = await queryRows<Row>(
    // Four rows at most, each with the counter of its running window; without usage there is none. An expired hold holds nothing.
    `SELECT b."window", b.limit_nano_usd, w.include_byok_in_budgets AS include_byok,
            COALESCE(c.spend_nano_usd, 0) AS spend, COALESCE(c.byok_nano_usd, 0) AS byok, h.held
       FROM budgets b JOIN workspaces w ON w.id = b.workspace_id
       LEFT JOIN workspace_counters c ON c.workspace_id = b.workspace_id AND c."window" = b."window"
        AND c.starts_on = ${windowStartsOn('b."window"', { day: '$2::date', week: '$3::date', month: '$4::date' })}
      CROSS JOIN (SELECT COALESCE(SUM(amount_nano_usd), 0)::bigint AS held FROM holds
                   WHERE workspace_id = $1 AND state = 'open' AND expires_at > $5) h
      WHERE b.workspace_id = $1`,
    [
      workspaceId,
      ...(['day', 'week', 'month'] as const).map((window) => utcDate(windowStart(window, call.now))),
      call.now,
    ],
  );
  return rows
    .map(({ window, limit_nano_usd: limitNanoUsd, include_byok, spend, byok, held }) => ({
      window,
      limitNanoUsd,
      ...evaluateLimit(
        { limitNanoUsd, limitWindow: window, includeByokInLimit: include_byok },
        { spendNanoUsd: spend, byokNanoUsd: byok },
        held,
        call.now,
      ),
    }))
    .toSorted((left, right) => USAGE_WINDOWS.indexOf(left.window) - USAGE_WINDOWS.indexOf(right.window));
}
