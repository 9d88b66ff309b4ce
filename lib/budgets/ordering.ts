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

/** The sentence that says which two budgets are out of order; NULL: they fall strictly. */
export function findOrderFault(budgets: ReadonlyMap<UsageWindow, bigint>): string | null {
  let broader: { window: UsageWindow; limitNanoUsd: bigint } | null = null;
  for (const window of BROADEST_FIRST) {
    const limitNanoUsd = budgets.get(window);
    if (limitNanoUsd === undefined) continue;
    if (broader !== null && limitNanoUsd >= broader.limitNanoUsd) {
      return `limit_usd: The ${BUDGET_WORDS[window]} budget of $${formatUsd(limitNanoUsd)} must be below the ${BUDGET_WORDS[broader.window]} budget of $${formatUsd(broader.limitNanoUsd)}.`;
    }
    broader = { window, limitNanoUsd };
  }
  return null;
}
