import { expect } from '@playwright/test';
import type { Api } from '../fixtures/api';
import { findEnvelopeFault } from '../fixtures/envelopes';
import { endpoints, requestsOf, type Subject } from '../fixtures/route-requests';
import { test } from '../fixtures/test';

const NOBODY: Subject = {
  workspaces: ['default'],
  keyHash: '0'.repeat(64),
  keySecret: 'kl_live_nobody',
  managementKeyId: '00000000-0000-4000-8000-000000000000',
  exportId: '00000000-0000-4000-8000-000000000000',
  holdId: '00000000-0000-4000-8000-000000000000',
  userId: '00000000-0000-4000-8000-000000000000',
};

const guarded = endpoints.filter(({ audience }) => audience.kind !== 'public');
/** Long enough that every key is made before the first of them expires. */
const EXPIRY_MILLISECONDS = 8_000;

interface MadeKey {
  readonly hash: string;
  readonly secret: string;
}

/** Whether a key is taken where any key is. */
async function isTaken(api: Api, secret: string): Promise<boolean> {
  return (await api.as(secret).get('/api/v1/key')).status === 200;
}

/** Sends one request of every route with a bearer of its own, each made bad just before; all must be refused. */
async function expectRefusedEverywhere(api: Api, makeBad: () => Promise<string>): Promise<void> {
  for (const endpoint of guarded) {
    const [request] = requestsOf(endpoint, NOBODY);
    const bearer = await makeBad();
    const answer = await api.as(bearer).send(endpoint.method, request?.path ?? endpoint.path, request?.body);
    expect(answer.status, `${endpoint.method} ${endpoint.path}: ${answer.text}`).toBe(401);
    expect(findEnvelopeFault(endpoint.contract, answer)).toBeNull();
  }
}

/** How a key’s secret stops working: the secret that is refused afterwards. */
const ends: Readonly<Record<string, (api: Api, key: MadeKey) => Promise<unknown>>> = {
  disabled: (api, { hash }) => api.patch(`/api/v1/keys/${hash}`, { disabled: true }),
  deleted: (api, { hash }) => api.delete(`/api/v1/keys/${hash}`),
  'rotated out': (api, { hash }) => api.post(`/api/v1/keys/${hash}/rotate`, { grace_seconds: 0 }),
};

test.describe('the very next request', () => {
  for (const [word, end] of Object.entries(ends)) {
    test(`refuses a key that was ${word}, on every route that takes a bearer`, async ({ api }) => {
      await expectRefusedEverywhere(api, async () => {
        const key = await api.createKey();
        expect(await isTaken(api, key.secret)).toBe(true);
        await end(api, key);
        return key.secret;
      });
    });

    test(`refuses a key that was ${word}, on every route that judges a key in its body`, async ({ api }) => {
      const judge: readonly ((key: MadeKey) => Promise<void>)[] = [
        async ({ secret }) => {
          const answer = await api.post('/api/v1/api-key/verify', { key: secret, requestedScopes: [] });
          const status = { disabled: 'DISABLED', deleted: 'DELETED', 'rotated out': 'EXPIRED' }[word];
          expect(answer.body).toMatchObject({ status });
        },
        async ({ secret }) => {
          const answer = await api.post('/api/v1/api-key/record-usage', { key: secret, usage: '1' });
          expect(answer.status).toBe(403);
        },
        async ({ secret }) => {
          expect((await api.record({ key: secret, cost_usd: 1 })).results[0]).toMatchObject({ status: 'rejected' });
        },
      ];
      for (const expectRefusal of judge) {
        const key = await api.createKey();
        await api.record({ key: key.secret, cost_usd: 1 });
        await end(api, key);
        await expectRefusal(key);
        if (word !== 'deleted') expect((await api.getKey(key.hash)).usage).toBe(1);
      }
    });
  }

  test('refuses a key that expired, on every route', async ({ api }) => {
    const expiresAt = new Date(Date.now() + EXPIRY_MILLISECONDS);
    const keys: MadeKey[] = [];
    for (const _ of guarded) keys.push(await api.createKey({ expires_at: expiresAt.toISOString() }));
    const [first] = keys;
    const patience = { intervals: [50], timeout: 2 * EXPIRY_MILLISECONDS };
    await expect.poll(() => isTaken(api, first?.secret ?? ''), patience).toBe(false);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
    await expectRefusedEverywhere(api, async () => keys.pop()?.secret ?? '');
    const { secret } = first ?? { secret: '' };
    expect((await api.post('/api/v1/api-key/record-usage', { key: secret, usage: '1' })).status).toBe(403);
    expect((await api.record({ key: secret })).results[0]).toMatchObject({ status: 'rejected' });
  });

  test('refuses a management key that was deleted, on every route', async ({ api }) => {
    await expectRefusedEverywhere(api, async () => {
      const { id, secret } = await api.createManagementKey(null);
      expect(await isTaken(api, secret)).toBe(true);
      expect((await api.delete(`/api/v1/management-keys/${id}`)).body).toEqual({ deleted: true });
      return secret;
    });
  });

  test('refuses a management key that expired, on every route', async ({ api }) => {
    const { secret } = await api.createManagementKey(null, undefined, new Date(Date.now() + 1_500));
    expect(await isTaken(api, secret)).toBe(true);
    await expect.poll(() => isTaken(api, secret), { intervals: [50] }).toBe(false);
    await expectRefusedEverywhere(api, async () => secret);
  });

  test('refuses the management keys of a workspace that was deleted', async ({ api }) => {
    const { id } = await api.createWorkspace();
    const { secret } = await api.createManagementKey(id);
    expect(await isTaken(api, secret)).toBe(true);
    expect((await api.delete(`/api/v1/workspaces/${id}`)).status).toBe(200);
    expect(await isTaken(api, secret)).toBe(false);
  });
});

test.describe('rotation', () => {
  test('keeps the old secret for the grace that was asked for, and two secrets at most', async ({ api }) => {
    const { hash, secret: first } = await api.createKey();
    const rotate = async (grace_seconds: number) => {
      const { body } = await api.post(`/api/v1/keys/${hash}/rotate`, { grace_seconds });
      expect(body).toMatchObject({ data: { hash } });
      return /"key":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
    };
    const second = await rotate(3_600);
    expect([await isTaken(api, first), await isTaken(api, second)]).toEqual([true, true]);
    await api.record({ key: first, cost_usd: 1 }, { key: second, cost_usd: 2 });
    const third = await rotate(3_600);
    expect([await isTaken(api, first), await isTaken(api, second), await isTaken(api, third)]).toEqual([
      false,
      true,
      true,
    ]);
    const fourth = await rotate(0);
    expect([await isTaken(api, third), await isTaken(api, fourth)]).toEqual([false, true]);
    expect(await api.getKey(hash)).toMatchObject({ hash, usage: 3 });
  });

  test('lets the old secret go when a short grace ends', async ({ api }) => {
    const { hash, secret } = await api.createKey();
    await api.post(`/api/v1/keys/${hash}/rotate`, { grace_seconds: 1 });
    await expect.poll(() => isTaken(api, secret), { intervals: [50] }).toBe(false);
  });
});

test('a key that is enabled again is taken by the very next request', async ({ api }) => {
  const { hash, secret } = await api.createKey();
  await api.patch(`/api/v1/keys/${hash}`, { disabled: true });
  expect(await isTaken(api, secret)).toBe(false);
  await api.patch(`/api/v1/keys/${hash}`, { disabled: false });
  expect(await isTaken(api, secret)).toBe(true);
});
