import { expect, test } from '@playwright/test';
import type { Api } from '../fixtures/api';
import { apisOf, withHosts } from '../fixtures/host';
import { startPgBouncer } from '../fixtures/pgbouncer';
import { startProduct } from '../fixtures/product';
import { readBooks } from '../proofs/expected-books';
import { proveTwoProcesses } from '../proofs/two-processes';

/** What an owner and a service do from the first key to the proof of the books. */
async function walkThrough(api: Api): Promise<void> {
  const workspace = await api.createWorkspace();
  const bound = api.as((await api.createManagementKey(workspace.id)).secret);
  const { secret, hash } = await bound.createKey({ limit: 10, limit_reset: 'monthly' });
  const events = Array.from({ length: 100 }, (_, index) => ({
    key: secret,
    cost_usd: 0.01,
    endpoint: `GET /${index}`,
  }));
  expect(await bound.record(...events)).toMatchObject({ recorded: 100 });
  const [settled, released] = [await bound.createHold(hash, 1), await bound.createHold(hash, 1)];
  expect((await bound.post(`/api/v1/holds/${settled}/settle`, { cost_usd: 0.5 })).status).toBe(200);
  expect((await bound.delete(`/api/v1/holds/${released}`)).status).toBe(200);
  const verdict = await bound.post('/api/v1/api-key/verify', { key: secret, requestedScopes: [] });
  expect(verdict.body).toMatchObject({ status: 'VALID' });
  expect(await bound.getKey(hash)).toMatchObject({ usage: 1.5, held: 0, limit_remaining: 8.5 });
  expect(await readBooks(bound)).toMatchObject({ balanced: true, events: 101, spend_usd: 1.5 });
}

for (const [name, environment] of [
  ['as the product is by default', {}],
  ['without prepared statements', { DATABASE_PREPARED_STATEMENTS: 'false' }],
] as const) {
  test(`behind PgBouncer in transaction mode no request of three processes fails, ${name}`, async () => {
    test.setTimeout(240_000);
    const product = await startProduct({ database: 'server', pooler: startPgBouncer, environment });
    try {
      await withHosts(product, ['server', 'next'], async (others) => {
        const hosts = apisOf(product, others);
        for (const host of hosts) await walkThrough(host);
        const seed = String(Date.now());
        await proveTwoProcesses(product, hosts, { rounds: 1, seconds: 4, writers: 24, seed, report: () => {} });
      });
    } finally {
      await product.dispose();
    }
  });
}
