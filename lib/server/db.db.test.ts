import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { isDatabaseUnavailable, sqlStateOf } from './database-error';
import { inTransaction, pool, prisma, queryRows } from './db';
import { inSnapshot, inWideSnapshot, querySnapshot } from './snapshot';

const instant = new Date('2026-03-29T01:30:00.125Z');

describe('values', () => {
  it('reads 64-bit integers exactly, dates as text and instants as Date', async () => {
    const rows = await queryRows(
      `SELECT $1::int8 AS large, $2::int8[] AS several, $3::date AS day, $4::timestamptz AS instant, NULL::int8 AS nothing`,
      [9007199254740993n, [1n, -9223372036854775808n], '0001-01-01', instant],
    );
    expect(rows).toEqual([
      { large: 9007199254740993n, several: [1n, -9223372036854775808n], day: '0001-01-01', instant, nothing: null },
    ]);
  });

  it('keeps instants through Prisma, whatever time zone the server is set to', async () => {
    const slug = `zone-${randomUUID()}`;
    await prisma().workspace.create({ data: { slug, name: 'Zone', createdAt: instant } });
    const stored = await prisma().workspace.findUniqueOrThrow({ where: { slug } });
    const [row] = await queryRows<{ at: Date }>('SELECT created_at AS at FROM workspaces WHERE slug = $1', [slug]);
    expect([stored.createdAt, row?.at]).toEqual([instant, instant]);
  });

  it('keeps the parameters of concurrent statements apart, also where they span many reads', async () => {
    const large = 'x'.repeat(300_000);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 === 0
          ? pool().query('SELECT $1::int AS value', [index])
          : pool().query('SELECT split_part($1::text, $2, 1)::int AS value', [`${index}:${large}`, ':']),
      ),
    );
    expect(answers.map((answer) => answer.rows[0]?.value)).toEqual(answers.map((_, index) => index));
  });
});

describe('inTransaction', () => {
  it('keeps twenty parallel transactions apart, those that fail included', async () => {
    const prefix = randomUUID();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        inTransaction(async (tx) => {
          await tx.workspace.create({ data: { slug: `${prefix}-${index}`, name: 'First' } });
          if (index % 4 === 1) throw new Error('rolled back');
          if (index % 4 === 2) await tx.$queryRaw`SELECT 1 / ${0}::int`;
          await tx.workspace.create({ data: { slug: `${prefix}-${index}-second`, name: 'Second' } });
        }),
      ),
    );
    const expected = Array.from({ length: 20 }, (_, index) =>
      index % 4 === 1 || index % 4 === 2 ? 'rejected' : 'fulfilled',
    );
    expect(outcomes.map((outcome) => outcome.status)).toEqual(expected);
    expect(await prisma().workspace.count({ where: { slug: { startsWith: prefix } } })).toBe(20);
  });

  it('runs a transaction again that the database broke off', async () => {
    const attempts: number[] = [];
    const answer = await inTransaction(async (tx) => {
      attempts.push(attempts.length);
      if (attempts.length < 3) {
        await tx.$executeRaw`DO $body$ BEGIN RAISE EXCEPTION 'broken off' USING ERRCODE = '40001'; END $body$`;
      }
      return 'done';
    });
    expect([answer, attempts.length]).toEqual(['done', 3]);
  });

  it('gives up after four attempts', async () => {
    let attempts = 0;
    const failing = inTransaction(async (tx) => {
      attempts += 1;
      await tx.$executeRaw`DO $body$ BEGIN RAISE EXCEPTION 'broken off' USING ERRCODE = '40P01'; END $body$`;
    });
    await expect(failing).rejects.toThrow();
    expect(attempts).toBe(4);
  });

  it('rolls back what takes too long and leaves the connection fit for others', async () => {
    const slug = `slow-${randomUUID()}`;
    const slow = inTransaction(
      async (tx) => {
        await tx.workspace.create({ data: { slug, name: 'Slow' } });
        await new Promise((resolve) => setTimeout(resolve, 600));
        await tx.workspace.count();
      },
      { timeoutMilliseconds: 200 },
    );
    await expect(slow).rejects.toThrow();
    expect(await prisma().workspace.count({ where: { slug } })).toBe(0);
  });

  it('uses the isolation that was asked for', async () => {
    const rows = await inTransaction((tx) => tx.$queryRaw`SHOW transaction_isolation`, { isolation: 'Serializable' });
    expect(rows).toEqual([{ transaction_isolation: 'serializable' }]);
  });

  it.runIf(inject('databaseKind') === 'server')('runs the loser of a deadlock again', async () => {
    const slugs = [`lock-a-${randomUUID()}`, `lock-b-${randomUUID()}`];
    await prisma().workspace.createMany({ data: slugs.map((slug) => ({ slug, name: '0' })) });
    const increment = (order: string[]) =>
      inTransaction(async (tx) => {
        for (const slug of order) {
          await tx.$executeRaw`UPDATE workspaces SET name = (name::int + 1)::text WHERE slug = ${slug}`;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      });
    await Promise.all([increment(slugs), increment([...slugs].reverse())]);
    const stored = await prisma().workspace.findMany({ where: { slug: { in: slugs } }, select: { name: true } });
    expect(stored).toEqual([{ name: '2' }, { name: '2' }]);
  });
});

