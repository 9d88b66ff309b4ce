import { isDeepStrictEqual } from 'node:util';
import { expect } from '@playwright/test';
import type { Api } from '../fixtures/api';
import { corpusOf, corpusOfNext, OPEN_HOLDS } from '../fixtures/corpus';
import { type Exchange, exchange } from '../fixtures/exchange';
import { apisOf, withHosts } from '../fixtures/host';
import { makeTenant, maskTenant, type Tenant } from '../fixtures/tenant';
import { test } from '../fixtures/test';
import { readBooks } from '../proofs/expected-books';

/** Headers of the connection and of the coding on the way. */
const TRANSPORT_HEADERS = [
  'connection',
  'date',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
];
/** Headers that Next puts on all that it sends, for browsers. */
const PAGE_HEADERS = [
  'content-security-policy',
  'referrer-policy',
  'vary',
  'x-content-type-options',
  'x-frame-options',
];
const OTHER_HEADERS = new Set([...TRANSPORT_HEADERS, ...PAGE_HEADERS]);

function describe({ status, headers, body }: Exchange, tenant: Tenant) {
  const told = [...headers].filter(([name]) => !OTHER_HEADERS.has(name)).sort();
  return {
    status,
    headers: told.map(([name, value]) => `${name}: ${maskTenant(value, tenant)}`),
    body: maskTenant(body.toString('latin1'), tenant),
  };
}

/** Plain Next on the database of the product, as another host of the same routes. */
const withNext = test.extend<{ next: Api }>({
  next: async ({ product }, use) => {
    await withHosts(product, ['next'], async (others) => {
      for (const next of apisOf(product, others).slice(1)) await use(next);
    });
  },
});

withNext('the fast lane and Next’s route handlers answer every request alike', async ({ product, api, next }) => {
  withNext.setTimeout(240_000);
  const [one, other] = [await makeTenant(api, OPEN_HOLDS), await makeTenant(api, OPEN_HOLDS)];
  const [corpus, same] = [corpusOf(one), corpusOf(other)];
  expect(corpus.length).toBeGreaterThan(500);
  expect(same.map(({ name }) => name.length)).toEqual(corpus.map(({ name }) => name.length));
  const differences: unknown[] = [];
  const statuses = new Set<number>();
  for (const [index, { name, bytes }] of corpus.entries()) {
    const fast = describe(await exchange(product.baseUrl, bytes), one);
    const slow = describe(await exchange(next.baseUrl, same[index]?.bytes ?? Buffer.of()), other);
    if (!isDeepStrictEqual(fast, slow)) differences.push({ name, fast, slow });
    statuses.add(fast.status);
  }
  expect(differences).toEqual([]);
  expect([...statuses].sort()).toEqual([200, 201, 400, 401, 402, 403, 404, 405, 409, 413]);
  const [books, otherBooks] = [await readBooks(one.api), await readBooks(other.api)];
  expect(books).toMatchObject({ balanced: true, events: otherBooks.events, spend_usd: otherBooks.spend_usd });
});

withNext('what Next’s own router answers before the routes has no effect', async ({ api, next }) => {
  const tenant = await makeTenant(api, OPEN_HOLDS);
  const before = await readBooks(tenant.api);
  const { held } = await api.getKey(tenant.keys.active.hash);
  for (const { name, bytes } of corpusOfNext(tenant)) {
    const { status } = await exchange(next.baseUrl, bytes);
    expect(status, name).toBeGreaterThanOrEqual(300);
  }
  expect(await readBooks(tenant.api)).toMatchObject({ events: before.events, spend_usd: before.spend_usd });
  expect((await api.getKey(tenant.keys.active.hash)).held).toBe(held);
});
