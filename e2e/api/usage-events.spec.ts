import { createHash, randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import fc from 'fast-check';
import { formatUsd, usdNumber } from '../../lib/core/money';
import type { Api } from '../fixtures/api';
import { parseCsv } from '../fixtures/csv';
import { test } from '../fixtures/test';

const PATH = '/api/v1/usage-events';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function ago(milliseconds: number): string {
  return new Date(Date.now() - milliseconds).toISOString();
}

/** The one result of an event that was sent alone. */
async function recordOne(api: Api, event: unknown) {
  const { results } = await api.record(event);
  expect(results).toHaveLength(1);
  return results[0];
}

/** A key in a new workspace, whose sums no other test has filled. */
async function createKeyOfItsOwn(api: Api) {
  const { id } = await api.createWorkspace();
  return api.createKey({ workspace_id: id });
}

test.describe('200', () => {
  test('recorded: an event by secret or by hash counts and says its id, its cost and what is left', async ({ api }) => {
    const { secret, hash } = await api.createKey({ limit: 10 });
    const answer = await api.record({ key: secret, cost_usd: 1.5 }, { key_hash: hash, cost_usd: '2.25' });
    expect(answer).toMatchObject({ recorded: 2, duplicate: 0, conflict: 0, rejected: 0 });
    const [first, second] = answer.results;
    // What is left is judged after the whole batch.
    expect(first).toMatchObject({ status: 'recorded', cost_usd: 1.5, priced_by: 'caller', limit_remaining: 6.25 });
    expect(second).toMatchObject({ status: 'recorded', cost_usd: 2.25, priced_by: 'caller', limit_remaining: 6.25 });
    expect(first?.event_id).not.toBe(second?.event_id);
    expect(await api.getKey(hash)).toMatchObject({ usage: 3.75, limit_used: 3.75, limit_remaining: 6.25 });
  });

  test('recorded: a key past its limit still records, and what is left is never below 0', async ({ api }) => {
    const { secret, hash } = await api.createKey({ limit: 1 });
    expect(await recordOne(api, { key: secret, cost_usd: 5 })).toMatchObject({
      status: 'recorded',
      limit_remaining: 0,
    });
    expect(await recordOne(api, { key: secret, cost_usd: 5 })).toMatchObject({
      status: 'recorded',
      limit_remaining: 0,
    });
    expect(await api.getKey(hash)).toMatchObject({ usage: 10, limit_remaining: 0 });
  });

  test('recorded: every field of the contract is taken, null stands for absent', async ({ api }) => {
    const { secret } = await api.createKey();
    const full = {
      key: secret,
      key_hash: null,
      idempotency_key: randomUUID(),
      occurred_at: new Date().toISOString().replace('Z', '+00:00'),
      endpoint: 'POST /v1/chat/completions',
      model: 'openai/gpt-4o',
      provider: 'openai',
      status: 599,
      latency_ms: 0,
      environment: 'test',
      usage: '0042',
      usage_name: 'credits',
      prompt_tokens: 10,
      completion_tokens: 5,
      cached_prompt_tokens: 4,
      cache_creation_tokens: 6,
      cost_usd: 0,
      is_byok: true,
      hold_id: null,
      a_field_of_the_future: true,
    };
    expect(await recordOne(api, full)).toMatchObject({ status: 'recorded', cost_usd: 0, limit_remaining: null });
  });

  test('recorded: every field is kept as it was sent, and absent ones as the contract says', async ({ api }) => {
    const { id } = await api.createWorkspace();
    const bound = api.as((await api.createManagementKey(id)).secret);
    const [key, testKey] = [
      await bound.createKey({ workspace_id: id, name: 'Live' }),
      await bound.createKey({ workspace_id: id, name: 'Test', environment: 'test' }),
    ];
    const hold_id = await bound.createHold(key.hash, 1);
    const idempotency_key = randomUUID();
    const [at, later] = [ago(2000), ago(1000)];
    const sent = {
      ...{ endpoint: 'POST /v1/chat', model: 'openai/gpt-4o', provider: 'openai', latency_ms: 7 },
      ...{ usage: '0042', usage_name: 'credits', prompt_tokens: 10, completion_tokens: 5 },
      ...{ cached_prompt_tokens: 4, cache_creation_tokens: 3, is_byok: true, status: 503, environment: 'test' },
    };
    const events = [
      { key: key.secret, occurred_at: at, cost_usd: '0.000000001', idempotency_key, hold_id, ...sent },
      { key: testKey.secret, occurred_at: later },
    ];
    const { results } = await bound.record(...events);
    const answer = await bound.post('/api/v1/exports/stream', {
      format: 'usage-events',
      from: ago(DAY),
      to: new Date(Date.now() + DAY).toISOString(),
    });
    const [first, second] = parseCsv(answer.text);
    expect(first).toMatchObject({
      ...Object.fromEntries(Object.entries(sent).map(([field, value]) => [field, String(value)])),
      ...{ event_id: results[0]?.event_id, workspace_id: id, key_hash: key.hash, key_name: 'Live' },
      ...{ occurred_at: at, cost_usd: '0.000000001', priced_by: 'caller', usage: '42', idempotency_key, hold_id },
    });
    expect(second).toEqual({
      ...Object.fromEntries(Object.keys(first ?? {}).map((column) => [column, ''])),
      ...{ event_id: results[1]?.event_id, workspace_id: id, key_hash: testKey.hash, key_name: 'Test' },
      ...{ occurred_at: later, recorded_at: first?.recorded_at, cost_usd: '0.000000000', priced_by: 'unpriced' },
      ...{ status: '200', environment: 'test', is_byok: 'false' },
      ...{ prompt_tokens: '0', completion_tokens: '0', cached_prompt_tokens: '0', cache_creation_tokens: '0' },
    });
  });

  test('duplicate: the same event again answers the first one’s id and counts once', async ({ api }) => {
    const { secret, hash } = await api.createKey({ limit: 10 });
    const event = { key: secret, cost_usd: 1, idempotency_key: randomUUID(), endpoint: 'GET /a' };
    const first = await recordOne(api, event);
    const again = await recordOne(api, event);
    expect(again).toEqual({ ...first, status: 'duplicate' });
    expect(await api.getKey(hash)).toMatchObject({ usage: 1, limit_remaining: 9 });
  });

  test('duplicate: content is compared after parsing, whatever its spelling', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    const sent = { key: secret, cost_usd: '0.50', idempotency_key: randomUUID(), occurred_at: ago(DAY) };
    await api.record(sent);
    const shifted = new Date(Date.parse(sent.occurred_at) + 60 * MINUTE).toISOString().replace('Z', '+01:00');
    const other = {
      key_hash: hash.toUpperCase(),
      cost_usd: 0.5,
      idempotency_key: sent.idempotency_key,
      occurred_at: shifted,
    };
    expect(await recordOne(api, { ...other, model: null })).toMatchObject({ status: 'duplicate' });
  });

  test('conflict: the same idempotency key with other content records nothing', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    const event = { key: secret, cost_usd: 1, idempotency_key: randomUUID() };
    await api.record(event);
    for (const change of [
      { cost_usd: 2 },
      { endpoint: 'GET /b' },
      { status: 500 },
      { is_byok: true },
      { prompt_tokens: 1 },
    ]) {
      const result = await recordOne(api, { ...event, ...change });
      expect(result).toMatchObject({ status: 'conflict', error: expect.any(String) });
      expect(result).not.toHaveProperty('event_id');
    }
    expect((await api.getKey(hash)).usage).toBe(1);
  });

  test('conflict: an idempotency key is the workspace’s, so another key of it cannot use it again', async ({ api }) => {
    const idempotency_key = randomUUID();
    const [first, second] = [await api.createKey(), await api.createKey()];
    await api.record({ key: first.secret, cost_usd: 1, idempotency_key });
    expect(await recordOne(api, { key: second.secret, cost_usd: 1, idempotency_key })).toMatchObject({
      status: 'conflict',
    });
    const elsewhere = await api.createWorkspace();
    const third = await api.createKey({ workspace_id: elsewhere.id });
    expect(await recordOne(api, { key: third.secret, cost_usd: 1, idempotency_key })).toMatchObject({
      status: 'recorded',
    });
  });

  test('repeats within one body follow the same rules, in the order sent', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    const event = { key: secret, cost_usd: 1, idempotency_key: randomUUID() };
    const { results, ...counts } = await api.record(
      event,
      event,
      { ...event, cost_usd: 2 },
      { key: secret, cost_usd: 4 },
      event,
    );
    expect(results.map((result) => result.status)).toEqual([
      'recorded',
      'duplicate',
      'conflict',
      'recorded',
      'duplicate',
    ]);
    expect(counts).toEqual({ recorded: 2, duplicate: 2, conflict: 1, rejected: 0 });
    expect(results[1]?.event_id).toBe(results[0]?.event_id);
    expect((await api.getKey(hash)).usage).toBe(5);
  });

  test('of twenty callers who send one event at once, one records it and nineteen are told of it', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    const event = { key: secret, cost_usd: 1, idempotency_key: randomUUID() };
    const results = await Promise.all(Array.from({ length: 20 }, () => recordOne(api, event)));
    expect(results.filter((result) => result?.status === 'recorded')).toHaveLength(1);
    expect(results.filter((result) => result?.status === 'duplicate')).toHaveLength(19);
    expect(new Set(results.map((result) => result?.event_id)).size).toBe(1);
    expect((await api.getKey(hash)).usage).toBe(1);
  });

  test('rejected: a rejected event leaves the others alone and does not use up its idempotency key', async ({
    api,
  }) => {
    const { secret, hash } = await api.createKey();
    const idempotency_key = randomUUID();
    const bad = { key: secret, cost_usd: -1, idempotency_key };
    const { results } = await api.record({ key: secret, cost_usd: 1 }, bad, 'no event', null, 7, [], {
      key: secret,
      cost_usd: 1,
    });
    expect(results.map((result) => result.status)).toEqual([
      'recorded',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'recorded',
    ]);
    expect(results[1]?.error).toContain('cost_usd');
    expect(await recordOne(api, { ...bad, cost_usd: 1 })).toMatchObject({ status: 'recorded' });
    expect((await api.getKey(hash)).usage).toBe(3);
  });

  for (const [what, fields, reason] of [
    ['both key and key_hash', { key_hash: '0'.repeat(64) }, 'key_hash'],
    ['neither key nor key_hash', { key: null }, 'key'],
    ['an unknown secret', { key: 'kl_live_unknown' }, 'unknown'],
    ['an unknown hash', { key: null, key_hash: '0'.repeat(64) }, 'unknown'],
    ['a cost below 0', { cost_usd: -0.01 }, 'cost_usd'],
    ['a cost with ten decimals', { cost_usd: '0.0000000001' }, 'cost_usd'],
    ['a cost that is no number', { cost_usd: 'much' }, 'cost_usd'],
    ['a cost above a billion dollars', { cost_usd: '1000000000.000000001' }, 'cost_usd'],
    ['units that are no digits', { usage: '1.5' }, 'usage'],
    ['units as a number', { usage: 25 }, 'usage'],
    ['units past 64 bits', { usage: '9223372036854775808' }, 'usage'],
    ['a status below 100', { status: 99 }, 'status'],
    ['a status above 599', { status: 600 }, 'status'],
    ['half a token', { prompt_tokens: 0.5 }, 'prompt_tokens'],
    ['tokens below 0', { completion_tokens: -1 }, 'completion_tokens'],
    [
      'cached tokens beyond the prompt',
      { prompt_tokens: 1, cached_prompt_tokens: 1, cache_creation_tokens: 1 },
      'prompt_tokens',
    ],
    ['a time without offset', { occurred_at: '2026-11-21T00:00:00' }, 'occurred_at'],
    ['a day that is no day', { occurred_at: '2026-02-30T00:00:00Z' }, 'occurred_at'],
    ['an unknown environment', { environment: 'staging' }, 'environment'],
    ['an empty endpoint', { endpoint: '' }, 'endpoint'],
    ['an endpoint too long', { endpoint: 'x'.repeat(201) }, 'endpoint'],
    ['NUL in a model', { model: 'gpt\u0000' }, 'model'],
    ['half a surrogate pair in a provider', { provider: '\ud800' }, 'provider'],
    ['an idempotency key too long', { idempotency_key: 'x'.repeat(256) }, 'idempotency_key'],
    ['a hold that is no id', { hold_id: 'mine' }, 'hold_id'],
  ] as const) {
    test(`rejected: ${what}, with the reason`, async ({ api }) => {
      const { secret, hash } = await api.createKey();
      const result = await recordOne(api, { key: secret, cost_usd: 1, ...fields });
      expect(result).toMatchObject({ status: 'rejected', error: expect.stringContaining(reason) });
      expect((await api.getKey(hash)).usage).toBe(0);
    });
  }

  test('rejected: what occurred after the key was disabled, but not what occurred before', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    await api.patch(`/api/v1/keys/${hash}`, { disabled: true });
    expect(await recordOne(api, { key: secret, cost_usd: 1 })).toMatchObject({
      status: 'rejected',
      error: expect.stringContaining('disabled'),
    });
    expect(await recordOne(api, { key: secret, cost_usd: 1, occurred_at: ago(MINUTE) })).toMatchObject({
      status: 'recorded',
    });
    expect((await api.getKey(hash)).usage).toBe(1);
  });

  test('rejected: what occurred after the key was deleted, but not what occurred before', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    await api.delete(`/api/v1/keys/${hash}`);
    expect(await recordOne(api, { key: secret, cost_usd: 1 })).toMatchObject({
      status: 'rejected',
      error: expect.stringContaining('deleted'),
    });
    expect(await recordOne(api, { key_hash: hash, cost_usd: 1, occurred_at: ago(MINUTE) })).toMatchObject({
      status: 'recorded',
    });
  });

  test('times are taken up to 5 minutes ahead and 400 days back, and no further', async ({ api }) => {
    const { secret } = await api.createKey();
    const { results } = await api.record(
      ...[-4.5 * MINUTE, -6 * MINUTE, 399.9 * DAY, 400.1 * DAY].map((back) => ({
        key: secret,
        cost_usd: 1,
        occurred_at: ago(back),
      })),
      { key: secret, cost_usd: 1, occurred_at: '0001-01-01T00:00:00Z' },
      { key: secret, cost_usd: 1, occurred_at: '9999-12-31T23:59:59Z' },
    );
    expect(results.map((result) => result.status)).toEqual([
      'recorded',
      'rejected',
      'recorded',
      'rejected',
      'rejected',
      'rejected',
    ]);
    for (const index of [1, 3, 4, 5]) expect(results[index]?.error).toContain('occurred_at');
  });

  test('a thousand events go in one body, each with a result of its own', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    const events = Array.from({ length: 1000 }, (_, index) => ({
      key: secret,
      cost_usd: '0.000000001',
      endpoint: `GET /${index % 7}`,
    }));
    const { results, recorded } = await api.record(...events);
    expect(recorded).toBe(1000);
    expect(new Set(results.map((result) => result.event_id)).size).toBe(1000);
    expect((await api.getKey(hash)).usage).toBe(0.000001);
  });

  test('what an answer called recorded is there after the process was killed', async ({ api, product }) => {
    const { secret, hash } = await api.createKey();
    const event = { key: secret, cost_usd: '0.000000007', idempotency_key: randomUUID() };
    const first = await recordOne(api, event);
    await product.kill();
    await product.restart();
    expect((await api.getKey(hash)).usage).toBe(0.000000007);
    expect(await recordOne(api, event)).toMatchObject({ status: 'duplicate', event_id: first?.event_id });
  });
});