describe('inSnapshot', () => {
  const countWorkspaces = 'SELECT count(*)::int AS workspaces FROM workspaces';

  it('answers statements that are asked at once, all of the moment of the first', async () => {
    const answers = await inSnapshot(async (query) => {
      const [before] = await query<{ workspaces: number }>(countWorkspaces, []);
      if (inject('databaseKind') === 'server') {
        await prisma().workspace.create({ data: { slug: `snapshot-${randomUUID()}`, name: 'Later' } });
      }
      const numbers = await Promise.all(
        Array.from({ length: 30 }, (_, index) => query<{ value: number }>('SELECT $1::int AS value', [index])),
      );
      const [after] = await query<{ workspaces: number }>(countWorkspaces, []);
      return { numbers: numbers.flat().map(({ value }) => value), isSame: before?.workspaces === after?.workspaces };
    });
    expect(answers).toEqual({ numbers: Array.from({ length: 30 }, (_, index) => index), isSame: true });
  });

  it('fails with the statement that failed, lets nothing follow, and leaves the connections fit for others', async () => {
    const late: unknown[] = [];
    const fail = () =>
      inSnapshot((query) =>
        Promise.all([
          query('SELECT 1 / $1::int AS nothing', [0]),
          query('SELECT pg_sleep(0.01)', [])
            .catch(() => null)
            .then(() => prisma().workspace.count())
            .then(() => query('SELECT 1 AS one', []))
            .catch((error: unknown) => late.push(error)),
        ]),
      );
    for (const _ of Array.from({ length: 20 })) {
      expect(sqlStateOf(await fail().catch((error: unknown) => error))).toBe('22012');
    }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => inSnapshot((query) => query('SELECT $1::int AS n', [index]))),
    );
    expect(answers.flat()).toEqual(Array.from({ length: 20 }, (_, n) => ({ n })));
    await expect.poll(() => late.length).toBe(20);
    expect(late.map(String)).toEqual(Array.from({ length: 20 }, () => 'Error: The transaction is over.'));
  });

  it('reads only', async () => {
    const write = inSnapshot((query) => query("UPDATE workspaces SET name = name WHERE slug = 'default'", []));
    expect(sqlStateOf(await write.catch((error: unknown) => error))).toBe('25006');
    expect(await querySnapshot('SELECT $1::int8 AS large', [1n])).toEqual([{ large: 1n }]);
  });
});

