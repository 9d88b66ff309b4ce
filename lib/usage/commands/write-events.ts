import { recordingBasis } from '../../credentials/queries';
import { Batcher } from '../../server/batcher';
import {
  isDatabaseUnavailable,
  isOutOfRange,
  isPartitionMissing,
  isUniqueViolation,
} from '../../server/database-error';
import { inQueryTransaction, queryRows } from '../../server/db';
import { BATCH_EVENTS_MAX } from '../contract';
import { ensureEventPartitions, monthsOf } from './partitions';
import { type DecidedEvent, writeStatement } from './write-statement';

export type { DecidedEvent } from './write-statement';

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

/** `written`: the event is on the books. Else its idempotency key is taken, by `claim`, or its hold is not open. */
export type WriteOutcome =
  | { written: true; hold: SettledHold | null }
  | { written: false; claim: Claim }
  | { written: false; claim: null; isHoldClosed: boolean };

type Outcomes = Map<string, WriteOutcome>;

interface AdmittedRow {
  event_id: string;
  is_admitted: boolean;
  is_hold_open: boolean;
  hold_amount_nano_usd: bigint | null;
  hold_expires_at: Date | null;
}

/**
 * The first step of the longer way: locks the holds that events settle and claims idempotency keys, each in order. An
 * event is admitted where its hold is open and of the same key, and its claim new. Of two that settle one hold the second
 * waits and finds it closed. Where another transaction holds a claim, this one waits for its end.
 */
const ADMIT_EVENTS = `
  WITH input AS MATERIALIZED (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::priced_by[], $7::text[],
      $8::uuid[], $9::bytea[], $10::timestamptz[])
      AS t(event_id, workspace_id, key_id, occurred_at, cost_nano_usd, priced_by, idempotency_key, hold_id, content_hash, recorded_at)
  ), held AS MATERIALIZED (
    SELECT workspace_id, id, key_id, amount_nano_usd, expires_at FROM holds
     WHERE (workspace_id, id) IN (SELECT workspace_id, hold_id FROM input WHERE hold_id IS NOT NULL) AND state = 'open'
     ORDER BY workspace_id, id FOR UPDATE
  ), writable AS MATERIALIZED (
    SELECT i.*, h.amount_nano_usd AS hold_amount_nano_usd, h.expires_at AS hold_expires_at
      FROM input i LEFT JOIN held h ON h.workspace_id = i.workspace_id AND h.id = i.hold_id AND h.key_id = i.key_id
     WHERE i.hold_id IS NULL OR h.id IS NOT NULL
  ), claimed AS (
    INSERT INTO idempotency_claims (workspace_id, idempotency_key, content_hash, event_id, key_id, occurred_at, cost_nano_usd, priced_by, claimed_at)
    SELECT workspace_id, idempotency_key, content_hash, event_id, key_id, occurred_at, cost_nano_usd, priced_by, recorded_at
      FROM writable WHERE idempotency_key IS NOT NULL ORDER BY workspace_id, idempotency_key
        ON CONFLICT DO NOTHING RETURNING event_id
  )
  SELECT i.event_id, w.event_id IS NOT NULL AND (i.idempotency_key IS NULL OR c.event_id IS NOT NULL) AS is_admitted,
         w.event_id IS NOT NULL AS is_hold_open, w.hold_amount_nano_usd, w.hold_expires_at
    FROM input i LEFT JOIN writable w ON w.event_id = i.event_id LEFT JOIN claimed c ON c.event_id = i.event_id`;

/** The last step: closes the holds that the admitted events settled. They are locked since the first. */
const SETTLE_HOLDS = `
  UPDATE holds h SET state = 'settled', closed_at = t.recorded_at, event_id = t.event_id
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS t(workspace_id, hold_id, event_id, recorded_at)
   WHERE h.workspace_id = t.workspace_id AND h.id = t.hold_id`;

/**
 * Writes events of which none settles a hold, in one statement. Throws a unique violation where a claim is taken. NULL:
 * the token of what they were decided by is not `basis` any more, and nothing was written.
 */
async function writeFresh(events: readonly DecidedEvent[], basis: string | null): Promise<Outcomes | null> {
  const claiming = events.filter((event) => event.idempotencyKey !== null);
  const { text, values } = writeStatement(events, claiming.toSorted(byClaim), basis);
  const rows = await queryRows(text, values);
  if (rows.length === 0) return null;
  return new Map(events.map((event) => [event.eventId, WRITTEN]));
}

const WRITTEN = { written: true, hold: null } as const;

