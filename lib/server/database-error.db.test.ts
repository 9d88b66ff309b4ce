import { afterEach, beforeEach, expect, it } from 'vitest';
import { isDatabaseUnavailable } from './database-error';
import { closeDatabase, configureDatabase, inTransaction, prisma, queryRows } from './db';
import { migrate } from './migrate';
import { createTestDatabase } from './testing/create-test-database';
import type { TestDatabase } from './testing/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await migrate(database.connection);
  await closeDatabase();
  configureDatabase(database.connection);
});
afterEach(closeDatabase);

const askAllWays = () =>
  Promise.all(
    [
      queryRows('SELECT 1', []),
      prisma().workspace.count(),
      prisma().$queryRaw`SELECT 1`,
      inTransaction((tx) => tx.workspace.count()),
    ].map((answer) => answer.then(() => 'answered', isDatabaseUnavailable)),
  );

it('calls it an outage when the database goes away, asked in any way, at once and later', async () => {
  expect(await askAllWays()).toEqual(['answered', 'answered', 'answered', 'answered']);
  const running = inTransaction(async (tx) => {
    await tx.workspace.count();
    await database.drop();
    await tx.workspace.count();
  });
  expect(await running.then(() => 'answered', isDatabaseUnavailable)).toBe(true);
  // A pool hands out a connection that has just broken until it notices, and new ones find no database.
  for (let round = 0; round < 3; round += 1) expect(await askAllWays()).toEqual([true, true, true, true]);
});

it('does not call a missing file an outage of the database', () => {
  const missing = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' });
  expect(isDatabaseUnavailable(missing)).toBe(false);
});
