/** What an idempotency key stands for already. */
export interface Claim {
  readonly contentHash: Buffer;
  readonly eventId: string;
  readonly costNanoUsd: bigint;
  readonly pricedBy: 'caller' | 'model' | 'usage_name' | 'unpriced';
}

/** The hold that an event settled. */
export interface SettledHold {
  readonly amountNanoUsd: bigint;
  readonly expiresAt: Date;
}

/**
 * `written`: the event is on the books. Else its idempotency key is taken, by `claim`, or its hold is not open, or both.
 * Neither: it met others of the same key or hold, and was not tried again.
 */
export type WriteOutcome =
  | { written: true; hold: SettledHold | null }
  | { written: false; claim: Claim | null; isHoldClosed: boolean };

/** By the event's id. */
export type Outcomes = Map<string, WriteOutcome>;
