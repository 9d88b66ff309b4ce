import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
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

const preparedCount = 'SELECT count(*)::int AS count FROM pg_prepared_statements';

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
  await vi.waitFor(async () => expect((await pool.query(preparedCount)).rows).toEqual([{ count: 0 }]));
});

it('prepares a text once for all clients, as long as one of them is there', async () => {
  const pool = await connect();
  const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
  const ask = (index: number, value: number) =>
    clients[index]?.query({ name: `name-${index}`, text: 'SELECT $1::int AS value', values: [value] });
  expect((await Promise.all([0, 1, 2].map((index) => ask(index, index)))).map((answer) => answer?.rows)).toEqual([
    [{ value: 0 }],
    [{ value: 1 }],
    [{ value: 2 }],
  ]);
  expect((await pool.query(preparedCount)).rows).toEqual([{ count: 1 }]);
  // The one that prepared it leaves: it stays for the others.
  clients[0]?.release(true);
  await clients[1]?.query('SELECT 1');
  expect((await ask(1, 4))?.rows).toEqual([{ value: 4 }]);
  expect((await ask(2, 5))?.rows).toEqual([{ value: 5 }]);
  for (const client of clients.slice(1)) client.release(true);
  await vi.waitFor(async () => expect((await pool.query(preparedCount)).rows).toEqual([{ count: 0 }]));
});

it('prepares a text again that failed, and answers within a failed transaction as PostgreSQL does', async () => {
  const pool = await connect({ max: 2, isTableWanted: true });
  const [one, two] = await Promise.all([pool.connect(), pool.connect()]);
  const statement = { name: 'item', text: 'SELECT later FROM item WHERE id = $1', values: [1] };
  await expect(one.query({ ...statement })).rejects.toMatchObject({ code: '42703' });
  await two.query('ALTER TABLE item ADD COLUMN later int');
  expect((await one.query({ ...statement })).rows).toEqual([]);
  await two.query('BEGIN');
  await expect(two.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
  await expect(two.query({ ...statement })).rejects.toMatchObject({ code: '25P02' });
  await two.query('ROLLBACK');
  expect((await two.query({ ...statement })).rows).toEqual([]);
  for (const client of [one, two]) client.release();
});

it('keeps for others what one closes, and for itself what one prepares amid a group', async () => {
  const pool = await connect();
  const [closing, keeping] = await Promise.all([pool.connect(), pool.connect()]);
  const shared = { name: 'shared', text: 'SELECT $1::int AS value', values: [1] };
  await closing.query({ ...shared });
  await keeping.query({ ...shared });
  const answered: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const submitted = {
      submit: (connection: pg.Connection) => {
        for (const event of ['parseComplete', 'closeComplete', 'bindComplete', 'commandComplete'])
          connection.on(event, () => answered.push(event));
        connection.close({ type: 'S', name: 'shared' }, true);
        connection.parse({ name: 'shared', text: 'SELECT 2', types: [] }, true);
        connection.parse({ name: 'second', text: 'SELECT 3', types: [] }, true);
        connection.bind({ statement: 'second' }, true);
        connection.execute({}, true);
        connection.sync();
      },
      handleDataRow: () => {},
      handleCommandComplete: () => {},
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    };
    closing.query(submitted);
  });
  expect(answered).toEqual(['closeComplete', 'parseComplete', 'parseComplete', 'bindComplete', 'commandComplete']);
  expect((await keeping.query({ ...shared, values: [4] })).rows).toEqual([{ value: 4 }]);
  expect((await pool.query(preparedCount)).rows).toEqual([{ count: 3 }]);
  for (const client of [closing, keeping]) client.release(true);
  await vi.waitFor(async () => expect((await pool.query(preparedCount)).rows).toEqual([{ count: 0 }]));
});

it('refuses to drop the statements of all clients', async () => {
  const pool = await connect();
  await expect(pool.query('DISCARD ALL')).rejects.toMatchObject({ code: '0A000' });
  await expect(pool.query('deallocate all')).rejects.toMatchObject({ code: '0A000' });
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
