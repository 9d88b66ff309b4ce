import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PgliteServer } from './pglite-server';

let directory: string;
let database: PGlite;
let server: PgliteServer;
const failures: unknown[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'keyledger-socket-'));
  database = await PGlite.create();
  server = new PgliteServer({
    database,
    socketPath: join(directory, '.s.PGSQL.5432'),
    connectionsMax: 10,
    idleInTransactionMsMax: 100,
    onFatal: (error) => failures.push(error),
  });
  await server.start();
});
afterAll(async () => {
  await server.stop();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ host: directory, port: 5432, user: 'postgres', database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  return client;
}

it('ends a client that leaves a transaction open, so that the others are not blocked for good', async () => {
  const [forgetful, other] = await Promise.all([connect(), connect()]);
  await forgetful.query('BEGIN');
  await forgetful.query('CREATE TABLE forgotten (id int)');
  const { rows } = await other.query(`SELECT to_regclass('forgotten') AS forgotten`);
  expect(rows).toEqual([{ forgotten: null }]);
  await expect(forgetful.query('SELECT 1')).rejects.toThrow();
  await other.end();
});

it('gives the server its own turns, and never within the transaction of a client', async () => {
  const client = await connect();
  await client.query('CREATE TABLE item (id int)');
  await client.query('BEGIN');
  await client.query('INSERT INTO item VALUES (1)');
  let seen: unknown[] | null = null;
  const own = server.run(async () => {
    seen = (await database.query('SELECT id FROM item')).rows;
  });
  await client.query('INSERT INTO item VALUES (2)');
  expect(seen).toBeNull();
  await client.query('COMMIT');
  await own;
  expect(seen).toEqual([{ id: 1 }, { id: 2 }]);
  await client.end();
});

it('passes the failure of its own work to who asked for it, and goes on', async () => {
  await expect(server.run(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  const client = await connect();
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await client.end();
  expect(failures).toEqual([]);
});
