import { type UsageWindow, windowStart } from '@/lib/core/time-window';
import { type DayOfUsage, replayStart } from '@/lib/limits/what-if';

const REPLAYED_DAYS = 90;

/** The days that a trial of a window goes over, and what had been spent in the first window before them. */
export interface Trial {
  readonly days: readonly DayOfUsage[];
  readonly spentBefore: bigint;
}

/** A trial begins with a whole window; one of all time with what was spent before the days that are known. */
export function daysOfTrial(
  days: readonly DayOfUsage[],
  window: UsageWindow,
  now: Date,
  lifetimeNanoUsd: bigint,
): Trial {
  const from = replayStart(window, now, REPLAYED_DAYS);
  const shown = days.filter(({ start }) => start >= from);
  if (window !== 'lifetime') return { days: shown, spentBefore: 0n };
  const known = shown.reduce((sum, { spentNanoUsd }) => sum + spentNanoUsd, 0n);
  return { days: shown, spentBefore: lifetimeNanoUsd > known ? lifetimeNanoUsd - known : 0n };
}

/** A slider over round amounts: from nothing to half as much again as the largest that matters. */
export interface SliderScale {
  readonly unitNanoUsd: bigint;
  readonly steps: number;
}

const STEPS_MIN = 100n;

export function sliderOf(amounts: readonly bigint[]): SliderScale {
  const most = amounts.reduce((largest, amount) => (amount > largest ? amount : largest), 1n);
  const top = most + most / 2n + 1n;
  let unitNanoUsd = 1n;
  while (top / (unitNanoUsd * 10n) >= STEPS_MIN) unitNanoUsd *= 10n;
  // Between a hundred and a thousand steps of a power of ten; fives and twos keep them few.
  for (const factor of [5n, 2n]) {
    if (top / (unitNanoUsd * factor) >= STEPS_MIN) {
      unitNanoUsd *= factor;
      break;
    }
  }
  return { unitNanoUsd, steps: Number(top / unitNanoUsd + 1n) };
}

export function limitAt(step: number, { unitNanoUsd }: SliderScale): bigint {
  return BigInt(step) * unitNanoUsd;
}

/** The step next below an amount. */
export function stepOf(limitNanoUsd: bigint, { unitNanoUsd, steps }: SliderScale): number {
  const step = limitNanoUsd / unitNanoUsd;
  return step > BigInt(steps) ? steps : Number(step);
}

/** Where an amount stands on a slider, from 0 to 1. */
export function shareOf(limitNanoUsd: bigint, { unitNanoUsd, steps }: SliderScale): number {
  const top = unitNanoUsd * BigInt(steps);
  return limitNanoUsd >= top ? 1 : Number((limitNanoUsd * 1_000_000n) / top) / 1_000_000;
}

const NANO_PER_USD = 1_000_000_000n;

/** A forecast as a limit that would hold it: in whole dollars from a hundred on, else in cents, below a dollar in hundredths of those. */
export function roundUp(nanoUsd: bigint): bigint {
  const unit =
    nanoUsd >= 100n * NANO_PER_USD
      ? NANO_PER_USD
      : nanoUsd >= NANO_PER_USD
        ? NANO_PER_USD / 100n
        : NANO_PER_USD / 10_000n;
  return ((nanoUsd + unit - 1n) / unit) * unit;
}

/** The window that runs, of those that were replayed. */
export function isRunning(window: UsageWindow, start: Date, now: Date): boolean {
  return windowStart(window, now).getTime() === start.getTime();
}
