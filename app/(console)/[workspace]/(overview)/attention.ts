import { formatMoney, formatSetMoney, fractionOf } from '@/components/format/money';
import { formatCount, formatPercent } from '@/components/format/number';
import { formatSpan } from '@/components/format/relative-time';
import { formatPlural } from '@/components/format/text';
import { formatMoment, formatWeekday } from '@/components/format/time';
import { reachesAt } from '@/lib/analytics/forecast';
import type { BudgetState } from '@/lib/budgets/queries/list-budget-states';
import type { UsageWindow } from '@/lib/core/time-window';
import type { KeyRow } from '../keys/key-row';

/** Something that wants an answer, with its reason and the next step. */
export interface Attention {
  readonly id: string;
  readonly tone: 'act' | 'near';
  readonly title: string;
  readonly reason: string;
  /** Where it is answered. */
  readonly href: string;
  /** What to do there: "Raise limit". */
  readonly step: string;
}

export interface AttentionInput {
  readonly slug: string;
  readonly now: Date;
  /** Whether the reader may change keys; who may not is led to look. */
  readonly canWrite: boolean;
  readonly budgets: readonly BudgetState[];
  /** What the running UTC month will come to. NULL: nothing to go by. */
  readonly forecastNanoUsd: bigint | null;
  /** Keys that are blocked, near their limit or about to expire. */
  readonly keys: readonly KeyRow[];
  /** What those keys spent in the last seven days, by hash; in whole days, so that the pace is not that of one hour. */
  readonly weekSpend: ReadonlyMap<string, bigint>;
  /** Requests of the period that no price covered. */
  readonly unpricedRequests: bigint;
  /** The period in words: "this month". */
  readonly periodWords: string;
}

const DAY_MILLISECONDS = 86_400_000;
const WEEK_MILLISECONDS = 7 * DAY_MILLISECONDS;
const NEAR_FRACTION = 0.8;
const WINDOW_WORDS: Readonly<Record<UsageWindow, string>> = {
  day: 'Daily',
  week: 'Weekly',
  month: 'Monthly',
  lifetime: 'Lifetime',
};

/** What has to be answered first comes first: what refuses already, then what soon will. */
export function listAttention(input: AttentionInput): Attention[] {
  const found = [
    ...input.budgets.flatMap((budget) => judgeBudget(budget, input)),
    ...input.keys.flatMap((key) => judgeKey(key, input)),
  ];
  return [
    ...found.filter(({ tone }) => tone === 'act'),
    ...found.filter(({ tone }) => tone === 'near'),
    ...judgePrices(input),
  ];
}

function judgeBudget(budget: BudgetState, { slug, now, forecastNanoUsd }: AttentionInput): Attention[] {
  const { window, limitNanoUsd, usedNanoUsd, isExhausted, resetsAt } = budget;
  const name = `${WINDOW_WORDS[window]} budget`;
  const common = {
    id: `budget-${window}`,
    href: `/${slug}?range=${window === 'day' ? 'today' : window === 'week' ? '7d' : 'mtd'}`,
    step: 'See spend',
  };
  const until = resetsAt === null ? 'It never resets.' : `It resets ${formatMoment(resetsAt, now)}.`;
  if (isExhausted) {
    const reason = `${formatMoney(usedNanoUsd, 2)} of ${formatSetMoney(limitNanoUsd)}; holds are refused. ${until}`;
    return [{ ...common, tone: 'act', title: `${name} is used up`, reason }];
  }
  const fraction = fractionOf(usedNanoUsd, limitNanoUsd);
  if (fraction >= NEAR_FRACTION) {
    const reason = `${formatPercent(fraction)} of ${formatSetMoney(limitNanoUsd)}. ${until}`;
    return [{ ...common, tone: 'near', title: `${name} is nearly used`, reason }];
  }
  if (window !== 'month' || forecastNanoUsd === null || forecastNanoUsd <= limitNanoUsd) return [];
  const reason = `Forecast ${formatMoney(forecastNanoUsd, 2)} of ${formatSetMoney(limitNanoUsd)}. ${until}`;
  return [{ ...common, tone: 'near', title: `${name} will not last`, reason }];
}

function judgeKey(key: KeyRow, { slug, now, canWrite, weekSpend }: AttentionInput): Attention[] {
  const { hash, name, status, limitNanoUsd, usedNanoUsd, resetsAt, expiresAt } = key;
  const common = { id: hash, href: `/${slug}/keys/${hash}` };
  const step = canWrite ? 'Raise limit' : 'See limit';
  const reset = resetsAt === null ? 'never resets' : `resets ${formatMoment(resetsAt, now)}`;
  if (status === 'blocked' && limitNanoUsd !== null) {
    const reason = `${formatMoney(usedNanoUsd, 2)} of ${formatSetMoney(limitNanoUsd)} ${WINDOW_WORDS[key.limitWindow].toLowerCase()} used, ${reset}`;
    return [{ ...common, tone: 'act', title: `${name} is blocked`, reason, step }];
  }
  if (status === 'near_limit' && limitNanoUsd !== null) {
    const full = reachesAt(limitNanoUsd - usedNanoUsd, weekSpend.get(hash) ?? 0n, WEEK_MILLISECONDS, now);
    const isInTime = full !== null && (resetsAt === null || full < resetsAt);
    const pace = isInTime
      ? `full about ${formatWeekday(full)} at this week’s pace`
      : `lasts until it ${resetsAt ? 'resets' : 'is raised'}`;
    const reason = `${formatPercent(fractionOf(usedNanoUsd, limitNanoUsd))} of ${formatSetMoney(limitNanoUsd)}, ${pace}`;
    return [{ ...common, tone: 'near', title: `${name} is near its limit`, reason, step }];
  }
  if (status === 'expires_soon' && expiresAt !== null) {
    const title = `${name} expires in ${spanWords(expiresAt.getTime() - now.getTime())}`;
    const reason = `Stops working ${formatMoment(expiresAt, now)}. Replace it by a new key in time.`;
    return [{ ...common, tone: 'near', title, reason, step: 'See key' }];
  }
  return [];
}

/** `4 days`, `5 h`: what is left, cut. */
function spanWords(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY_MILLISECONDS);
  return days === 0 ? formatSpan(milliseconds) : formatPlural(days, 'day');
}

function judgePrices({ slug, unpricedRequests, periodWords }: AttentionInput): Attention[] {
  if (unpricedRequests === 0n) return [];
  return [
    {
      id: 'unpriced',
      tone: 'near',
      title: `${formatCount(unpricedRequests)} ${unpricedRequests === 1n ? 'request' : 'requests'} without a price`,
      reason: `Recorded at $0.00 ${periodWords}, because no price covers them.`,
      href: `/${slug}/prices`,
      step: 'Set prices',
    },
  ];
}
