import { changesOf } from '../audit/changes';
import { recordAudit } from '../audit/commands';
import { findLastEntryOf } from '../audit/queries';
import { type Call, requireScope } from '../core/call';
import { AppError } from '../core/errors';
import { formatUsd } from '../core/money';
import { USAGE_WINDOWS, type UsageWindow } from '../core/time-window';
import { inTransaction, type Tx } from '../server/db';
import type { SaveOutcome, Workspace } from '../workspaces/contract';
import { findReachableWorkspace } from '../workspaces/queries';
import { BUDGET_WORDS, type BudgetSettings, budgetsVersion, findOrderFault, findOutOfOrder } from './ordering';

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

/** Who changed budgets last is found by these; the switch for BYOK is a field of the workspace. */
const BUDGET_ACTIONS = ['budget.set', 'budget.delete', 'workspace.update'];

/**
 * Sets all four budgets of a workspace at once, for a form: nothing is saved where they are not what it was shown with
 * (`seen`, a `budgetsVersion`). Budgets that are out of order are refused by the field of the narrower one.
 */
export async function saveBudgets(
  call: Call,
  idOrSlug: string,
  input: BudgetSettings,
  seen: string,
): Promise<SaveOutcome> {
  requireScope(call, 'workspaces:write');
  requireOrder(input);
  const workspace = await requireWorkspace(call, idOrSlug);
  const isSaved = await inTransaction(async (tx) => {
    await lockWorkspace(tx, workspace.id);
    const before = await readBudgets(tx, workspace.id);
    if (budgetsVersion(before) !== seen) return false;
    for (const window of USAGE_WINDOWS) {
      if (input.limits[window] !== before.limits[window])
        await writeBudget(call, tx, workspace.id, window, input, before);
    }
    if (input.includeByok !== before.includeByok) await writeIncludeByok(call, tx, workspace, input.includeByok);
    return true;
  });
  if (isSaved) return { kind: 'saved' };
  const last = await findLastEntryOf(workspace.id, workspace.id, BUDGET_ACTIONS);
  return { kind: 'changed_meanwhile', by: last?.actorLabel ?? null, at: last?.at ?? null };
}

function requireOrder({ limits }: BudgetSettings): void {
  const given = USAGE_WINDOWS.flatMap((window): [UsageWindow, bigint][] => {
    const limit = limits[window];
    return limit === null ? [] : [[window, limit]];
  });
  const zero = given.find(([, limit]) => limit <= 0n);
  if (zero)
    throw new AppError('invalid_input', 'Enter more than $0, or leave it empty for no budget.', { field: zero[0] });
  const fault = findOutOfOrder(new Map(given));
  if (!fault) return;
  const broader = `the ${BUDGET_WORDS[fault.broader.window]} budget`;
  const message = `It must stay below ${broader}, $${formatUsd(fault.broader.limitNanoUsd)}. Enter less, or raise ${broader} first.`;
  throw new AppError('invalid_input', message, { field: fault.window });
}

async function readBudgets(tx: Tx, workspaceId: string): Promise<BudgetSettings> {
  const rows = await tx.budget.findMany({ where: { workspaceId } });
  const { includeByokInBudgets } = await tx.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { includeByokInBudgets: true },
  });
  const limitOf = (window: UsageWindow) => rows.find((row) => row.window === window)?.limitNanoUsd ?? null;
  const limits = { day: limitOf('day'), week: limitOf('week'), month: limitOf('month'), lifetime: limitOf('lifetime') };
  return { limits, includeByok: includeByokInBudgets };
}

async function writeBudget(
  call: Call,
  tx: Tx,
  workspaceId: string,
  window: UsageWindow,
  after: BudgetSettings,
  before: BudgetSettings,
): Promise<void> {
  const limitNanoUsd = after.limits[window];
  if (limitNanoUsd === null) {
    await tx.budget.deleteMany({ where: { workspaceId, window } });
  } else {
    const amounts = { limitNanoUsd, updatedAt: call.now };
    await tx.budget.upsert({
      where: { workspaceId_window: { workspaceId, window } },
      create: { workspaceId, window, createdAt: call.now, ...amounts },
      update: amounts,
    });
  }
  await recordAudit(call, tx, {
    workspaceId,
    action: limitNanoUsd === null ? 'budget.delete' : 'budget.set',
    subjectId: workspaceId,
    subjectName: `${BUDGET_WORDS[window]} budget`,
    detail: { changed: changesOf({ limitNanoUsd: before.limits[window] }, { limitNanoUsd }) },
  });
}

async function writeIncludeByok(
  call: Call,
  tx: Tx,
  workspace: Workspace,
  includeByokInBudgets: boolean,
): Promise<void> {
  await tx.workspace.update({
    where: { id: workspace.id },
    data: { includeByokInBudgets, updatedAt: call.now },
    select: { id: true },
  });
  await recordAudit(call, tx, {
    workspaceId: workspace.id,
    action: 'workspace.update',
    subjectId: workspace.id,
    subjectName: workspace.name,
    detail: { changed: changesOf({ includeByokInBudgets: !includeByokInBudgets }, { includeByokInBudgets }) },
  });
}