function byClaim(left: DecidedEvent, right: DecidedEvent): number {
  const [a, b] = [left, right].map(({ workspaceId, idempotencyKey }) => `${workspaceId} ${idempotencyKey}`);
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** Writes events that may settle holds or repeat idempotency keys: admits them, writes those, settles; all or nothing. */
function writeAdmitted(events: readonly DecidedEvent[]): Promise<Outcomes> {
  return inQueryTransaction(async (query) => {
    const rows = await query<AdmittedRow>(ADMIT_EVENTS, [
      events.map((event) => event.eventId),
      events.map((event) => event.workspaceId),
      events.map((event) => event.keyId),
      events.map((event) => event.occurredAt.toISOString()),
      events.map((event) => event.costNanoUsd),
      events.map((event) => event.pricedBy),
      events.map((event) => event.idempotencyKey),
      events.map((event) => event.holdId),
      events.map((event) => event.contentHash),
      events.map((event) => event.recordedAt.toISOString()),
    ]);
    const outcomes: Outcomes = new Map(rows.map((row) => [row.event_id, toOutcome(row)]));
    const admitted = events.filter((event) => outcomes.get(event.eventId)?.written);
    if (admitted.length === 0) return outcomes;
    const { text, values } = writeStatement(admitted, []);
    await query(text, values);
    const settling = admitted.filter((event) => event.holdId !== null);
    if (settling.length > 0) {
      await query(SETTLE_HOLDS, [
        settling.map((event) => event.workspaceId),
        settling.map((event) => event.holdId),
        settling.map((event) => event.eventId),
        settling.map((event) => event.recordedAt.toISOString()),
      ]);
    }
    return outcomes;
  });
}

function toOutcome(row: AdmittedRow): WriteOutcome {
  if (!row.is_admitted) return { written: false, claim: null, isHoldClosed: !row.is_hold_open };
  const { hold_amount_nano_usd: amountNanoUsd, hold_expires_at: expiresAt } = row;
  return { written: true, hold: amountNanoUsd === null || expiresAt === null ? null : { amountNanoUsd, expiresAt } };
}

interface ClaimRow {
  event_id: string;
  content_hash: Buffer;
  claimed_event_id: string;
  cost_nano_usd: bigint;
  priced_by: Claim['pricedBy'];
}

/** What the idempotency keys of some events stand for by now, by event. None where nothing claimed them. */
async function findClaims(events: readonly DecidedEvent[]): Promise<Map<string, Claim>> {
  if (events.length === 0) return new Map();
  const rows = await queryRows<ClaimRow>(
    // By primary key; an event whose key nobody claimed has no row.
    `SELECT wanted.event_id, c.content_hash, c.event_id AS claimed_event_id, c.cost_nano_usd, c.priced_by
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS wanted(event_id, workspace_id, idempotency_key)
      CROSS JOIN LATERAL (SELECT * FROM idempotency_claims
            WHERE workspace_id = wanted.workspace_id AND idempotency_key = wanted.idempotency_key LIMIT 1) c`,
    [
      events.map((event) => event.eventId),
      events.map((event) => event.workspaceId),
      events.map((event) => event.idempotencyKey),
    ],
  );
  return new Map(
    rows.map((row) => [
      row.event_id,
      {
        contentHash: row.content_hash,
        eventId: row.claimed_event_id,
        costNanoUsd: row.cost_nano_usd,
        pricedBy: row.priced_by,
      },
    ]),
  );
}

/** Splits off the events whose idempotency key or hold an earlier one of the batch carries already. */
function splitRepeats(events: readonly DecidedEvent[]): { firsts: DecidedEvent[]; repeats: DecidedEvent[] } {
  const seen = new Set<string>();
  const firsts: DecidedEvent[] = [];
  const repeats: DecidedEvent[] = [];
  for (const event of events) {
    const marks = [
      ...(event.idempotencyKey === null ? [] : [`key ${event.workspaceId} ${event.idempotencyKey}`]),
      ...(event.holdId === null ? [] : [`hold ${event.workspaceId} ${event.holdId}`]),
    ];
    (marks.some((mark) => seen.has(mark)) ? repeats : firsts).push(event);
    for (const mark of marks) seen.add(mark);
  }
  return { firsts, repeats };
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

async function writeBatch(groups: readonly (readonly DecidedEvent[])[]): Promise<Outcomes[]> {
  const { firsts, repeats } = splitRepeats(groups.flat());
  const outcomes = await writeSafely(firsts);
  const refused = firsts.filter((event) => outcomes.get(event.eventId)?.written === false);
  for (const event of repeats) {
    if (event.holdId !== null) outcomes.set(event.eventId, { written: false, claim: null, isHoldClosed: true });
  }
  // Claims of this batch, and of transactions that this one waited for, are committed by now.
  for (const [eventId, claim] of await findClaims([...repeats, ...refused]))
    outcomes.set(eventId, { written: false, claim });
  return groups.map(() => outcomes);
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
const bounds = { batchWeightMax: BATCH_EVENTS_MAX, waitingWeightMax: WAITING_EVENTS_MAX };

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