test.describe('money', () => {
  test('a nano-dollar is not lost, and a billion dollars are not too much', async ({ api }) => {
    const { secret, hash } = await createKeyOfItsOwn(api);
    await api.record(...['0.000000001', 1e-9, '1e-9'].map((cost_usd) => ({ key: secret, cost_usd })));
    expect((await api.getKey(hash)).usage).toBe(0.000000003);
    expect(await recordOne(api, { key: secret, cost_usd: '1000000000' })).toMatchObject({
      status: 'recorded',
      cost_usd: 1_000_000_000,
    });
  });

  test('the dust of float sums is wiped off', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    expect(await recordOne(api, { key: secret, cost_usd: 0.1 + 0.2 })).toMatchObject({
      status: 'recorded',
      cost_usd: 0.3,
    });
    expect((await api.getKey(hash)).usage).toBe(0.3);
  });

  test('the sum of any costs is exact, as is what is left of a limit', async ({ api }) => {
    // Below 15 significant digits in sum, which is what a JSON number carries.
    const nanoUsd = fc.oneof(fc.bigInt(0n, 100n), fc.bigInt(0n, 10_000_000_000n));
    await fc.assert(
      fc.asyncProperty(fc.array(nanoUsd, { minLength: 1, maxLength: 30 }), async (costs) => {
        const { secret, hash } = await api.createKey({ limit: 1000 });
        const answer = await api.record(...costs.map((cost) => ({ key: secret, cost_usd: formatUsd(cost) })));
        const sum = costs.reduce((total, cost) => total + cost, 0n);
        expect(answer.recorded).toBe(costs.length);
        expect(answer.results.map((result) => result.cost_usd)).toEqual(costs.map(usdNumber));
        const key = await api.getKey(hash);
        expect(key.usage).toBe(usdNumber(sum));
        expect(key.limit_remaining).toBe(usdNumber(1_000_000_000_000n - sum));
      }),
      { numRuns: 15 },
    );
  });

  test('a sum that would pass 64 bits is rejected, and the key goes on working', async ({ api }) => {
    const { secret } = await createKeyOfItsOwn(api);
    const events = Array.from({ length: 12 }, () => ({ key: secret, cost_usd: '1000000000' }));
    const { recorded, rejected } = await api.record(...events);
    // 9.22 billion dollars are what 64 bits of nano-dollars hold.
    expect({ recorded, rejected }).toEqual({ recorded: 9, rejected: 3 });
    expect(await recordOne(api, { key: secret, cost_usd: 1 })).toMatchObject({ status: 'recorded' });
  });

  test('spend through the caller’s own provider key is counted apart, and against the limit where the key says so', async ({
    api,
  }) => {
    const [apart, within] = [
      await api.createKey({ limit: 10 }),
      await api.createKey({ limit: 10, include_byok_in_limit: true }),
    ];
    for (const { secret } of [apart, within]) {
      await api.record({ key: secret, cost_usd: 1 }, { key: secret, cost_usd: 4, is_byok: true });
    }
    const spend = {
      usage: 1,
      usage_daily: 1,
      byok_usage: 4,
      byok_usage_daily: 4,
      byok_usage_weekly: 4,
      byok_usage_monthly: 4,
    };
    expect(await api.getKey(apart.hash)).toMatchObject({ ...spend, limit_used: 1, limit_remaining: 9 });
    expect(await api.getKey(within.hash)).toMatchObject({ ...spend, limit_used: 5, limit_remaining: 5 });
    await api.patch(`/api/v1/keys/${apart.hash}`, { include_byok_in_limit: true });
    expect(await api.getKey(apart.hash)).toMatchObject({ limit_remaining: 5 });
  });
});

