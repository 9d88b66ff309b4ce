/** What is added up in three ways: over the events, by the counters, and by the roll-ups. */
export const MEASURES = [
  'requests',
  'errors',
  'prompt_tokens',
  'completion_tokens',
  'spend',
  'byok_spend',
  'unpriced_requests',
  'cached_prompt_tokens',
  'cache_creation_tokens',
  'timed_requests',
] as const;
export type Measure = (typeof MEASURES)[number];

/** Differences past this are not listed; they are all the same fault by then. */
export const DIFFERENCES_MAX = 1000;

/** A figure on which the three do not agree. Amounts in nano-USD, the others as counts. */
export interface Difference {
  /** NULL: of the workspace as a whole. */
  readonly keyHash: string | null;
  readonly measure: Measure;
  readonly window: 'day' | 'week' | 'month' | 'lifetime';
  /** First UTC day of the window, as `YYYY-MM-DD`. */
  readonly startsOn: string;
  /** By the events; where those were pruned, and for a lifetime, by the finer sums that were compared with them before. */
  readonly events: bigint;
  /** NULL: there is no counter at this level. */
  readonly counters: bigint | null;
  /** NULL: there is no roll-up at this level. */
  readonly rollups: bigint | null;
  /** Which roll-up it is, such as `key_hour`. */
  readonly rollup: string | null;
}

/** What entries come to: how many there are, and their cost, BYOK included. */
export interface BooksTotal {
  readonly events: bigint;
  readonly costNanoUsd: bigint;
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

/** Differences that are kept with the last check. */
export const FOUND_MAX = 5;

/** The last time that a workspace's books were checked, and what was added up then. NULL: not noted at the time. */
export interface LastReconciliation {
  readonly isBalanced: boolean;
  readonly checkedAt: Date;
  readonly events: bigint;
  /** Cost of the events, BYOK included. */
  readonly costNanoUsd: bigint | null;
  /** By the counters of keys. */
  readonly counters: BooksTotal | null;
  /** By the hours of keys. */
  readonly rollups: BooksTotal | null;
  readonly differences: number;
  /** The first of the differences. */
  readonly found: readonly Difference[];
}
