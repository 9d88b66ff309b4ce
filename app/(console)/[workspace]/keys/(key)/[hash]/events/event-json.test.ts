import { describe, expect, it } from 'vitest';
import type { KeyEvent } from '@/lib/usage/contract';
import { eventJson } from './event-json';

const EVENT: KeyEvent = {
  id: '0199b7a2-0000-7000-8000-000000000001',
  occurredAt: new Date('2026-11-18T14:29:11.123Z'),
  recordedAt: new Date('2026-11-18T14:29:12.000Z'),
  environment: 'live',
  endpoint: '/v1/"chat"',
  model: null,
  provider: null,
  status: 200,
  latencyMs: null,
  usageUnits: 9_223_372_036_854_775_807n,
  usageName: 'pages',
  promptTokens: 2204n,
  completionTokens: 388n,
  cachedPromptTokens: 0n,
  cacheCreationTokens: 0n,
  costNanoUsd: 9_007_199_254_740_993n,
  pricedBy: 'caller',
  isByok: false,
  idempotencyKey: 'inv-88213-a',
  holdId: null,
};

describe('an event as JSON', () => {
  it('is JSON, with every field under its name on the wire', () => {
    expect(JSON.parse(eventJson(EVENT, 'ab'))).toMatchObject({
      event_id: EVENT.id,
      key_hash: 'ab',
      occurred_at: '2026-11-18T14:29:11.123Z',
      endpoint: '/v1/"chat"',
      latency_ms: null,
      usage: '9223372036854775807',
      idempotency_key: 'inv-88213-a',
    });
  });

  it('has each digit of the cost, also past what a double holds', () => {
    expect(eventJson(EVENT, 'ab')).toContain('"cost_usd": 9007199.254740993,');
    expect(eventJson({ ...EVENT, costNanoUsd: 0n }, 'ab')).toContain('"cost_usd": 0,');
  });
});
