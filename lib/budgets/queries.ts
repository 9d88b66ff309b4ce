import { type Call, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import { USAGE_WINDOWS, type UsageWindow } from '../core/time-window';
import { prisma } from '../server/db';
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
