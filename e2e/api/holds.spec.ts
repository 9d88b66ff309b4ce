import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import * as native from '../../lib/vendors/keyledger/contract';
import { type Answer, type Api, parseAnswer } from '../fixtures/api';
import { findEnvelopeFault } from '../fixtures/envelopes';
import { query } from '../fixtures/query';
import { test } from '../fixtures/test';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const hold = (api: Api, body: object) => api.post('/api/v1/holds', body);
const settle = (api: Api, id: string, body: object) => api.post(`/api/v1/holds/${id}/settle`, body);
const granted = (answer: Answer) => parseAnswer(answer, 201, native.createHold.success.schema).data;
const settled = (answer: Answer) => parseAnswer(answer, 200, native.settleHold.success.schema).data;

function expectRefused(answer: Answer, status: number, message: RegExp = /./): void {
  expect(answer.status, answer.text).toBe(status);
  expect(findEnvelopeFault('native', answer)).toBeNull();
  expect(String(JSON.parse(answer.text).error.message)).toMatch(message);
}

/** The first of next month in UTC. */
function nextMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString();
}

test.describe('a hold is created', () => {
  test('201 with its amount, its end and what is left of the limit', async ({ api }) => {
    const key = await api.createKey({ limit: 10, limit_reset: 'monthly' });
    await api.record({ key: key.secret, cost_usd: '2.000000001' });
    const before = Date.now();
    const resetsAt = nextMonth();
    const first = granted(await hold(api, { key: key.secret, amount_usd: '3.5' }));
    const after = Date.now();
    expect(first).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      key_hash: key.hash,
      amount_usd: 3.5,
      expires_at: expect.any(String),
      limit_remaining: 4.499999999,
      limit_resets_at: resetsAt,
    });
    // Five minutes, where nothing else is asked for; the product's clock is this machine's.
    expect(Date.parse(first.expires_at)).toBeGreaterThanOrEqual(before + 300_000);
    expect(Date.parse(first.expires_at)).toBeLessThanOrEqual(after + 300_000);
    expect(await api.getKey(key.hash)).toMatchObject({ held: 3.5, limit_remaining: 4.499999999 });
  });

  test('201 for a key without a limit, by its hash, from a second to a day long', async ({ api }) => {
    const { hash } = await api.createKey();
    for (const ttl_seconds of [1, 86_400]) {
      const before = Date.now();
      const one = granted(await hold(api, { key_hash: hash, amount_usd: 0.000000001, ttl_seconds }));
      expect(one).toMatchObject({ amount_usd: 0.000000001, limit_remaining: null, limit_resets_at: null });
      const lasts = Date.parse(one.expires_at) - before;
      expect(lasts).toBeGreaterThanOrEqual(ttl_seconds * 1000);
      expect(lasts).toBeLessThanOrEqual(ttl_seconds * 1000 + (Date.now() - before));
    }
  });

  test('200 with the first hold for a repeat, 409 for other content under its idempotency key', async ({ api }) => {
    const { hash } = await api.createKey({ limit: 1 });
    const asked = { key_hash: hash, amount_usd: 1, idempotency_key: randomUUID() };
    const first = granted(await hold(api, asked));
    const again = await hold(api, { ...asked, amount_usd: '1.0' });
    expect([again.status, (again.body as { data: unknown }).data]).toEqual([200, first]);
    expectRefused(await hold(api, { ...asked, amount_usd: 0.5 }), 409);
  });

  for (const [what, change, message] of [
    ['an amount of 0', { amount_usd: 0 }, /^amount_usd: must be above 0/],
    ['an amount below 0', { amount_usd: -1 }, /^amount_usd: /],
    ['an amount of ten decimals', { amount_usd: '0.0000000001' }, /^amount_usd: /],
    ['no amount', { amount_usd: undefined }, /^amount_usd: /],
    ['no time at all', { ttl_seconds: 0 }, /^ttl_seconds: /],
    ['more than a day', { ttl_seconds: 86_401 }, /^ttl_seconds: /],
    ['no key', { key_hash: undefined }, /exactly one of key and key_hash/],
    ['a key and a hash', { key: 'k' }, /exactly one of key and key_hash/],
  ] as const) {
    test(`400 for ${what}`, async ({ api }) => {
      const { hash } = await api.createKey();
      expectRefused(await hold(api, { key_hash: hash, amount_usd: 1, ...change }), 400, message);
    });
  }

  test('402 past the limit of the key or a budget, with the layer and its figures', async ({ api }) => {
    const { id } = await api.createWorkspace();
    const { secret, hash } = await api.createKey({ workspace_id: id, limit: 10, limit_reset: 'monthly' });
    await api.record({ key: secret, cost_usd: 4 });
    granted(await hold(api, { key_hash: hash, amount_usd: 3 }));
    const resets_at = nextMonth();
    const figures = { limit: 10, used: 4, held: 3, remaining: 3, resets_at };
    const byKey = await hold(api, { key_hash: hash, amount_usd: '3.000000001' });
    expectRefused(byKey, 402, /^Key limit exceeded \(monthly limit\)\. \$3 of \$10 is left\./);
    expect(JSON.parse(byKey.text).error.metadata).toEqual({ scope: 'key', interval: 'monthly', ...figures });

    await api.send('PUT', `/api/v1/workspaces/${id}/budgets/lifetime`, { limit_usd: 7.5 });
    const byBudget = await hold(api, { key_hash: hash, amount_usd: 1 });
    expectRefused(byBudget, 402, /lifetime/);
    expect(JSON.parse(byBudget.text).error.metadata).toEqual({
      ...{ scope: 'workspace', interval: 'lifetime', limit: 7.5 },
      ...{ used: 4, held: 3, remaining: 0.5, resets_at: null },
    });
  });

  test('403 for a key that is disabled, expired or deleted, and for a secret that was rotated out', async ({ api }) => {
    const [disabled, deleted, rotated] = [await api.createKey(), await api.createKey(), await api.createKey()];
    const expiresAt = Date.now() + 1_500;
    const expired = await api.createKey({ expires_at: new Date(expiresAt).toISOString() });
    await api.patch(`/api/v1/keys/${disabled.hash}`, { disabled: true });
    await api.delete(`/api/v1/keys/${deleted.hash}`);
    await api.post(`/api/v1/keys/${rotated.hash}/rotate`, { grace_seconds: 0 });
    for (const { secret } of [disabled, deleted, rotated])
      expectRefused(await hold(api, { key: secret, amount_usd: 1 }), 403);
    // Its identity stays what it was.
    granted(await hold(api, { key_hash: rotated.hash, amount_usd: 1 }));
    const statusOf = async () => (await hold(api, { key: expired.secret, amount_usd: 1 })).status;
    await expect.poll(statusOf, { intervals: [100] }).toBe(403);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
  });

  test('404 for a key that nobody knows, or that belongs to another workspace', async ({ api }) => {
    const { hash } = await api.createKey();
    const stranger = api.as((await api.createManagementKey((await api.createWorkspace()).id)).secret);
    expectRefused(await hold(api, { key: 'kl_live_nobody', amount_usd: 1 }), 404);
    expectRefused(await hold(api, { key_hash: 'f'.repeat(64), amount_usd: 1 }), 404);
    expectRefused(await hold(stranger, { key_hash: hash, amount_usd: 1 }), 404);
  });

  test('401 and 403 for callers that may not', async ({ api }) => {
    const { hash } = await api.createKey();
    const reader = api.as((await api.createManagementKey(null, ['usage:read', 'keys:read'])).secret);
    for (const [caller, status] of [
      [api.as(null), 401],
      [reader, 403],
    ] as const) {
      expectRefused(await hold(caller, { key_hash: hash, amount_usd: 1 }), status);
      expectRefused(await settle(caller, NOBODY, { cost_usd: 1 }), status);
      expectRefused(await caller.delete(`/api/v1/holds/${NOBODY}`), status);
    }
  });
});

