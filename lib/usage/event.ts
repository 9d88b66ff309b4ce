import { hash } from 'node:crypto';
import { COST_NANO_USD_MAX, parseUsd } from '../core/money';
import type { TokenCounts } from '../prices/cost';
import { type EventContent, FUTURE_SECONDS_MAX, PAST_DAYS_MAX } from './contract';

/** An event as it is kept, before it is known whose it is and what it costs. */
export interface ParsedEvent extends TokenCounts {
  readonly idempotencyKey: string | null;
  readonly occurredAt: Date;
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly status: number;
  readonly latencyMs: number | null;
  /** NULL: the key's own. */
  readonly environment: 'live' | 'test' | null;
  readonly usageUnits: bigint | null;
  readonly usageName: string | null;
  /** NULL: to be priced from the book. */
  readonly costNanoUsd: bigint | null;
  readonly isByok: boolean;
  readonly holdId: string | null;
}

/** The values of a valid event, with the contract's defaults. */
export function parseEvent(content: EventContent, now: Date): ParsedEvent {
  return {
    idempotencyKey: content.idempotency_key ?? null,
    occurredAt: content.occurred_at == null ? now : new Date(content.occurred_at),
    endpoint: content.endpoint ?? null,
    model: content.model ?? null,
    provider: content.provider ?? null,
    status: content.status ?? 200,
    latencyMs: content.latency_ms ?? null,
    environment: content.environment ?? null,
    usageUnits: content.usage == null ? null : BigInt(content.usage),
    usageName: content.usage_name ?? null,
    promptTokens: BigInt(content.prompt_tokens ?? 0),
    completionTokens: BigInt(content.completion_tokens ?? 0),
    cachedPromptTokens: BigInt(content.cached_prompt_tokens ?? 0),
    cacheCreationTokens: BigInt(content.cache_creation_tokens ?? 0),
    costNanoUsd: content.cost_usd == null ? null : exactCost(content.cost_usd),
    isByok: content.is_byok ?? false,
    holdId: content.hold_id?.toLowerCase() ?? null,
  };
}

function exactCost(usd: number | string): bigint {
  const amount = parseUsd(usd);
  if (!amount.ok || amount.nanoUsd < 0n || amount.nanoUsd > COST_NANO_USD_MAX) {
    throw new RangeError('The contract lets only exact costs within bounds through.');
  }
  return amount.nanoUsd;
}

/** What is wrong with an event's time, in a sentence; NULL: nothing. */
export function findTimeFault(occurredAt: Date, now: Date): string | null {
  const aheadSeconds = (occurredAt.getTime() - now.getTime()) / 1000;
  if (aheadSeconds > FUTURE_SECONDS_MAX)
    return 'occurred_at: lies more than 5 minutes ahead. Check the clock of the sender.';
  if (aheadSeconds < -PAST_DAYS_MAX * 86_400) return `occurred_at: lies more than ${PAST_DAYS_MAX} days back.`;
  return null;
}

/**
 * SHA-256 of what an event says, after parsing: absent and NULL are the same, `"0.50"` is 0.5, and a key's secret is
 * its hash. A repeat with the same content is a duplicate, with other content a conflict. The idempotency key itself
 * and a time that the sender left out are no part of it.
 */
export function hashContent(event: ParsedEvent, keyHash: string, isTimeGiven: boolean): Buffer {
  const content = [
    keyHash,
    isTimeGiven ? event.occurredAt.getTime() : null,
    event.endpoint,
    event.model,
    event.provider,
    event.status,
    event.latencyMs,
    event.environment,
    event.usageUnits?.toString() ?? null,
    event.usageName,
    event.promptTokens.toString(),
    event.completionTokens.toString(),
    event.cachedPromptTokens.toString(),
    event.cacheCreationTokens.toString(),
    event.costNanoUsd?.toString() ?? null,
    event.isByok,
    event.holdId,
  ];
  return Buffer.from(hash('sha256', JSON.stringify(content), 'hex'), 'hex');
}
