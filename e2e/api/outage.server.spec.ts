import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Answer } from '../fixtures/api';
import { findEnvelopeFault } from '../fixtures/envelopes';
import { endpoints, requestsOf, type Subject } from '../fixtures/route-requests';
import { test } from '../fixtures/test';
import { readBooks } from '../proofs/expected-books';

const NOBODY: Subject = {
  workspaces: ['default'],
  keyHash: '0'.repeat(64),
  keySecret: 'kl_live_nobody',
  managementKeyId: '00000000-0000-4000-8000-000000000000',
  exportId: '00000000-0000-4000-8000-000000000000',
  holdId: '00000000-0000-4000-8000-000000000000',
  userId: '00000000-0000-4000-8000-000000000000',
};
/** What a caller waits for the news: the product's own bound on connecting is 5 s. */
const NEWS_MILLISECONDS_MAX = 7_000;

function expectRetryLater(answer: Answer, what: string): void {
  expect(answer.status, what).toBe(503);
  expect(answer.headers.get('retry-after'), what).toMatch(/^[1-9]\d*$/);
}

test.describe('a database that is gone', () => {
  test.beforeEach(({ product }) => product.databaseServer?.crash());
  test.afterEach(({ product }) => product.databaseServer?.restart());

  test('is 503 with Retry-After in the contract’s envelope, on every route that takes a bearer', async ({ api }) => {
    for (const endpoint of endpoints.filter(({ audience }) => audience.kind !== 'public')) {
      const [request] = requestsOf(endpoint, NOBODY);
      const startedAt = Date.now();
      const answer = await api.send(endpoint.method, request?.path ?? endpoint.path, request?.body);
      expectRetryLater(answer, `${endpoint.method} ${endpoint.path}: ${answer.text}`);
      expect(findEnvelopeFault(endpoint.contract, answer)).toBeNull();
      expect(Date.now() - startedAt).toBeLessThan(NEWS_MILLISECONDS_MAX);
    }
  });

  test('is alive and not ready', async ({ api }) => {
    expect((await api.get('/healthz')).status).toBe(200);
    expectRetryLater(await api.get('/readyz'), 'GET /readyz');
  });
});

test('what was sent while the database went away is sent again when it is back, and counts once', async ({
  api,
  product,
}) => {
  const workspace = await api.createWorkspace();
  const bound = api.as((await api.createManagementKey(workspace.id)).secret);
  const { secret, hash } = await api.createKey({ workspace_id: workspace.id });
  const bodies = Array.from({ length: 200 }, () => ({
    events: Array.from({ length: 20 }, () => ({ key: secret, cost_usd: '0.000000001', idempotency_key: randomUUID() })),
  }));
  const sendAll = () => Promise.all(bodies.map((body) => bound.post('/api/v1/usage-events', body)));

  const sent = sendAll();
  await product.databaseServer?.crash();
  for (const answer of await sent) if (answer.status !== 200) expectRetryLater(answer, answer.text);
  for (const answer of await sendAll()) {
    expectRetryLater(answer, answer.text);
    // The answer of a commit may be what was lost.
    expect(answer.text).toMatch(/may or may not have been done.* same idempotency_key/);
  }
  await product.databaseServer?.restart();

  const answers = await sendAll();
  expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
  expect(await readBooks(bound)).toMatchObject({ balanced: true, events: 4000, spend_usd: 0.000004 });
  expect(await api.getKey(hash)).toMatchObject({ usage: 0.000004 });
});