test.describe('a hold is settled', () => {
  test('200 with what was spent, at and above its amount; a repeat is a duplicate', async ({ api }) => {
    const { hash } = await api.createKey({ limit: 10 });
    const id = await api.createHold(hash, 2);
    const event = { cost_usd: 1.25, idempotency_key: randomUUID(), model: 'm' };
    const first = settled(await settle(api, id, event));
    expect(first).toMatchObject({ status: 'recorded', cost_usd: 1.25, priced_by: 'caller', limit_remaining: 8.75 });
    expect([first.over_hold, first.late]).toEqual([undefined, undefined]);
    expect(settled(await settle(api, id, event))).toMatchObject({ status: 'duplicate', event_id: first.event_id });
    const above = settled(await settle(api, await api.createHold(hash, 1), { cost_usd: 3 }));
    expect(above).toMatchObject({ status: 'recorded', over_hold: true, limit_remaining: 5.75 });
    expect(await api.getKey(hash)).toMatchObject({ usage: 4.25, held: 0, limit_remaining: 5.75 });
  });

  test('200 and late, once it has expired', async ({ api, product }) => {
    const { hash } = await api.createKey({ limit: 10 });
    const { id } = granted(await hold(api, { key_hash: hash, amount_usd: 2, ttl_seconds: 1 }));
    // Its time passes without a wait.
    await query(product, `UPDATE holds SET expires_at = now() - interval '1 minute' WHERE id = $1::uuid`, [id]);
    expect(settled(await settle(api, id, { cost_usd: 2 }))).toMatchObject({ status: 'recorded', late: true });
    expect(await api.getKey(hash)).toMatchObject({ usage: 2, held: 0, limit_remaining: 8 });
  });

  test('400 for a bad field, and the hold stays open', async ({ api }) => {
    const { hash } = await api.createKey();
    const id = await api.createHold(hash, 2);
    for (const [event, message] of [
      [{ cost_usd: -1 }, /^cost_usd: /],
      [{ cost_usd: 1, status: 99 }, /^status: /],
      [{ cost_usd: 1, prompt_tokens: 1.5 }, /^prompt_tokens: /],
      [{ cost_usd: 1, occurred_at: '2019-01-01T00:00:00Z' }, /occurred_at/],
    ] as const) {
      expectRefused(await settle(api, id, event), 400, message);
    }
    expect(await api.getKey(hash)).toMatchObject({ usage: 0, held: 2 });
  });

  test('409 where it is closed, or the idempotency key is another event’s; 404 where it is unknown', async ({
    api,
  }) => {
    const { hash } = await api.createKey();
    const [id, other] = [await api.createHold(hash, 2), await api.createHold(hash, 1)];
    const idempotency_key = randomUUID();
    settled(await settle(api, id, { cost_usd: 1, idempotency_key }));
    expectRefused(await settle(api, id, { cost_usd: 1 }), 409);
    expectRefused(await settle(api, id, { cost_usd: 2, idempotency_key }), 409);
    expectRefused(await settle(api, other, { cost_usd: 1, idempotency_key }), 409);
    expectRefused(await api.delete(`/api/v1/holds/${id}`), 409);
    expect((await api.delete(`/api/v1/holds/${other}`)).body).toEqual({ deleted: true });
    expectRefused(await settle(api, other, { cost_usd: 1 }), 409);
    expectRefused(await api.delete(`/api/v1/holds/${other}`), 409);
    for (const unknown of [NOBODY, 'mine']) {
      expectRefused(await settle(api, unknown, { cost_usd: 1 }), 404);
      expectRefused(await api.delete(`/api/v1/holds/${unknown}`), 404);
    }
    const stranger = api.as((await api.createManagementKey((await api.createWorkspace()).id)).secret);
    const open = await api.createHold(hash, 1);
    expectRefused(await settle(stranger, open, { cost_usd: 1 }), 404);
    expectRefused(await stranger.delete(`/api/v1/holds/${open}`), 404);
    expect(await api.getKey(hash)).toMatchObject({ usage: 1, held: 1 });
  });
});
