import fs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPglite } from './pglite';
import { maintainOneTable } from './pglite-maintenance';

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
