/** What is added up in three ways: over the events, by the counters, and by the roll-ups. */
export const MEASURES = ['requests', 'errors', 'prompt_tokens', 'completion_tokens', 'spend', 'byok_spend'] as const;
export type Measure = (typeof MEASURES)[number];

/** Differences past this are not listed; they are all the same fault by then. */
export const DIFFERENCES_MAX = 1000;

/** A figure on which the three do not agree. Amounts in nano-USD, the others as counts. */
export interface Difference {
  /** NULL: of the workspace as a whole, which has counters and no roll-ups of its own. */
  readonly keyHash: string | null;
  readonly measure: Measure;
  readonly window: 'day' | 'week' | 'month' | 'lifetime';
  /** First UTC day of the window, as `YYYY-MM-DD`. */
  readonly startsOn: string;
  readonly events: bigint;
  readonly counters: bigint;
  /** NULL: there is no roll-up at this level. */
  readonly rollups: bigint | null;
}

export interface Reconciliation {
  readonly isBalanced: boolean;
  readonly checkedAt: Date;
  /** Events on the books. */
  readonly events: bigint;
  /** Their cost, BYOK included. */
  readonly costNanoUsd: bigint;
  readonly differences: readonly Difference[];
}