test.describe('windows', () => {
  test('usage of now counts in every window, of 40 days ago in the lifetime alone', async ({ api }) => {
    // Run again should midnight fall between recording and reading.
    await expect(async () => {
      const { secret, hash } = await api.createKey();
      await api.record({ key: secret, cost_usd: 1 }, { key: secret, cost_usd: 2, occurred_at: ago(40 * DAY) });
      expect(await api.getKey(hash)).toMatchObject({ usage: 3, usage_daily: 1, usage_weekly: 1, usage_monthly: 1 });
    }).toPass({ timeout: 20_000 });
  });

  test('a limit looks at its own window, and a change of the window takes effect at once', async ({ api }) => {
    await expect(async () => {
      const { secret, hash } = await api.createKey({ limit: 10, limit_reset: 'daily' });
      await api.record({ key: secret, cost_usd: 1 }, { key: secret, cost_usd: 2, occurred_at: ago(40 * DAY) });
      const daily = await api.getKey(hash);
      expect(daily).toMatchObject({ limit_remaining: 9, limit_used: 1 });
      const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString();
      expect(daily.limit_resets_at).toBe(midnight);
      await api.patch(`/api/v1/keys/${hash}`, { limit_reset: null });
      expect(await api.getKey(hash)).toMatchObject({ limit_remaining: 7, limit_used: 3, limit_resets_at: null });
      await api.patch(`/api/v1/keys/${hash}`, { limit_reset: 'monthly', limit: 5 });
      expect(await api.getKey(hash)).toMatchObject({ limit_remaining: 4, limit_used: 1 });
    }).toPass({ timeout: 20_000 });
  });

  test('the last use of a key is the time of its latest event, not of the latest to arrive', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    const late = ago(60 * MINUTE);
    await api.record({ key: secret, occurred_at: late });
    await api.record({ key: secret, occurred_at: ago(3 * DAY) });
    expect((await api.getKey(hash)).last_used_at).toBe(late);
  });
});

