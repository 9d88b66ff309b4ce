import { recordAudit } from '../audit/commands';
import { type Call, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import { formatUsd } from '../core/money';
import type { UsageWindow } from '../core/time-window';
import { inTransaction, type Tx } from '../server/db';
import type { Workspace } from '../workspaces/contract';
import { findReachableWorkspace } from '../workspaces/queries';
import { BUDGET_WORDS, findOrderFault } from './ordering';

export interface BudgetInput {
  readonly limitNanoUsd: bigint;
  /** Of the workspace, and so of all its budgets; absent: unchanged. */
  readonly includeByokInBudgets?: boolean | undefined;
}

/** Asked before the transaction: the embedded database answers no other connection while a transaction is open. */
async function requireWorkspace(call: Call, idOrSlug: string): Promise<Workspace> {
  const workspace = await findReachableWorkspace(call, idOrSlug);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  return workspace;
}

/** Two budgets set at once must see each other, or both could pass the order that only one of them may. */
async function lockWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  // Held until the transaction ends; keys can be made meanwhile, whose rows only refer to the workspace's id.
  await tx.$queryRaw`SELECT id::text FROM workspaces WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}

/** Sets one of the four budgets of a workspace, which must fall strictly from lifetime to daily. */
export async function setBudget(call: Call, idOrSlug: string, window: UsageWindow, input: BudgetInput): Promise<void> {
  requireScope(call, 'workspaces:write');
  const workspace = await requireWorkspace(call, idOrSlug);
  await inTransaction(async (tx) => {
    await lockWorkspace(tx, workspace.id);
    const rows = await tx.budget.findMany({ where: { workspaceId: workspace.id } });
    const budgets = new Map(rows.map((row) => [row.window, row.limitNanoUsd]));
    budgets.set(window, input.limitNanoUsd);
    const fault = findOrderFault(budgets);
    if (fault) throw new AppError('invalid_input', fault, { field: 'limit_usd' });
    const where = { workspaceId_window: { workspaceId: workspace.id, window } };
    await tx.budget.upsert({
      where,
      create: {
        workspaceId: workspace.id,
        window,
        limitNanoUsd: input.limitNanoUsd,
        createdAt: call.now,
        updatedAt: call.now,
      },
      update: { limitNanoUsd: input.limitNanoUsd, updatedAt: call.now },
    });
    if (input.includeByokInBudgets !== undefined) {
      await tx.workspace.update({
        where: { id: workspace.id },
        data: { includeByokInBudgets: input.includeByokInBudgets, updatedAt: call.now },
        select: { id: true },
      });
    }
    await recordAudit(call, tx, {
      workspaceId: workspace.id,
      action: 'budget.set',
      subjectId: workspace.id,
      subjectName: `${BUDGET_WORDS[window]} budget`,
      detail: { limit_usd: formatUsd(input.limitNanoUsd) },
    });
  });
}

/** Removes a budget; one that is not there is removed already. */
export async function deleteBudget(call: Call, idOrSlug: string, window: UsageWindow): Promise<void> {
  requireScope(call, 'workspaces:write');
  const workspace = await requireWorkspace(call, idOrSlug);
  await inTransaction(async (tx) => {
    await lockWorkspace(tx, workspace.id);
    const deleted = await tx.budget.deleteMany({ where: { workspaceId: workspace.id, window } });
    if (deleted.count === 0) return;
    await recordAudit(call, tx, {
      workspaceId: workspace.id,
      action: 'budget.delete',
      subjectId: workspace.id,
      subjectName: `${BUDGET_WORDS[window]} budget`,
    });
  });
}
