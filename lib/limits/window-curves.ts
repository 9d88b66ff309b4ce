import { type UsageWindow, windowEnd, windowStart } from '../core/time-window';
import type { DayOfUsage } from './what-if';

const DAY_MILLISECONDS = 86_400_000;

/** How spend rose within one window of a limit, from nothing, or from what had been spent before the days that are known. */
export interface WindowCurve {
  /** 00:00 UTC of the window's first day that is known. */
  readonly start: Date;
  readonly fromNanoUsd: bigint;
  /** What was spent by the end of each UTC day; the last of a window that runs is as of now. */
  readonly sums: readonly bigint[];
}

/** The curves of all windows, oldest first: each begins anew. `spentBefore` is as for `replayLimit`. */
export function curvesOf(days: readonly DayOfUsage[], window: UsageWindow, spentBefore: bigint): WindowCurve[] {
  const curves: { start: Date; window: number; fromNanoUsd: bigint; sums: bigint[] }[] = [];
  for (const day of days) {
    const begun = windowStart(window, day.start).getTime();
    let curve = curves.at(-1);
    if (curve?.window !== begun) {
      curve = { start: day.start, window: begun, fromNanoUsd: curve ? 0n : spentBefore, sums: [] };
      curves.push(curve);
    }
    curve.sums.push((curve.sums.at(-1) ?? curve.fromNanoUsd) + day.spentNanoUsd);
  }
  return curves.map(({ start, fromNanoUsd, sums }) => ({ start, fromNanoUsd, sums }));
}

/** What is spent in some time. */
export interface Pace {
  readonly nanoUsd: bigint;
  readonly milliseconds: number;
}

export interface WindowForecast {
  /** At the end of each UTC day after today, until the window ends. None on its last day. */
  readonly sums: readonly bigint[];
  /** When the window ends. */
  readonly endNanoUsd: bigint;
}

/** What the running window comes to if spending goes on at a pace. NULL: it never ends, or nothing was spent to go by. */
export function forecastWindow(
  spentNanoUsd: bigint,
  window: UsageWindow,
  { nanoUsd, milliseconds }: Pace,
  now: Date,
): WindowForecast | null {
  const end = windowEnd(window, now)?.getTime();
  if (end === undefined || nanoUsd <= 0n) return null;
  const at = (instant: number) => spentNanoUsd + (nanoUsd * BigInt(instant - now.getTime())) / BigInt(milliseconds);
  const sums: bigint[] = [];
  const today = windowStart('day', now).getTime();
  for (let day = today + 2 * DAY_MILLISECONDS; day <= end; day += DAY_MILLISECONDS) sums.push(at(day));
  return { sums, endNanoUsd: at(end) };
}
