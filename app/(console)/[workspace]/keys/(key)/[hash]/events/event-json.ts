import { formatUsd } from '@/lib/core/money';
import type { KeyEvent } from '@/lib/usage/contract';

/**
 * An event as the API and the exports name its fields. Written by hand, as `JSON.stringify` would round what a double cannot
 * hold: costs are exact to nine decimals, counts to the last digit.
 */
export function eventJson(event: KeyEvent, keyHash: string): string {
  const fields: [string, string][] = [
    ['event_id', JSON.stringify(event.id)],
    ['key_hash', JSON.stringify(keyHash)],
    ['occurred_at', JSON.stringify(event.occurredAt)],
    ['recorded_at', JSON.stringify(event.recordedAt)],
    ['environment', JSON.stringify(event.environment)],
    ['endpoint', JSON.stringify(event.endpoint)],
    ['model', JSON.stringify(event.model)],
    ['provider', JSON.stringify(event.provider)],
    ['status', String(event.status)],
    ['latency_ms', String(event.latencyMs)],
    ['usage', event.usageUnits === null ? 'null' : `"${event.usageUnits}"`],
    ['usage_name', JSON.stringify(event.usageName)],
    ['prompt_tokens', String(event.promptTokens)],
    ['completion_tokens', String(event.completionTokens)],
    ['cached_prompt_tokens', String(event.cachedPromptTokens)],
    ['cache_creation_tokens', String(event.cacheCreationTokens)],
    ['cost_usd', formatUsd(event.costNanoUsd)],
    ['priced_by', JSON.stringify(event.pricedBy)],
    ['is_byok', String(event.isByok)],
    ['idempotency_key', JSON.stringify(event.idempotencyKey)],
    ['hold_id', JSON.stringify(event.holdId)],
  ];
  return `{\n${fields.map(([name, text]) => `  "${name}": ${text}`).join(',\n')}\n}`;
}