describe('inWideSnapshot', () => {
  const isServer = inject('databaseKind') === 'server';

  it('answers two statements at once where the server has a connection to spare, both of one moment', async () => {
    const answers = await inWideSnapshot(async (query) => {
      const count = () =>
        query<{ workspaces: number; pid: number }>(
          `SELECT count(*)::int AS workspaces, pg_backend_pid() AS pid FROM workspaces, pg_sleep($1::float8)`,
          [0.05 + Math.random() / 1e6],
        );
      const first = count();
      if (isServer) await prisma().workspace.create({ data: { slug: `wide-${randomUUID()}`, name: 'Later' } });
      return (await Promise.all([first, count(), count(), count()])).flat();
    });
    expect(new Set(answers.map(({ workspaces }) => workspaces)).size).toBe(1);
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(isServer ? 2 : 1);
  });

  it('goes on with one connection where the pool has none to spare, however many do it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        inWideSnapshot(async (query) => {
          const ask = (value: number) => query<{ value: number }>('SELECT $1::int AS value', [value]);
          const early = await Promise.all([0, 1, 2, 3].map(ask));
          // Each is asked just when the one before was answered.
          const late: number[] = [];
          for (const value of [4, 5, 6]) late.push(...(await ask(value)).map((row) => row.value + index));
          return [...early.flat().map((row) => row.value + index), ...late];
        }),
      ),
    );
    expect(answers).toEqual(answers.map((_, index) => [0, 1, 2, 3, 4, 5, 6].map((value) => value + index)));
  });

  it.runIf(isServer)('comes to its end where somebody waits for the tables that it reads', async () => {
    let changed: Promise<unknown> = Promise.resolve();
    const [answers] = await inWideSnapshot(async (query) => {
      const count = (seconds: number) =>
        query<{ views: number }>('SELECT count(*)::int AS views FROM saved_views, pg_sleep($1::float8)', [seconds]);
      await count(0);
      changed = inTransaction((tx) => tx.$executeRaw`LOCK TABLE saved_views IN ACCESS EXCLUSIVE MODE`);
      // Other databases of the server have tables of the same number.
      const waiting = `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
                        WHERE l.relation = 'saved_views'::regclass AND l.mode = 'AccessExclusiveLock' AND NOT l.granted`;
      await expect.poll(() => queryRows(waiting, [])).toHaveLength(1);
      return Promise.all([count(0.2), count(0.01), count(0.02)]);
    });
    expect(answers).toHaveLength(1);
    await changed;
  });

  it('fails with the statement that failed, lets nothing follow, reads only, and leaves the connections fit', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      let late: Promise<unknown> = Promise.resolve();
      const failing: Promise<unknown> = inWideSnapshot((query) => {
        late = query('SELECT pg_sleep(0.01)', [])
          .catch(() => null)
          .then(() => failing.catch(() => null))
          .then(() => query('SELECT 1 AS one', []))
          .catch((error: unknown) => error);
        return Promise.all([query('SELECT 1 / $1::int AS nothing', [0]), late]);
      });
      // Whether the other waits behind the one that fails or runs beside it, that one is the error.
      expect(sqlStateOf(await failing.catch((error: unknown) => error))).toBe('22012');
      expect(String(await late)).toBe('Error: The transaction is over.');
    }
    const write = inWideSnapshot((query) =>
      Promise.all([
        query('SELECT pg_sleep(0.01)', []),
        query("UPDATE workspaces SET name = name WHERE slug = 'default'", []),
      ]),
    );
    expect(sqlStateOf(await write.catch((error: unknown) => error))).toBe('25006');
    expect(await queryRows('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
  });
});

describe('errors', () => {
  it('tells the SQLSTATE of a failed statement, asked through Prisma or not', async () => {
    const states = await Promise.all([
      queryRows('SELECT 1 / 0', []).catch(sqlStateOf),
      prisma().$queryRaw`SELECT 1 / 0`.catch(sqlStateOf),
    ]);
    expect(states).toEqual(['22012', '22012']);
  });

  it('does not call a refused statement an outage', async () => {
    const errors = await Promise.all([
      queryRows('SELECT 1 / 0', []).catch((error: unknown) => error),
      prisma().$queryRaw`SELECT nothing`.catch((error: unknown) => error),
    ]);
    expect(errors.map(isDatabaseUnavailable)).toEqual([false, false]);
  });
});

describe('statement names', () => {
  it('prepares a repeated statement once', async () => {
    const text = `SELECT ${Math.floor(Math.random() * 1e9)} AS value`;
    for (let run = 0; run < 5; run += 1) await queryRows(text, []);
    const rows = await queryRows('SELECT name FROM pg_prepared_statements WHERE statement = $1', [text]);
    expect(rows.length).toBeGreaterThan(0);
  });
});
