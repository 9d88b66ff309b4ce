import { type UsageWindow, windowStart } from '../core/time-window';

const DAY_MILLISECONDS = 86_400_000;

/** What a key did on one UTC day. */
export interface DayOfUsage {
  /** 00:00 UTC. */
  readonly start: Date;
  /** What counts against the limit. */
  readonly spentNanoUsd: bigint;
  readonly requests: bigint;
}

export interface WhatIfDay extends DayOfUsage {
  /** What would not have been spent, as the limit was reached. Of the last day before that it is a part. */
  readonly refusedNanoUsd: bigint;
  /** Requests that would have been refused; on the day on which the limit was reached in proportion to what was spent. */
  readonly refusedRequests: bigint;
}

/** One window of the limit: a day, an ISO week, a month, or all time. */
export interface WhatIfWindow {
  readonly start: Date;
  readonly spentNanoUsd: bigint;
  readonly refusedNanoUsd: bigint;
  /** The first day on which the limit would have refused. NULL: none. */
  readonly refusesFrom: Date | null;
}

export interface WhatIf {
  readonly days: readonly WhatIfDay[];
  readonly windows: readonly WhatIfWindow[];
  readonly refusedNanoUsd: bigint;
  readonly refusedRequests: bigint;
  readonly daysWithRefusals: number;
}

/**
 * What another limit would have refused, replayed over days that follow one another. Each window begins anew with its full
 * limit; what goes beyond it is refused, to the nano-dollar for a window as a whole. `spentBefore`: what had been spent in
 * the first day's window before that day. A key that has used its limit up refuses every request, also those that cost nothing.
 */
export function replayLimit(
  days: readonly DayOfUsage[],
  { limitNanoUsd, window }: { readonly limitNanoUsd: bigint; readonly window: UsageWindow },
  spentBefore: bigint,
): WhatIf {
  const replayed: WhatIfDay[] = [];
  const windows: WhatIfWindow[] = [];
  let used = spentBefore;
  for (const day of days) {
    const start = windowStart(window, day.start);
    let running = windows.at(-1);
    if (!running || running.start.getTime() !== start.getTime()) {
      if (running) used = 0n;
      running = { start, spentNanoUsd: 0n, refusedNanoUsd: 0n, refusesFrom: null };
      windows.push(running);
    }
    const left = limitNanoUsd > used ? limitNanoUsd - used : 0n;
    const refusedNanoUsd = day.spentNanoUsd > left ? day.spentNanoUsd - left : 0n;
    const refusedRequests = refusedOf(day, left, refusedNanoUsd);
    used += day.spentNanoUsd;
    replayed.push({ ...day, refusedNanoUsd, refusedRequests });
    windows[windows.length - 1] = {
      ...running,
      spentNanoUsd: running.spentNanoUsd + day.spentNanoUsd,
      refusedNanoUsd: running.refusedNanoUsd + refusedNanoUsd,
      refusesFrom: running.refusesFrom ?? (refusedNanoUsd > 0n || refusedRequests > 0n ? day.start : null),
    };
  }
  return {
    days: replayed,
    windows,
    refusedNanoUsd: replayed.reduce((sum, day) => sum + day.refusedNanoUsd, 0n),
    refusedRequests: replayed.reduce((sum, day) => sum + day.refusedRequests, 0n),
    daysWithRefusals: replayed.filter((day) => day.refusedNanoUsd > 0n || day.refusedRequests > 0n).length,
  };
}

function refusedOf({ spentNanoUsd, requests }: DayOfUsage, left: bigint, refusedNanoUsd: bigint): bigint {
  if (left === 0n) return requests;
  return refusedNanoUsd === 0n ? 0n : (requests * refusedNanoUsd) / spentNanoUsd;
}

/** From which day on days have to be known so that the first window of the last `days` days is whole. */
export function replayStart(window: UsageWindow, now: Date, days: number): Date {
  const first = new Date(windowStart('day', now).getTime() - (days - 1) * DAY_MILLISECONDS);
  return window === 'lifetime' ? first : windowStart(window, first);
}

/** The highest window plus a tenth, rounded up to two digits, which refuses nothing that was. NULL: nothing was spent. */
export function suggestLimit(windows: readonly WhatIfWindow[]): bigint | null {
  const highest = windows.reduce((most, { spentNanoUsd }) => (spentNanoUsd > most ? spentNanoUsd : most), 0n);
  if (highest === 0n) return null;
  const wanted = (highest * 11n + 9n) / 10n;
  const unit = 10n ** BigInt(Math.max(0, wanted.toString().length - 2));
  return ((wanted + unit - 1n) / unit) * unit;
}
