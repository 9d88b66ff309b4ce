import { formatUsd } from '../core/money';
import type { UsageWindow } from '../core/time-window';

/** Broadest first: a broader budget must be strictly higher than a narrower one, or the narrower never binds. */
const BROADEST_FIRST: readonly UsageWindow[] = ['lifetime', 'month', 'week', 'day'];
export const BUDGET_WORDS: Readonly<Record<UsageWindow, string>> = {
  lifetime: 'lifetime',
  month: 'monthly',
  week: 'weekly',
  day: 'daily',
};

export interface OutOfOrder {
  readonly window: UsageWindow;
  readonly limitNanoUsd: bigint;
  /** The broader budget that it had to stay below. */
  readonly broader: { readonly window: UsageWindow; readonly limitNanoUsd: bigint };
}

/** The first budget, from the broadest, that is not below the next broader one. NULL: they fall strictly. */
export function findOutOfOrder(budgets: ReadonlyMap<UsageWindow, bigint>): OutOfOrder | null {
  let broader: OutOfOrder['broader'] | null = null;
  for (const window of BROADEST_FIRST) {
    const limitNanoUsd = budgets.get(window);
    if (limitNanoUsd === undefined) continue;
    if (broader !== null && limitNanoUsd >= broader.limitNanoUsd) return { window, limitNanoUsd, broader };
    broader = { window, limitNanoUsd };
  }
  return null;
}

/** The sentence that says which two budgets are out of order, for the API; NULL: they fall strictly. */
export function findOrderFault(budgets: ReadonlyMap<UsageWindow, bigint>): string | null {
  const fault = findOutOfOrder(budgets);
  if (fault === null) return null;
  const { window, limitNanoUsd, broader } = fault;
  return `limit_usd: The ${BUDGET_WORDS[window]} budget of $${formatUsd(limitNanoUsd)} must be below the ${BUDGET_WORDS[broader.window]} budget of $${formatUsd(broader.limitNanoUsd)}.`;
}

/** All of a workspace's budgets as a form shows them. NULL: none. */
export interface BudgetSettings {
  readonly limits: Readonly<Record<UsageWindow, bigint | null>>;
  readonly includeByok: boolean;
}

/** The settings as a text that differs when they do, by which a form knows whether they are still what it showed. */
export function budgetsVersion({ limits, includeByok }: BudgetSettings): string {
  return [...BROADEST_FIRST.map((window) => limits[window]?.toString() ?? '-'), includeByok].join(' ');
}
