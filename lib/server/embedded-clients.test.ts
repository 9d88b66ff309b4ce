import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { clientConfig } from './connection';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { createEmbeddedTemplate } from './testing/embedded-template';

let postgres: EmbeddedPostgres;
let end: () => Promise<void>;
const pools = new Set<pg.Pool>();

beforeAll(async () => {
  const template = await createEmbeddedTemplate();
  const dataDirectory = template.copy();
  postgres = await startEmbeddedPostgres({ dataDirectory, connectionsMax: 30 });
  end = async () => {
    await postgres.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
    template.remove();
  };
});
afterAll(() => end());

afterEach(async () => {
  await Promise.all([...pools].map((pool) => pool.end()));
  pools.clear();
});

/** Clients of one test. They are gone after it, and so is the table `item`. */
async function connect({ max = 10, isTableWanted = false } = {}): Promise<pg.Pool> {
  const pool = new pg.Pool({ ...clientConfig(postgres.connection), max });
  pool.on('error', () => {});
  pools.add(pool);
  if (isTableWanted) await pool.query('DROP TABLE IF EXISTS item; CREATE TABLE item (id int)');
  return pool;
}

it('rolls back the transaction of a client that vanishes, so that others go on', async () => {
  const pool = await connect({ isTableWanted: true });
  const vanishing = new pg.Client(clientConfig(postgres.connection));
  vanishing.on('error', () => {});
  await vanishing.connect();
  await vanishing.query('BEGIN; INSERT INTO item VALUES (1)');
  vanishing.connection.stream.destroy();
  expect((await pool.query('SELECT count(*)::int AS count FROM item')).rows).toEqual([{ count: 0 }]);
});

it('lets nobody into the transaction of another', async () => {
  const pool = await connect({ isTableWanted: true });
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('INSERT INTO item VALUES (1)');
  const outsider = pool.query('SELECT count(*)::int AS count FROM item');
  await sleep(50);
  await client.query('ROLLBACK');
  client.release();
  expect((await outsider).rows).toEqual([{ count: 0 }]);
});

it('keeps statements of one name apart, and forgets them with their client', async () => {
  const pool = await connect();
  const clients = await Promise.all([pool.connect(), pool.connect()]);
  const answers = await Promise.all(
    clients.map((client, index) => client.query({ name: 'same', text: `SELECT ${index} AS value`, values: [] })),
  );
  expect(answers.map((answer) => answer.rows)).toEqual([[{ value: 0 }], [{ value: 1 }]]);
  for (const client of clients) client.release(true);
  await sleep(100);
  expect((await pool.query('SELECT count(*)::int AS count FROM pg_prepared_statements')).rows).toEqual([{ count: 0 }]);
});

it('goes on after errors amid a group of messages', async () => {
  const pool = await connect({ max: 1 });
  await expect(pool.query('SELECT $1::int / $2::int', [1, 0])).rejects.toMatchObject({ code: '22012' });
  await expect(pool.query('SELECT nothing', [])).rejects.toMatchObject({ code: '42703' });
  expect((await pool.query('SELECT $1::int AS value', [2])).rows).toEqual([{ value: 2 }]);
});

it('refuses COPY FROM STDIN, which would hang, and goes on', async () => {
  const pool = await connect({ isTableWanted: true });
  await expect(pool.query('COPY item FROM STDIN')).rejects.toMatchObject({ code: '0A000' });
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
