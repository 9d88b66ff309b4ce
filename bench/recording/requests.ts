import { randomUUID } from 'node:crypto';
import { httpRequest } from '../load';
import type { Product } from '../product';

export async function createKeys(product: Product, count: number): Promise<string[]> {
  const secrets: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const created = await product.api<{ key: string }>('POST', '/api/v1/keys', { name: `k${index}`, limit: 1000 });
    secrets.push(created.key);
  }
  return secrets;
}

/** Requests that record one event without an idempotency key, in turn for each secret. */
export function recordUsage(product: Product, secrets: readonly string[]): () => Buffer {
  return inTurn(secrets.map((key) => post(product, '/api/v1/api-key/record-usage', { key, usage: '3' })));
}

export function verify(product: Product, secrets: readonly string[]): () => Buffer {
  return inTurn(secrets.map((key) => post(product, '/api/v1/api-key/verify', { key, requestedScopes: [] })));
}

/** Usage events with idempotency keys of their own: the request is made as it is sent. */
export function recordFreshEvents(product: Product, secrets: readonly string[]): () => Buffer {
  const nextSecret = inTurn(secrets);
  return () => {
    const event = {
      key: nextSecret(),
      idempotency_key: randomUUID(),
      endpoint: 'POST /v1/chat/completions',
      model: 'openai/gpt-4o',
      latency_ms: 420,
      prompt_tokens: 1200,
      completion_tokens: 300,
      cost_usd: 0.006,
    };
    return post(product, '/api/v1/usage-events', { events: [event] });
  };
}

/** Made beforehand: at this size making one costs as much as recording it. */
const BATCHES = 40;

export function recordBatches(product: Product, secrets: readonly string[], batchEvents: number): () => Buffer {
  let turn = 0;
  const batches = Array.from({ length: BATCHES }, () => {
    const events = Array.from({ length: batchEvents }, () => ({
      key: secrets[turn++ % secrets.length],
      endpoint: `POST /v1/e${turn % 8}`,
      cost_usd: 0.000001,
    }));
    return post(product, '/api/v1/usage-events', { events });
  });
  return inTurn(batches);
}

function post({ bearer }: Product, path: string, body: unknown): Buffer {
  return httpRequest('POST', path, { authorization: `Bearer ${bearer}` }, JSON.stringify(body));
}

/** Items that were made beforehand, one after the other: the generator shares the two cores. */
function inTurn<Item>(items: readonly Item[]): () => Item {
  let turn = 0;
  return () => {
    const item = items[turn++ % items.length];
    if (item === undefined) throw new RangeError('There is nothing to send.');
    return item;
  };
}
