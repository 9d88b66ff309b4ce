import { NANO_USD_PER_USD } from '../core/money';
import type { UsageWindow } from '../core/time-window';
import type { DemoLimit } from './contract';

/** What a key spent in its running windows, in nano-USD. */
export type WindowSpend = Readonly<Record<UsageWindow, bigint>>;

export interface ChosenLimit {
  readonly limitNanoUsd: bigint | null;
  readonly limitWindow: UsageWindow;
}

const WINDOW_DAYS: Readonly<Record<Exclude<UsageWindow, 'lifetime'>, bigint>> = { day: 1n, week: 7n, month: 30n };
const WIDER: readonly UsageWindow[] = ['day', 'week', 'month', 'lifetime'];

/**
 * A round limit that shows what the key stands for, whatever moment the demo is made at: a limit that shall be nearly or
 * wholly used takes the next wider window while its own has just begun and holds nothing.
 */
export function chooseLimit(wanted: DemoLimit, spend: WindowSpend, activeDays: number): ChosenLimit {
  if (wanted.kind === 'none') return { limitNanoUsd: null, limitWindow: 'lifetime' };
  if (wanted.kind === 'share') {
    const expected = expectedSpend(wanted.window, spend, activeDays);
    const used = spend[wanted.window];
    const basis = larger(used, expected);
    if (basis === 0n) return { limitNanoUsd: null, limitWindow: wanted.window };
    return {
      limitNanoUsd: larger(roundUp((basis * 100n) / BigInt(wanted.percent)), NANO_USD_PER_USD),
      limitWindow: wanted.window,
    };
  }
  const windows = WIDER.slice(WIDER.indexOf(wanted.window));
  const limitWindow = windows.find((window) => spend[window] > 0n) ?? 'lifetime';
  const used = spend[limitWindow];
  // Rounding up adds less than a tenth, so between 82 and 91 percent are used.
  return { limitNanoUsd: wanted.kind === 'near' ? roundUp((used * 100n) / 90n) : roundDown(used), limitWindow };
}

function larger(left: bigint, right: bigint): bigint {
  return left < right ? right : left;
}

function expectedSpend(window: UsageWindow, spend: WindowSpend, activeDays: number): bigint {
  return window === 'lifetime'
    ? spend.lifetime
    : (spend.lifetime * WINDOW_DAYS[window]) / BigInt(Math.max(1, activeDays));
}

/** To two significant digits, up. */
export function roundUp(amount: bigint): bigint {
  const down = roundDown(amount);
  return down === amount ? amount : down + unitOf(amount);
}

/** To two significant digits, down. */
export function roundDown(amount: bigint): bigint {
  const unit = unitOf(amount);
  return (amount / unit) * unit;
}

function unitOf(amount: bigint): bigint {
  return 10n ** BigInt(Math.max(0, amount.toString().length - 2));
}
