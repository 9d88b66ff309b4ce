import { recordingBasis } from '../../credentials/queries';
import { Batcher } from '../../server/batcher';
import {
  isDatabaseUnavailable,
  isOutOfRange,
  isPartitionMissing,
  isUniqueViolation,
} from '../../server/database-error';
import { queryRows } from '../../server/db';
import { BATCH_EVENTS_MAX } from '../contract';
import { writeAdmitted } from './admit-events';
import type { DecidedEvent } from './decided-event';
import { findClaims } from './find-claims';
import { areOthersRecording, noteOthers } from './other-writers';
import { ensureEventPartitions, monthsOf } from './partitions';
import { splitRepeats } from './split-repeats';
import type { Outcomes } from './write-outcome';
import { type WrittenRow, writeStatement } from './write-statement';

/**
 * Writes events of which none settles a hold, in one statement. Throws a unique violation where a claim is taken. NULL:
 * the token of what they were decided by is not `basis` any more, or the schema is a later one, and nothing was written.
 */
async function writeFresh(events: readonly DecidedEvent[], basis: string | null): Promise<Outcomes | null> {
  const claiming = events.filter((event) => event.idempotencyKey !== null);
  const { text, values } = writeStatement(events, claiming.toSorted(byClaim), basis);
  const [written] = await queryRows<WrittenRow>(text, values);
  if (!written) return null;
  noteOthers(written);
  return new Map(events.map((event) => [event.eventId, WRITTEN]));
}

const WRITTEN = { written: true, hold: null } as const;

