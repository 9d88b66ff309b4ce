import fs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPglite } from './pglite';
import { maintainOneTable, startMaintenance } from './pglite-maintenance';

let directory: string;
let database: PGlite;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'keyledger-fsync-'));
  database = await openPglite(join(directory, 'postgres'));
  await database.exec('CREATE TABLE item (id int)');
});
afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

it('flushes the log to the disk by fsync at every commit, and not without one', async () => {
  const fsync = vi.spyOn(fs, 'fsyncSync');
  const countDuring = async (statement: string) => {
    fsync.mockClear();
    await database.exec(statement);
    return fsync.mock.calls.length;
  };
  expect(await countDuring('SELECT count(*) FROM item')).toBe(0);
  expect(await countDuring('BEGIN; INSERT INTO item VALUES (1); ROLLBACK')).toBe(0);
  for (let commit = 0; commit < 3; commit += 1) {
    expect(await countDuring('INSERT INTO item VALUES (1)')).toBeGreaterThanOrEqual(1);
  }
  fsync.mockRestore();
});

it('vacuums and analyses a table that has changed much, and leaves a quiet one alone', async () => {
  await database.exec('CREATE TABLE busy (id int); INSERT INTO busy SELECT generate_series(1, 1000); DELETE FROM busy');
  expect(await maintainOneTable(database)).toBe('public.busy');
  const dead = await database.query(`SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables WHERE relname = 'busy'`);
  expect(dead.rows).toEqual([{ dead: 0 }]);
  expect(await maintainOneTable(database)).toBeNull();
});

const rowsKnown = async (table: string) => {
  const { rows } = await database.query<{ rows: number }>(
    'SELECT reltuples::int AS rows FROM pg_class WHERE relname = $1',
    [table],
  );
  return rows[0]?.rows;
};

it('analyses what was inserted, passes over what rests, and leaves no setting behind', async () => {
  await database.exec('CREATE TABLE filled (id int); INSERT INTO filled SELECT generate_series(1, 5000)');
  expect(await maintainOneTable(database, ['public.filled'])).toBeNull();
  expect(await rowsKnown('filled')).toBe(-1);
  expect(await maintainOneTable(database)).toBe('public.filled');
  expect(await rowsKnown('filled')).toBe(5000);
  const target = await database.query('SHOW default_statistics_target');
  expect(target.rows).toEqual([{ default_statistics_target: '100' }]);
});

it('takes its turn where somebody always waits, and no more once it is stopped', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await database.exec('CREATE TABLE loaded (id int); INSERT INTO loaded SELECT generate_series(1, 1000)');
    const run = vi.fn(async (task: () => Promise<unknown>) => void (await task()));
    const stop = startMaintenance({ isIdle: false, run }, database);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(run).toHaveBeenCalledOnce();
    await run.mock.results[0]?.value;
    expect(await rowsKnown('loaded')).toBe(1000);
    stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(run).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});
