import { type Call, NotAssumed, requireScope } from '../../core/call';
import { recordingBasis } from '../../credentials/queries';
import { findRemainingLimits } from '../../limits/queries';
import { findPrices, recallPrices } from '../../prices/queries';
import { logger } from '../../server/log';
import type { EventResult } from '../contract';
import { hashContent } from '../event';
import { decideAll, findKey, findKeyFault, type Indexed, type KnownEntry, pricesWanted } from './decide-events';
import { isSecretUseDue } from './decided-event';
import { compareWithClaim, reject, toResult } from './event-result';
import { findClaims } from './find-claims';
import { type PreparedUsage, prepareUsage, type RecordOptions } from './prepare-usage';
import { writeAssumed, writeEvents } from './write-events';
import type { WriteOutcome } from './write-outcome';

/**
 * Records a batch of usage events, each on its own: one bad event leaves the others unaffected. Every event that the
 * answer calls recorded is durable before the answer. Results come in the order sent.
 */
export function recordUsage(
  call: Call,
  rawEvents: readonly unknown[],
  options: RecordOptions = {},
): Promise<EventResult[]> {
  return recordPrepared(call, prepareUsage(rawEvents, call.now, options), options);
}

/**
 * As `recordUsage`, of a batch that was prepared before. Where its keys and prices are remembered it is first written as
 * they were, on the condition that they still are; else they are read.
 */
export async function recordPrepared(
  call: Call,
  prepared: PreparedUsage,
  options: RecordOptions = {},
): Promise<EventResult[]> {
  const assumed = await recordAssumed(call, prepared);
  if (assumed === null && call.basis !== undefined) throw new NotAssumed();
  const { decided, results } = assumed ?? (await recordRead(call, prepared));
  if (options.isLimitWanted) await addLimits(decided, call.now, results);
  return Array.from(
    { length: prepared.count },
    (_, index) => results.get(index) ?? reject('bad_field', 'The event was not understood.'),
  );
}

interface Recorded {
  readonly decided: readonly Indexed[];
  /** By the event's place in the batch. */
  readonly results: Map<number, EventResult>;
}

/**
 * Records what is all good as remembered, in a statement that has no effect unless the same is committed. NULL: something
 * is not remembered, or speaks against an event, or holds no longer; nothing was recorded. So a refusal is never
 * remembered: it comes from what is read.
 */
async function recordAssumed(call: Call, { entries, faults, recalled }: PreparedUsage): Promise<Recorded | null> {
  if (recalled === null || entries.length === 0 || !call.scopes.has('usage:write')) return null;
  const { basis, keys } = recalled;
  if (basis !== recordingBasis.token || (call.basis !== undefined && call.basis !== basis)) return null;
  const known: KnownEntry[] = [];
  for (const entry of entries) {
    const key = findKey(keys, entry);
    // A settled hold, and the use of a secret that is to be noted, go with what is read.
    if (!key || entry.event.holdId !== null || findKeyFault(call, key, entry.event)) return null;
    if (entry.secretHash !== null && isSecretUseDue(key.secretUsedAt, entry.event.occurredAt)) return null;
    known.push({ entry, key });
  }
  const book = recallPrices(...pricesWanted(known));
  if (book === null) return null;
  const results = new Map(faults);
  const decided = decideAll(known, book, call.now, results);
  const outcomes = await writeAssumed(
    decided.map(({ event }) => event),
    basis,
  );
  if (outcomes === null) return null;
  settleResults(decided, outcomes, results);
  return { decided, results };
}

/** Records by keys and prices that are read for it. */
async function recordRead(call: Call, prepared: PreparedUsage): Promise<Recorded> {
  requireScope(call, 'usage:write');
  const results = new Map(prepared.faults);
  const keys = await prepared.readKeys();
  const known: KnownEntry[] = [];
  const late: KnownEntry[] = [];
  for (const entry of prepared.entries) {
    const key = findKey(keys, entry);
    const fault = findKeyFault(call, key, entry.event);
    if (fault) results.set(entry.index, fault);
    if (key && !fault) known.push({ entry, key });
    else if (key && fault?.rejection === 'key_inactive') late.push({ entry, key });
  }
  await recogniseRepeats(late, results);
  const book = await findPrices(...pricesWanted(known));
  const decided = decideAll(known, book, call.now, results);
  settleResults(decided, await writeEvents(decided.map(({ event }) => event)), results);
  recogniseWithin(late, decided, results);
  return { decided, results };
}

/**
 * An event that came while its key worked, and whose answer was lost, is a duplicate when it comes again after the key's
 * end: it was recorded, whatever its key is now.
 */
async function recogniseRepeats(late: readonly KnownEntry[], results: Map<number, EventResult>): Promise<void> {
  const claiming = late.filter(({ entry }) => entry.event.idempotencyKey !== null);
  const claims = await findClaims(
    claiming.map(({ entry, key }) => ({ workspaceId: key.workspaceId, idempotencyKey: entry.event.idempotencyKey })),
  );
  for (const [index, { entry, key }] of claiming.entries()) {
    const claim = claims[index];
    if (!claim) continue;
    results.set(entry.index, compareWithClaim(hashContent(entry.event, key.hash, entry.isTimeGiven), claim));
  }
}

/** The same of what was recorded before it in its own batch. */
function recogniseWithin(
  late: readonly KnownEntry[],
  decided: readonly Indexed[],
  results: Map<number, EventResult>,
): void {
  if (late.length === 0) return;
  const nameOf = (workspaceId: string, idempotencyKey: string) => `${workspaceId} ${idempotencyKey}`;
  const claimed = new Map<string, Indexed>();
  for (const one of decided) {
    const { workspaceId, idempotencyKey } = one.event;
    if (idempotencyKey !== null && results.get(one.index)?.status === 'recorded')
      claimed.set(nameOf(workspaceId, idempotencyKey), one);
  }
  for (const { entry, key } of late) {
    if (entry.event.idempotencyKey === null) continue;
    const first = claimed.get(nameOf(key.workspaceId, entry.event.idempotencyKey));
    if (!first?.event.contentHash || first.index > entry.index) continue;
    const claim = { ...first.event, contentHash: first.event.contentHash };
    results.set(entry.index, compareWithClaim(hashContent(entry.event, key.hash, entry.isTimeGiven), claim));
  }
}

/** Adds what is left of each key's limit to the results of events that count. */
async function addLimits(decided: readonly Indexed[], now: Date, results: Map<number, EventResult>): Promise<void> {
  const remaining = await findRemainingLimits(
    decided.map(({ event }) => event),
    now,
  ).catch((error: unknown) => {
    // The events are recorded: an answer that says otherwise would have them sent again.
    logger().warn({ err: error }, 'what is left of limits could not be read');
    return null;
  });
  if (remaining === null) return;
  for (const { index, event } of decided) {
    const result = results.get(index);
    if (result?.status !== 'recorded' && result?.status !== 'duplicate') continue;
    results.set(index, { ...result, limitRemainingNanoUsd: remaining.get(event.keyId) ?? null });
  }
}

/** Turns the outcomes of writing into results. */
function settleResults(
  decided: readonly Indexed[],
  outcomes: ReadonlyMap<string, WriteOutcome>,
  results: Map<number, EventResult>,
): void {
  for (const { index, event } of decided) results.set(index, toResult(event, outcomes.get(event.eventId)));
}