test.describe('pricing', () => {
  test('a model is priced by its tokens, those of the cache at their own prices', async ({ api }) => {
    const { id } = await api.createWorkspace();
    const { secret, hash } = await api.createKey({ workspace_id: id });
    const model = `model-${randomUUID()}`;
    const usd_per_million = { input: 3, output: '15', cache_read: 0.3, cache_write: 3.75 };
    await api.createPrice({ model, provider: 'acme', usd_per_million, workspace_id: id });
    const tokens = {
      prompt_tokens: 1000,
      cached_prompt_tokens: 600,
      cache_creation_tokens: 100,
      completion_tokens: 10,
    };
    const expected = { status: 'recorded', priced_by: 'model', cost_usd: 0.001605 };
    for (const name of [{ model: `acme/${model}` }, { model, provider: 'acme' }, { model }]) {
      expect(await recordOne(api, { key: secret, ...name, ...tokens })).toMatchObject(expected);
    }
    expect((await api.getKey(hash)).usage).toBe(0.004815);
  });

  test('half a nano-dollar is rounded up, once for each event', async ({ api }) => {
    const { secret } = await api.createKey();
    const model = `model-${randomUUID()}`;
    await api.createPrice({ model, usd_per_million: { input: '0.0005', output: 0 } });
    const costs = (await api.record(...[1, 2, 3].map((prompt_tokens) => ({ key: secret, model, prompt_tokens }))))
      .results;
    expect(costs.map((result) => result.cost_usd)).toEqual([0.000000001, 0.000000001, 0.000000002]);
  });

  test('units are priced by their name', async ({ api }) => {
    const { secret } = await api.createKey();
    const usage_name = `name-${randomUUID()}`;
    await api.createPrice({ usage_name, usd_per_unit: '0.000000003' });
    expect(await recordOne(api, { key: secret, usage: '7', usage_name })).toMatchObject({
      priced_by: 'usage_name',
      cost_usd: 0.000000021,
    });
  });

  test('a cost too large by its price is rejected', async ({ api }) => {
    const { secret } = await createKeyOfItsOwn(api);
    const usage_name = `name-${randomUUID()}`;
    await api.createPrice({ usage_name, usd_per_unit: 1 });
    expect(await recordOne(api, { key: secret, usage: '9223372036854775807', usage_name })).toMatchObject({
      status: 'rejected',
    });
    expect(await recordOne(api, { key: secret, usage: '1000000000', usage_name })).toMatchObject({
      status: 'recorded',
      cost_usd: 1_000_000_000,
    });
  });

  test('what the caller says it cost wins over the price book', async ({ api }) => {
    const { secret } = await api.createKey();
    const usage_name = `name-${randomUUID()}`;
    await api.createPrice({ usage_name, usd_per_unit: 1 });
    expect(await recordOne(api, { key: secret, usage: '7', usage_name, cost_usd: 0 })).toMatchObject({
      priced_by: 'caller',
      cost_usd: 0,
    });
  });

  test('what has no price costs 0 and is marked unpriced', async ({ api }) => {
    const { secret } = await api.createKey();
    const unknown = { key: secret, model: `model-${randomUUID()}`, prompt_tokens: 1000 };
    expect(await recordOne(api, unknown)).toMatchObject({ status: 'recorded', priced_by: 'unpriced', cost_usd: 0 });
    expect(await recordOne(api, { key: secret })).toMatchObject({ priced_by: 'unpriced', cost_usd: 0 });
  });

  test('a price holds from its date until the next of the same name', async ({ api }) => {
    const { secret } = await api.createKey();
    const usage_name = `name-${randomUUID()}`;
    await api.createPrice({ usage_name, usd_per_unit: 1, valid_from: ago(20 * DAY) });
    await api.createPrice({ usage_name, usd_per_unit: 2, valid_from: ago(10 * DAY) });
    const events = [30, 15, 5].map((days) => ({ key: secret, usage: '1', usage_name, occurred_at: ago(days * DAY) }));
    expect((await api.record(...events)).results.map((result) => result.cost_usd)).toEqual([0, 1, 2]);
  });

  test('a workspace’s own price is for its own keys alone, and comes before the account’s', async ({ api }) => {
    const [own, other] = [await api.createWorkspace(), await api.createWorkspace()];
    const usage_name = `name-${randomUUID()}`;
    await api.createPrice({ usage_name, usd_per_unit: 1 });
    await api.createPrice({ usage_name, usd_per_unit: 5, workspace_id: own.id });
    const cost = async (workspace_id: string) => {
      const { secret } = await api.createKey({ workspace_id });
      return (await recordOne(api, { key: secret, usage: '1', usage_name }))?.cost_usd;
    };
    expect(await cost(own.id)).toBe(5);
    expect(await cost(other.id)).toBe(1);
  });

  test('public list prices are in the book from the first start', async ({ api }) => {
    const { secret } = await api.createKey();
    const result = await recordOne(api, { key: secret, model: 'openai/gpt-4o', prompt_tokens: 1_000_000 });
    expect(result).toMatchObject({ priced_by: 'model', status: 'recorded' });
    expect(result?.cost_usd).toBeGreaterThan(0);
  });
});

