import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { answerReadiness } from '../../entry/health';
import { createHold } from '../../holds/commands/create-hold';
import { closeDatabase, configureDatabase, queryRows } from '../../server/db';
import { migrate } from '../../server/migrate';
import { migrationsDirectory } from '../../server/migration-history';
import { createTestDatabase } from '../../server/testing/create-test-database';
import type { TestDatabase } from '../../server/testing/test-database';
import { createTestWorkspace, type TestWorkspace } from '../../testing/workspace';
import { recordUsage } from './record-usage';

const NOW = new Date('2026-11-22T10:00:00.000Z');
let database: TestDatabase;
let directory: string;
let workspace: TestWorkspace;
let call: Call;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.connection);
  configureDatabase(database.connection);
  directory = mkdtempSync(join(tmpdir(), 'keyledger-migrations-'));
  cpSync(migrationsDirectory(), directory, { recursive: true });
  workspace = await createTestWorkspace();
  call = workspace.callAt(NOW);
});

afterAll(async () => {
  await closeDatabase();
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

async function countOf(table: string): Promise<bigint | undefined> {
  return (await queryRows<{ rows: bigint }>(`SELECT COUNT(*) AS rows FROM ${table}`, []))[0]?.rows;
}

it('a version that is older than the schema records nothing after the migration, and all before it is in its sums', async () => {
  const key = await workspace.createKey({ name: 'busy' });
  const held = await createHold(call, { key: key.secret, amount_usd: 1_000_000_000n, ttl_seconds: 3600 });
  const recordOne = (more: object = {}) =>
    recordUsage(call, [{ key: key.secret, cost_usd: 1, idempotency_key: randomUUID(), ...more }]);
  expect(await recordOne()).toMatchObject([{ status: 'recorded' }]);

  // Later than what is known, whatever its name: branches are merged in any order.
  const name = '20260101000000_sum_of_a_later_version';
  mkdirSync(join(directory, name));
  writeFileSync(
    join(directory, name, 'migration.sql'),
    'CREATE TABLE later_sums AS SELECT COUNT(*) AS events FROM usage_events; SELECT pg_sleep(0.3);',
  );
  let recorded = 1n;
  let isOver = false;
  const failures: unknown[] = [];
  const writers = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      try {
        const [result] = await recordOne();
        if (result?.status === 'recorded') recorded += 1n;
      } catch (error) {
        failures.push(error);
        return;
      }
    }
  });
  const { applied } = await migrate(database.connection, directory);
  const giveUp = setTimeout(() => {
    isOver = true;
  }, 5_000);
  await Promise.all(writers);
  clearTimeout(giveUp);

  expect(applied).toEqual([name]);
  // Each writer was told, as what it is: a wait, after which the event may be sent again.
  expect(failures).toHaveLength(4);
  for (const failure of failures) {
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: 'unavailable', message: expect.stringContaining('Nothing was recorded') });
  }
  expect(recorded).toBeGreaterThan(1n);
  expect(await countOf('usage_events')).toBe(recorded);
  expect(await queryRows('SELECT events FROM later_sums', [])).toEqual([{ events: recorded }]);
  expect(await countOf('idempotency_claims')).toBe(recorded);

  // The longer way, by which holds are settled, leaves nothing behind either.
  await expect(recordOne({ hold_id: held.id })).rejects.toMatchObject({ code: 'unavailable' });
  expect(await countOf(`holds WHERE state = 'open'`)).toBe(1n);
  expect(await countOf('idempotency_claims')).toBe(recorded);

  const readiness = await answerReadiness();
  expect(readiness.status).toBe(503);
  expect(await readiness.json()).toMatchObject({ status: 'another version of the database' });

  // The version that knows the schema goes on.
  await queryRows('DELETE FROM _prisma_migrations WHERE migration_name = $1', [name]);
  expect(await recordOne({ hold_id: held.id })).toMatchObject([{ status: 'recorded' }]);
});
