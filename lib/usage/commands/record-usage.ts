import { type Call, canReach, requireScope } from '../../core/call';
import { newId } from '../../core/identifier';
import { COST_NANO_USD_MAX } from '../../core/money';
import { hashSecret } from '../../core/secret';
import { describeIssues } from '../../core/text';
import { findRemainingLimits } from '../../limits/queries';
import { modelNames, type Price, priceUsage } from '../../prices/price-book';
import { findPrices } from '../../prices/queries';
import { type EventResult, type Rejection, usageEvent } from '../contract';
import { findTimeFault, hashContent, type ParsedEvent, parseEvent } from '../event';
import { findRecordingKeys, type RecordingKey, type RecordingKeys } from '../queries';
import { type Claim, type DecidedEvent, type SettledHold, type WriteOutcome, writeEvents } from './write-events';

export interface RecordOptions {
  /** Imports bring usage of any age; services don't. */
  readonly isAnyAgeAllowed?: boolean;
  /** Whether results say what is left of the key's limit after the whole batch. */
  readonly isLimitWanted?: boolean;
}

/** One event of a batch on its way: it leaves as soon as its result is known. */
interface Entry {
  readonly index: number;
  readonly event: ParsedEvent;
  readonly isTimeGiven: boolean;
  /** The secret's hash, or the key's identity. */
  readonly secretHash: string | null;
  readonly keyHash: string | null;
}

/** A batch that is parsed, and whose keys are being looked up. */
export interface PreparedUsage {
  readonly count: number;
  readonly entries: readonly Entry[];
  /** By the event's place in the batch. */
  readonly faults: ReadonlyMap<number, EventResult>;
  readonly keys: Promise<RecordingKeys>;
}

/**
 * Parses a batch and begins to look up its keys, which needs not wait until it is known who calls: nothing of it is told
 * or written before `recordPrepared` has asked what the caller may. `rawEvents` are unparsed and at most
 * `BATCH_EVENTS_MAX`, which the door has checked.
 */
export function prepareUsage(rawEvents: readonly unknown[], now: Date, options: RecordOptions = {}): PreparedUsage {
  const faults = new Map<number, EventResult>();
  const entries: Entry[] = [];
  for (const [index, raw] of rawEvents.entries()) {
    const entry = parseEntry(raw, index, now, options);
    if ('rejection' in entry) faults.set(index, entry);
    else entries.push(entry);
  }
  const keys = findRecordingKeys(
    entries.flatMap((entry) => entry.secretHash ?? []),
    entries.flatMap((entry) => entry.keyHash ?? []),
  );
  // Whoever asks for the keys learns of a failure; nobody asks where the caller was refused.
  keys.catch(() => {});
  return { count: rawEvents.length, entries, faults, keys };
}

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

/** As `recordUsage`, of a batch that was prepared before. */
export async function recordPrepared(
  call: Call,
  prepared: PreparedUsage,
  options: RecordOptions = {},
): Promise<EventResult[]> {
  requireScope(call, 'usage:write');
  const results = new Map(prepared.faults);
  const keys = await prepared.keys;
  const known = prepared.entries.flatMap((entry) => {
    const key = entry.secretHash === null ? keys.byHash.get(entry.keyHash ?? '') : keys.bySecret.get(entry.secretHash);
    const fault = findKeyFault(call, key, entry.event);
    if (fault) results.set(entry.index, fault);
    return key && !fault ? [{ entry, key }] : [];
  });

  const book = await findPrices(...pricesWanted(known));
  const decided = known.flatMap(({ entry, key }) => {
    const event = decide(entry, key, book, call.now);
    if (event.costNanoUsd > COST_NANO_USD_MAX) {
      results.set(entry.index, reject('out_of_range', 'The cost is above 1000000000 USD.'));
      return [];
    }
    return [{ index: entry.index, event }];
  });
  await settleResults(decided, results);
  if (options.isLimitWanted) await addLimits(decided, call.now, results);
  return Array.from(
    { length: prepared.count },
    (_, index) => results.get(index) ?? reject('bad_field', 'The event was not understood.'),
  );
}

function reject(rejection: Rejection, error: string): EventResult & { rejection: Rejection } {
  return { status: 'rejected', rejection, error };
}

function parseEntry(
  raw: unknown,
  index: number,
  now: Date,
  options: RecordOptions,
): Entry | (EventResult & { rejection: Rejection }) {
  const parsed = usageEvent.safeParse(raw);
  if (!parsed.success) return reject('bad_field', describeIssues(parsed.error));
  const event = parseEvent(parsed.data, now);
  const timeFault = options.isAnyAgeAllowed ? null : findTimeFault(event.occurredAt, now);
  if (timeFault) return reject('bad_field', timeFault);
  const { key, key_hash } = parsed.data;
  return {
    index,
    event,
    isTimeGiven: parsed.data.occurred_at != null,
    secretHash: key == null ? null : hashSecret(key),
    keyHash: key_hash == null ? null : key_hash.toLowerCase(),
  };
}