test.describe('400', () => {
  for (const [what, body] of [
    ['no body', undefined],
    ['no JSON', '{"events":['],
    ['a list', []],
    ['no events', {}],
    ['an empty list of events', { events: [] }],
    ['events that are no list', { events: { key: 'k' } }],
  ] as const) {
    test(what, async ({ api }) => {
      const answer = await api.post(PATH, body);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({ error: { code: 400, message: expect.any(String) } });
    });
  }

  test('1,001 events, none of which is recorded', async ({ api }) => {
    const { secret, hash } = await api.createKey();
    const answer = await api.post(PATH, { events: Array.from({ length: 1001 }, () => ({ key: secret, cost_usd: 1 })) });
    expect(answer.status).toBe(400);
    expect((await api.getKey(hash)).usage).toBe(0);
  });
});

test('401: without a bearer and with an unknown one', async ({ api }) => {
  const { secret, hash } = await api.createKey();
  for (const bearer of [null, 'kl_mgmt_unknown', createHash('sha256').update('x').digest('hex')]) {
    const answer = await api.as(bearer).post(PATH, { events: [{ key: secret, cost_usd: 1 }] });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.body).toEqual({ error: { code: 401, message: expect.any(String) } });
  }
  expect((await api.getKey(hash)).usage).toBe(0);
});

