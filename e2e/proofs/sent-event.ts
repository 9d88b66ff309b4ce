import { randomUUID } from 'node:crypto';
import { formatUsd } from '../../lib/core/money';
import type { Random } from '../../lib/demo/random';
import type { ExpectedKey } from './expected-books';

export interface SentEvent {
  readonly key: ExpectedKey;
  /** As it goes over the wire, with an idempotency key. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly costNanoUsd: bigint;
  readonly isByok: boolean;
  /** NULL: not acknowledged yet. */
  eventId: string | null;
}

const ENDPOINTS = ['POST /v1/chat/completions', 'POST /v1/embeddings', 'GET /v1/models', null];

/** A new event of a key. `holdId`: the hold that it settles. */
export function makeEvent(random: Random, key: ExpectedKey, holdId?: string): SentEvent {
  const costNanoUsd = BigInt(Math.floor(random.between(0, 3_000_000)));
  const isByok = random.unit() < 0.2;
  const isTimed = random.unit() < 0.5;
  const backMilliseconds = random.pick([
    [60_000, 5],
    [40 * 86_400_000, 1],
  ]);
  return {
    key,
    costNanoUsd,
    isByok,
    eventId: null,
    body: {
      ...(random.unit() < 0.5 ? { key: random.item(key.secrets) } : { key_hash: key.hash }),
      idempotency_key: randomUUID(),
      cost_usd: formatUsd(costNanoUsd),
      is_byok: isByok,
      endpoint: random.item(ENDPOINTS),
      status: random.item([200, 200, 200, 429, 500]),
      prompt_tokens: Math.floor(random.between(0, 4_000)),
      completion_tokens: Math.floor(random.between(0, 1_000)),
      ...(isTimed ? { occurred_at: new Date(Date.now() - random.between(1_000, backMilliseconds)).toISOString() } : {}),
      ...(holdId === undefined ? {} : { hold_id: holdId }),
    },
  };
}

/** What is known is sent again by the key's hash: the same event, also where its secret was rotated out since. */
export function bodyOf({ key, body, eventId }: SentEvent): Readonly<Record<string, unknown>> {
  if (eventId === null) return body;
  const { key: _secret, ...content } = body;
  return { ...content, key_hash: key.hash };
}
