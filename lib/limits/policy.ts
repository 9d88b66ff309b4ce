import { type UsageWindow, windowEnd } from '../core/time-window';

/** What a limit looks at: spend through the account and spend through the caller's own provider keys, apart. */
export interface Spend {
  readonly spendNanoUsd: bigint;
  readonly byokNanoUsd: bigint;
}

export interface Limit {
  /** NULL: no limit. */
  readonly limitNanoUsd: bigint | null;
  readonly limitWindow: UsageWindow;
  readonly includeByokInLimit: boolean;
}

export interface LimitState {
  /** Spend in the running window that counts against the limit. */
  readonly usedNanoUsd: bigint;
  readonly heldNanoUsd: bigint;
  /** limit − used − held, never below 0. NULL: no limit. */
  readonly remainingNanoUsd: bigint | null;
  /** NULL: no limit, or one for the lifetime. */
  readonly resetsAt: Date | null;
  /** Whether nothing more may be spent. */
  readonly isExhausted: boolean;
}

/** The one place that decides what is left of a limit. `spend` is that of the limit's running window. */
export function evaluateLimit(limit: Limit, spend: Spend, heldNanoUsd: bigint, now: Date): LimitState {
  const usedNanoUsd = spend.spendNanoUsd + (limit.includeByokInLimit ? spend.byokNanoUsd : 0n);
  if (limit.limitNanoUsd === null) {
    return { usedNanoUsd, heldNanoUsd, remainingNanoUsd: null, resetsAt: null, isExhausted: false };
  }
  const left = limit.limitNanoUsd - usedNanoUsd - heldNanoUsd;
  return {
    usedNanoUsd,
    heldNanoUsd,
    remainingNanoUsd: left > 0n ? left : 0n,
    resetsAt: windowEnd(limit.limitWindow, now),
    isExhausted: left <= 0n,
  };
}