function byClaim(left: DecidedEvent, right: DecidedEvent): number {
  const [a, b] = [left, right].map(({ workspaceId, idempotencyKey }) => `${workspaceId} ${idempotencyKey}`);
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/**
 * Whether the last batch repeated idempotency keys. Where retries come, more come: their batches take the longer way at
 * once instead of failing on the short one first. A guess about speed alone; both ways write the same.
 */
let isRepeating = false;

async function writeOnce(events: readonly DecidedEvent[]): Promise<Outcomes> {
  const isSettling = events.some((event) => event.holdId !== null);
  if (!isSettling && !isRepeating) {
    try {
      const outcomes = await writeFresh(events, null);
      if (outcomes) return outcomes;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  const outcomes = await writeAdmitted(events);
  isRepeating = events.some(
    ({ eventId, idempotencyKey }) => idempotencyKey !== null && !outcomes.get(eventId)?.written,
  );
  return outcomes;
}

/**
 * Writes events; makes a month's partition when the first event of it arrives. Where a sum would pass 64 bits nothing is
 * written, so the events are halved until the one that does it stands alone; that one is left out of the answer.
 */
async function writeSafely(events: readonly DecidedEvent[]): Promise<Outcomes> {
  if (events.length === 0) return new Map();
  try {
    return await writeOnce(events);
  } catch (error) {
    if (isPartitionMissing(error)) {
      await ensureEventPartitions(monthsOf(events.map((event) => event.occurredAt)));
      return writeSafely(events);
    }
    if (!isOutOfRange(error)) throw error;
    if (events.length === 1) return new Map();
    const middle = events.length >> 1;
    const first = await writeSafely(events.slice(0, middle));
    const second = await writeSafely(events.slice(middle));
    return new Map([...first, ...second]);
  }
}

/** Of events that share an idempotency key or a hold one is tried in a round; those behind it only where that left it to them. */
const ROUNDS_MAX = 3;

async function writeBatch(groups: readonly (readonly DecidedEvent[])[]): Promise<Outcomes[]> {
  const outcomes: Outcomes = new Map();
  let pending: readonly DecidedEvent[] = groups.flat();
  for (let round = 1; pending.length > 0; round += 1) {
    const { firsts, repeats } = splitRepeats(pending);
    for (const [eventId, outcome] of await writeSafely(firsts)) outcomes.set(eventId, outcome);
    const unwritten = firsts.filter(({ eventId }) => outcomes.get(eventId)?.written === false);
    const undecided = [...unwritten, ...repeats.map(({ event }) => event)];
    // Claims of this round, and of transactions that it waited for, are committed by now.
    for (const [index, claim] of (await findClaims(undecided)).entries()) {
      const event = undecided[index];
      if (event && claim)
        outcomes.set(event.eventId, { written: false, claim, isHoldClosed: isClosed(event, outcomes) });
    }
    const again: DecidedEvent[] = [];
    for (const { event, behind } of repeats) {
      if (outcomes.has(event.eventId)) continue;
      const isHoldClosed = behind.some((first) => hasClosed(first, event, outcomes));
      if (isHoldClosed || round === ROUNDS_MAX)
        outcomes.set(event.eventId, { written: false, claim: null, isHoldClosed });
      else again.push(event);
    }
    pending = again;
  }
  return groups.map(() => outcomes);
}

/** Whether an event that was not written found its hold closed. */
function isClosed({ eventId }: DecidedEvent, outcomes: Outcomes): boolean {
  const outcome = outcomes.get(eventId);
  return outcome?.written === false && outcome.isHoldClosed;
}

/** Whether the hold of the event behind is closed, as `first` settled it, or found it closed for a key that is the same. */
function hasClosed(first: DecidedEvent, behind: DecidedEvent, outcomes: Outcomes): boolean {
  if (behind.holdId === null || first.holdId !== behind.holdId || first.workspaceId !== behind.workspaceId)
    return false;
  const isWritten = outcomes.get(first.eventId)?.written === true;
  return isWritten || (first.keyId === behind.keyId && isClosed(first, outcomes));
}

/**
 * Writes events that were decided by what is remembered, where that still holds. NULL for those that have to be decided
 * by what is read: nothing of them was written.
 */
async function writeAssumedBatch(groups: readonly AssumedEvents[]): Promise<(Outcomes | null)[]> {
  const basis = recordingBasis.token;
  const isSound = (group: AssumedEvents) => group.basis === basis;
  const outcomes = await writeWhileSound(
    groups.filter(isSound).flatMap(({ events }) => events),
    basis,
  );
  return groups.map((group) => (isSound(group) ? outcomes : null));
}

async function writeWhileSound(events: readonly DecidedEvent[], basis: string | null): Promise<Outcomes | null> {
  if (events.length === 0 || basis === null || isRepeating || splitRepeats(events).repeats.length > 0) return null;
  try {
    const outcomes = await writeFresh(events, basis);
    // What other requests have read since then stays.
    if (!outcomes && recordingBasis.token === basis) recordingBasis.becomes(null);
    return outcomes;
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
    // One statement that failed had no effect; the longer way finds out whose fault it is.
    return null;
  }
}

/** Memory for events that wait, on either way: some 20 MB at the most. */
const WAITING_EVENTS_MAX = 10_000;
const bounds = {
  batchWeightMax: BATCH_EVENTS_MAX,
  waitingWeightMax: WAITING_EVENTS_MAX,
  isShared: areOthersRecording,
};

const batcher = new Batcher<readonly DecidedEvent[], Outcomes>({
  run: writeBatch,
  weightOf: (events) => Math.max(1, events.length),
  ...bounds,
});

interface AssumedEvents {
  readonly events: readonly DecidedEvent[];
  readonly basis: string;
}

const assumedBatcher = new Batcher<AssumedEvents, Outcomes | null>({
  run: writeAssumedBatch,
  weightOf: ({ events }) => Math.max(1, events.length),
  ...bounds,
});

/**
 * Writes events, together with those of other requests that arrive at the same time, and answers by event after the
 * commit. An event without an outcome would have led a sum past 64 bits and was not written.
 */
export function writeEvents(events: readonly DecidedEvent[]): Promise<Outcomes> {
  return events.length === 0 ? Promise.resolve(new Map()) : batcher.submit(events);
}

/**
 * As `writeEvents`, of events none of which settles a hold, that were decided by what was read under the token `basis` of
 * `recordingBasis`. NULL: nothing was written, because that may hold no longer or something else is in the way; to be
 * decided by what is read.
 */
export function writeAssumed(events: readonly DecidedEvent[], basis: string): Promise<Outcomes | null> {
  return events.length === 0 ? Promise.resolve(null) : assumedBatcher.submit({ events, basis });
}