/** What was spent while a key worked was spent: only an event after the key's end is refused. */
function findKeyFault(call: Call, key: RecordingKey | undefined, event: ParsedEvent): EventResult | null {
  if (!key || !canReach(call, key.workspaceId)) return reject('unknown_key', 'The key is unknown.');
  const ends: readonly [Date | null, string][] = [
    [key.deletedAt, 'deleted'],
    [key.disabledAt, 'disabled'],
    [key.expiresAt, 'expired'],
    [key.secretEndsAt, 'rotated out'],
  ];
  // An open hold proves that the spending was granted while the key worked.
  if (event.holdId !== null) return null;
  for (const [at, word] of ends) {
    if (at !== null && at <= event.occurredAt)
      return reject('key_inactive', `The key was ${word} before the event occurred.`);
  }
  return null;
}

function pricesWanted(known: readonly { entry: Entry; key: RecordingKey }[]): [string[], string[], string[]] {
  const workspaces = new Set<string>();
  const models = new Set<string>();
  const usageNames = new Set<string>();
  for (const { entry, key } of known) {
    if (entry.event.costNanoUsd !== null) continue;
    workspaces.add(key.workspaceId);
    const { model, provider, usageName } = entry.event;
    if (model !== null) {
      for (const name of modelNames(model)) models.add(name);
      if (provider !== null && model.startsWith(`${provider}/`)) models.add(model.slice(provider.length + 1));
    }
    if (usageName !== null) usageNames.add(usageName);
  }
  return [[...workspaces], [...models], [...usageNames]];
}

function decide(entry: Entry, key: RecordingKey, book: readonly Price[], now: Date): DecidedEvent {
  const { event } = entry;
  const pricing =
    event.costNanoUsd === null
      ? priceUsage(book, { ...event, workspaceId: key.workspaceId })
      : ({ costNanoUsd: event.costNanoUsd, pricedBy: 'caller' } as const);
  return {
    eventId: newId(),
    workspaceId: key.workspaceId,
    keyId: key.id,
    occurredAt: event.occurredAt,
    recordedAt: now,
    environment: event.environment ?? key.environment,
    endpoint: event.endpoint,
    model: event.model,
    provider: event.provider,
    status: event.status,
    latencyMs: event.latencyMs,
    usageUnits: event.usageUnits,
    usageName: event.usageName,
    promptTokens: event.promptTokens,
    completionTokens: event.completionTokens,
    cachedPromptTokens: event.cachedPromptTokens,
    cacheCreationTokens: event.cacheCreationTokens,
    costNanoUsd: pricing.costNanoUsd,
    pricedBy: pricing.pricedBy,
    isByok: event.isByok,
    idempotencyKey: event.idempotencyKey,
    holdId: event.holdId,
    contentHash: event.idempotencyKey === null ? null : hashContent(event, key.hash, entry.isTimeGiven),
    secretHash: entry.secretHash,
    secretUsedAt: key.secretUsedAt,
  };
}

/** Adds what is left of each key's limit to the results of events that count. */
async function addLimits(decided: readonly Indexed[], now: Date, results: Map<number, EventResult>): Promise<void> {
  const remaining = await findRemainingLimits(
    decided.map(({ event }) => event),
    now,
  );
  for (const { index, event } of decided) {
    const result = results.get(index);
    if (result?.status !== 'recorded' && result?.status !== 'duplicate') continue;
    results.set(index, { ...result, limitRemainingNanoUsd: remaining.get(event.keyId) ?? null });
  }
}

interface Indexed {
  readonly index: number;
  readonly event: DecidedEvent;
}

/** Writes the events and turns outcomes into results. */
async function settleResults(decided: readonly Indexed[], results: Map<number, EventResult>): Promise<void> {
  const outcomes = await writeEvents(decided.map(({ event }) => event));
  for (const { index, event } of decided) results.set(index, toResult(event, outcomes.get(event.eventId)));
}

const SUM_TOO_LARGE = 'The sum of the key would pass 64 bits. Nothing was recorded.';

function toResult(event: DecidedEvent, outcome: WriteOutcome | undefined): EventResult {
  if (!outcome) return reject('out_of_range', SUM_TOO_LARGE);
  if (outcome.written) return describeRecorded(event, outcome.hold);
  if (outcome.claim === null) {
    if (outcome.isHoldClosed)
      return reject('hold_closed', 'The hold is unknown, settled, released, or of another key.');
    throw new Error('An idempotency key was taken by a claim that cannot be found.');
  }
  return compareWithClaim(event, outcome.claim);
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

function compareWithClaim(event: DecidedEvent, claim: Claim): EventResult {
  if (event.contentHash === null || !claim.contentHash.equals(event.contentHash)) {
    return { status: 'conflict', error: 'This idempotency_key was used for another event. Nothing was recorded.' };
  }
  return { status: 'duplicate', eventId: claim.eventId, costNanoUsd: claim.costNanoUsd, pricedBy: claim.pricedBy };
}