test('403: a management key without usage:write, and a key’s own secret', async ({ api }) => {
  const { secret, hash } = await api.createKey();
  const reader = await api.createManagementKey(null, ['keys:read', 'usage:read']);
  for (const bearer of [reader.secret, secret]) {
    const answer = await api.as(bearer).post(PATH, { events: [{ key: secret, cost_usd: 1 }] });
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({ error: { code: 403, message: expect.any(String) } });
  }
  expect((await api.getKey(hash)).usage).toBe(0);
});

test('405: any method but POST, with what is allowed', async ({ api }) => {
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await api.send(method, PATH);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(answer.body).toEqual({ error: { code: 405, message: expect.any(String) } });
  }
});

test('413: a body over 1 MiB, of which nothing is recorded', async ({ api }) => {
  const { secret, hash } = await api.createKey();
  const events = [{ key: secret, cost_usd: 1 }];
  const answer = await api.post(PATH, { events, padding: 'x'.repeat(1_048_576) });
  expect(answer.status).toBe(413);
  expect(answer.body).toEqual({ error: { code: 413, message: expect.any(String) } });
  expect((await api.getKey(hash)).usage).toBe(0);
  const fits = JSON.stringify({ events, padding: '' });
  const full = await api.post(PATH, JSON.stringify({ events, padding: 'x'.repeat(1_048_576 - fits.length) }));
  expect(full.status).toBe(200);
});

test('the books balance after all that was recorded, refused and repeated', async ({ api }) => {
  const { secret } = await api.createKey();
  await api.record({ key: secret, cost_usd: 1, status: 500 });
  expect((await api.get('/api/v1/reconciliation')).body).toMatchObject({ data: { balanced: true, differences: [] } });
});
