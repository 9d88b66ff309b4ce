import { windowEnd, windowStart } from '../core/time-window';

const DAY_MILLISECONDS = 86_400_000;
/** Means are taken over as many whole days before today: four of each weekday. */
export const FORECAST_DAYS = 28;

export interface MonthSoFar {
  /** Spend of the whole UTC days before today, oldest first. Those before the first usage are left out of the means. */
  readonly days: readonly bigint[];
  /** Spend of the running UTC month. */
  readonly spentNanoUsd: bigint;
  readonly now: Date;
}

/**
 * What the running UTC month will come to: what is spent, the mean of the same weekday for each day that is left, and of
 * today's mean the share of the day that is left. A weekday that never was takes the mean of all days. NULL: no whole day
 * has been yet, so there is nothing to go by.
 */
export function forecastMonth({ days, spentNanoUsd, now }: MonthSoFar): bigint | null {
  const used = days.slice(
    Math.max(
      0,
      days.findIndex((day) => day > 0n),
    ),
  );
  if (used.length === 0 || used.every((day) => day === 0n)) return null;
  const today = windowStart('day', now).getTime();
  const tomorrow = today + DAY_MILLISECONDS;
  const end = windowEnd('month', now)?.getTime() ?? tomorrow;
  const usual = (start: number) => meanOfWeekday(used, today, start) ?? mean(used) ?? 0n;
  let left = (usual(today) * BigInt(tomorrow - now.getTime())) / BigInt(DAY_MILLISECONDS);
  for (let start = tomorrow; start < end; start += DAY_MILLISECONDS) left += usual(start);
  return spentNanoUsd + left;
}

/** The mean of the days of which each is whole weeks before a day. The last of `days` is the day before `today`. */
function meanOfWeekday(days: readonly bigint[], today: number, start: number): bigint | null {
  const daysAhead = (start - today) / DAY_MILLISECONDS;
  return mean(days.filter((_, index) => (days.length - index + daysAhead) % 7 === 0));
}

function mean(values: readonly bigint[]): bigint | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0n) / BigInt(values.length);
}

/** When an amount will be used up at the pace of some past time. NULL: not within the next hundred years. */
export function reachesAt(leftNanoUsd: bigint, spentNanoUsd: bigint, inMilliseconds: number, now: Date): Date | null {
  if (spentNanoUsd <= 0n) return null;
  const milliseconds = (leftNanoUsd * BigInt(inMilliseconds)) / spentNanoUsd;
  if (milliseconds > 36_525n * BigInt(DAY_MILLISECONDS)) return null;
  return new Date(now.getTime() + Number(milliseconds));
}
