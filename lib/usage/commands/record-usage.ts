import { type Call, canReach, NotAssumed, requireScope } from '../../core/call';
import { newId } from '../../core/identifier';
import { COST_NANO_USD_MAX } from '../../core/money';
import { hashSecret } from '../../core/secret';
import { describeIssues } from '../../core/text';
import { recordingBasis } from '../../credentials/queries';
import { findRemainingLimits } from '../../limits/queries';
import { modelNames, type Price, priceUsage } from '../../prices/price-book';
import { findPrices, recallPrices } from '../../prices/queries';
import { type EventResult, type Rejection, usageEvent } from '../contract';
import { findTimeFault, hashContent, type ParsedEvent, parseEvent } from '../event';
import { findRecordingKeys, type RecordingKey, type RecordingKeys, recallRecordingKeys } from '../queries';
import {
  type Claim,
  type DecidedEvent,
  type SettledHold,
  type WriteOutcome,
  writeAssumed,
  writeEvents,
} from './write-events';
import { isSecretUseDue } from './write-statement';

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

/** A batch that is parsed, and whose keys are remembered or being looked up. */
export interface PreparedUsage {
  readonly count: number;
  readonly entries: readonly Entry[];
  /** By the event's place in the batch. */
  readonly faults: ReadonlyMap<number, EventResult>;
  /** NULL: not all of the keys are remembered. */
  readonly recalled: { readonly basis: string; readonly keys: RecordingKeys } | null;
  /** As committed. Read once it is asked for, or at once where they are not remembered. */
  readonly readKeys: () => Promise<RecordingKeys>;
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
  const secretHashes = entries.flatMap((entry) => entry.secretHash ?? []);
  const keyHashes = entries.flatMap((entry) => entry.keyHash ?? []);
  const basis = recordingBasis.token;
  const known = basis === null ? null : recallRecordingKeys(secretHashes, keyHashes);
  const recalled = basis !== null && known !== null ? { basis, keys: known } : null;
  let reading = recalled ? null : findRecordingKeys(secretHashes, keyHashes);
  // Whoever asks for the keys learns of a failure; nobody asks where the caller was refused.
  reading?.catch(() => {});
  const readKeys = () => (reading ??= findRecordingKeys(secretHashes, keyHashes));
  return { count: rawEvents.length, entries, faults, recalled, readKeys };
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

/** An event and its key. */
interface KnownEntry {
  readonly entry: Entry;
  readonly key: RecordingKey;
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
  const known = prepared.entries.flatMap((entry) => {
    const key = findKey(keys, entry);
    const fault = findKeyFault(call, key, entry.event);
    if (fault) results.set(entry.index, fault);
    return key && !fault ? [{ entry, key }] : [];
  });
  const book = await findPrices(...pricesWanted(known));
  const decided = decideAll(known, book, call.now, results);
  settleResults(decided, await writeEvents(decided.map(({ event }) => event)), results);
  return { decided, results };
}

function findKey(keys: RecordingKeys, entry: Entry): RecordingKey | undefined {
  return entry.secretHash === null ? keys.byHash.get(entry.keyHash ?? '') : keys.bySecret.get(entry.secretHash);
}

/** Prices the events. One that costs more than can be is a result at once. */
function decideAll(
  known: readonly KnownEntry[],
  book: readonly Price[],
  now: Date,
  results: Map<number, EventResult>,
): Indexed[] {
  return known.flatMap(({ entry, key }) => {
    const event = decide(entry, key, book, now);
    if (event.costNanoUsd <= COST_NANO_USD_MAX) return [{ index: entry.index, event }];
    results.set(entry.index, reject('out_of_range', 'The cost is above 1000000000 USD.'));
    return [];
  });
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

function pricesWanted(known: readonly KnownEntry[]): [string[], string[], string[]] {
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

/** Turns the outcomes of writing into results. */
function settleResults(
  decided: readonly Indexed[],
  outcomes: ReadonlyMap<string, WriteOutcome>,
  results: Map<number, EventResult>,
): void {
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
