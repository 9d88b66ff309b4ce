import { expect } from '@playwright/test';
import { exchange } from '../fixtures/exchange';
import { test } from '../fixtures/test';
import { readBooks } from '../proofs/expected-books';

// It never comes to the database, and takes half a minute: once is enough.
test('a body that never ends is refused in time, and its connection closed', async ({ api, product }) => {
  test.setTimeout(240_000);
  const workspace = await api.createWorkspace();
  const { secret: bearer } = await api.createManagementKey(workspace.id);
  const head = `POST /api/v1/usage-events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${bearer}\r\ncontent-length: 1000\r\n\r\n`;
  const answer = await exchange(product.baseUrl, Buffer.from(`${head}{"events":[`), 120_000);
  expect({ status: answer.status, connection: answer.headers.get('connection') }).toEqual({
    status: 400,
    connection: 'close',
  });
  expect(await readBooks(api.as(bearer))).toMatchObject({ balanced: true, events: 0 });
});
