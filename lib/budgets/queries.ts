import { type Call, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import { USAGE_WINDOWS, type UsageWindow, utcDate, windowEnd, windowStart } from '../core/time-window';
import { windowStartsOn } from '../limits/running-spend';
import { prisma, queryRows } from '../server/db';
import type { Workspace } from '../workspaces/contract';
import { getWorkspace } from '../workspaces/queries';

export interface Budget {
  readonly id: string;
  readonly workspaceId: string;
  readonly window: UsageWindow;
  readonly limitNanoUsd: bigint;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The budgets of a workspace, narrowest first. */
export async function listBudgets(call: Call, idOrSlug: string): Promise<{ workspace: Workspace; budgets: Budget[] }> {
  requireScope(call, 'keys:read');
  const workspace = await getWorkspace(call, idOrSlug);
  const budgets = await prisma().budget.findMany({ where: { workspaceId: workspace.id } });
  budgets.sort((left, right) => USAGE_WINDOWS.indexOf(left.window) - USAGE_WINDOWS.indexOf(right.window));
  return { workspace, budgets };
}

export async function getBudget(call: Call, idOrSlug: string, window: UsageWindow): Promise<Budget> {
  const { budgets } = await listBudgets(call, idOrSlug);
  const budget = budgets.find((candidate) => candidate.window === window);
  if (!budget) throw new AppError('not_found', 'Budget not found');
  return budget;
}

/** A budget, or its absence, with what its running window has used. */
export interface BudgetUse {
  readonly window: UsageWindow;
  /** NULL: no budget. */
  readonly limitNanoUsd: bigint | null;
  /** Spend in the running window that counts, BYOK among it where the workspace says so. */
  readonly usedNanoUsd: bigint;
  readonly heldNanoUsd: bigint;
  /** NULL: never. */
  readonly resetsAt: Date | null;
}

/** All four windows of a workspace, narrowest first, each with its budget and its use. */
export async function listBudgetUse(call: Call, idOrSlug: string): Promise<BudgetUse[]> {
  requireScope(call, 'keys:read');
  const workspace = await getWorkspace(call, idOrSlug);
  const rows = await queryRows<{ window: UsageWindow; limit_nano_usd: bigint | null; used: bigint; held: bigint }>(
    // Four rows, one a window: NULL without a budget, 0 without usage. Open holds count against every budget.
    `SELECT v."window"::text, b.limit_nano_usd,
            (COALESCE(c.spend_nano_usd, 0) + CASE WHEN $6 THEN COALESCE(c.byok_nano_usd, 0) ELSE 0 END)::bigint AS used,
            (SELECT COALESCE(SUM(amount_nano_usd), 0)::bigint FROM holds h
              WHERE h.workspace_id = $1::uuid AND h.state = 'open' AND h.expires_at > $5) AS held
       FROM unnest(enum_range(NULL::usage_window)) AS v("window")
       LEFT JOIN budgets b ON b.workspace_id = $1::uuid AND b."window" = v."window"
       LEFT JOIN workspace_counters c ON c.workspace_id = $1::uuid AND c."window" = v."window"
        AND c.starts_on = ${windowStartsOn('v."window"', { day: '$2::date', week: '$3::date', month: '$4::date' })}`,
    [
      workspace.id,
      utcDate(windowStart('day', call.now)),
      utcDate(windowStart('week', call.now)),
      utcDate(windowStart('month', call.now)),
      call.now,
      workspace.includeByokInBudgets,
    ],
  );
  return USAGE_WINDOWS.flatMap((window) => {
    const row = rows.find((one) => one.window === window);
    if (!row) return [];
    const { limit_nano_usd: limitNanoUsd, used: usedNanoUsd, held: heldNanoUsd } = row;
    return { window, limitNanoUsd, usedNanoUsd, heldNanoUsd, resetsAt: windowEnd(window, call.now) };
  });
}
