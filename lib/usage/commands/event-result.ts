import type { EventResult, Rejection } from '../contract';
import type { DecidedEvent } from './decided-event';
import type { Claim, SettledHold, WriteOutcome } from './write-outcome';

export type RejectedEvent = EventResult & { readonly rejection: Rejection };

export function reject(rejection: Rejection, error: string): RejectedEvent {
  return { status: 'rejected', rejection, error };
}

const SUM_TOO_LARGE = 'The sum of the key would pass 64 bits. Nothing was recorded.';

/** What an event's sender is told of how it was written. No outcome: it would have led a sum past 64 bits. */
export function toResult(event: DecidedEvent, outcome: WriteOutcome | undefined): EventResult {
  if (!outcome) return reject('out_of_range', SUM_TOO_LARGE);
  if (outcome.written) return describeRecorded(event, outcome.hold);
  if (outcome.claim === null) {
    if (outcome.isHoldClosed)
      return reject('hold_closed', 'The hold is unknown, settled, released, or of another key.');
    return reject('undecided', 'Others of the same idempotency_key or hold came at the same time. Send it again.');
  }
  return compareWithClaim(event.contentHash, outcome.claim);
}

function describeRecorded(event: DecidedEvent, hold: SettledHold | null): EventResult {
  return {
    status: 'recorded',
    eventId: event.eventId,
    costNanoUsd: event.costNanoUsd,
    pricedBy: event.pricedBy,
    ...(hold && event.costNanoUsd > hold.amountNanoUsd ? { isOverHold: true } : {}),
    ...(hold && hold.expiresAt <= event.recordedAt ? { isLate: true } : {}),
  };
}

/** A repeat of what is recorded is a duplicate, anything else under its idempotency key a conflict. */
export function compareWithClaim(contentHash: Buffer | null, claim: Claim): EventResult {
  if (contentHash === null || !claim.contentHash.equals(contentHash)) {
    return { status: 'conflict', error: 'This idempotency_key was used for another event. Nothing was recorded.' };
  }
  return { status: 'duplicate', eventId: claim.eventId, costNanoUsd: claim.costNanoUsd, pricedBy: claim.pricedBy };
}
