import { type Call, canReach } from '../../core/call';
import { newId } from '../../core/identifier';
import { COST_NANO_USD_MAX } from '../../core/money';
import { modelNames, type Price, type Pricing, priceUsage, UNPRICED } from '../../prices/price-book';
import type { EventResult } from '../contract';
import { hashContent, type ParsedEvent } from '../event';
import type { RecordingKey, RecordingKeys } from '../queries';
import type { DecidedEvent } from './decided-event';
import { type RejectedEvent, reject } from './event-result';
import type { Entry } from './prepare-usage';

/** An event and its key. */
export interface KnownEntry {
  readonly entry: Entry;
  readonly key: RecordingKey;
}

/** A decided event, and its place in the batch. */
export interface Indexed {
  readonly index: number;
  readonly event: DecidedEvent;
}

/** The key that an event names, if it was found. */
export function findKey(keys: RecordingKeys, entry: Entry): RecordingKey | undefined {
  return entry.secretHash === null ? keys.byHash.get(entry.keyHash ?? '') : keys.bySecret.get(entry.secretHash);
}

/** What was spent while a key worked was spent: only an event after the key's end is refused. */
export function findKeyFault(call: Call, key: RecordingKey | undefined, event: ParsedEvent): RejectedEvent | null {
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

/** Prices the events. One that costs more than can be is a result at once. */
export function decideAll(
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

/** The workspaces, models and names of units that prices are wanted for. */
export function pricesWanted(known: readonly KnownEntry[]): [string[], string[], string[]] {
  const workspaces = new Set<string>();
  const models = new Set<string>();
  const usageNames = new Set<string>();
  for (const { entry, key } of known) {
    const { costNanoUsd, model, provider, usageName } = entry.event;
    if (costNanoUsd !== null || (model === null && usageName === null)) continue;
    workspaces.add(key.workspaceId);
    if (model !== null) {
      for (const name of modelNames(model)) models.add(name);
      if (provider !== null && model.startsWith(`${provider}/`)) models.add(model.slice(provider.length + 1));
    }
    if (usageName !== null) usageNames.add(usageName);
  }
  return [[...workspaces], [...models], [...usageNames]];
}

/** An event that names nothing which is priced finds an empty book. */
function price(event: ParsedEvent, { workspaceId }: RecordingKey, book: readonly Price[]): Pricing {
  if (event.costNanoUsd !== null) return { costNanoUsd: event.costNanoUsd, pricedBy: 'caller' };
  return book.length === 0 ? UNPRICED : priceUsage(book, { ...event, workspaceId });
}

function decide(entry: Entry, key: RecordingKey, book: readonly Price[], now: Date): DecidedEvent {
  const { event } = entry;
  const pricing = price(event, key, book);
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
