import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client';
import { clientConfig, type DatabaseConnection } from './connection';
import { isBrokenOff } from './database-error';
import { embeddedConnection } from './embedded-postgres-socket';
import { env } from './env';
import { logger } from './log';
import { createStatementNamer } from './statement-name';
import { type Send, Turns } from './turns';

export type Tx = Prisma.TransactionClient;

interface Database {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  /** The name under which a statement is prepared; '' for one that is not. */
  readonly nameOf: (text: string) => string;
}

/**
 * `server.ts` and Next's bundle load separate copies of this module, and both must use one pool. Nothing else is
 * shared: correctness never depends on the memory of a process.
 */
const shared = globalThis as typeof globalThis & {
  keyledgerConnection?: DatabaseConnection;
  keyledgerDatabase?: Database;
};

/** How long a statement may run before its client is given up. A bound of the client, so no session state is needed. */
const STATEMENT_MILLISECONDS_MAX = 60_000;
const TRANSACTION_ATTEMPTS_MAX = 4;

/** Tells this process where its database is. Called once, before the first query. */
export function configureDatabase(connection: DatabaseConnection): void {
  shared.keyledgerConnection = connection;
}

function database(): Database {
  shared.keyledgerDatabase ??= openDatabase();
  return shared.keyledgerDatabase;
}

function openDatabase(): Database {
  const { DATABASE_POOL_MAX, DATABASE_PREPARED_STATEMENTS } = env();
  const connection = shared.keyledgerConnection ?? deriveConnection();
  const pool = new pg.Pool({
    ...clientConfig(connection),
    max: DATABASE_POOL_MAX,
    idleTimeoutMillis: 30_000,
    query_timeout: STATEMENT_MILLISECONDS_MAX,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  // The driver hangs the whole connection on the error, with what it may be cancelled by: none of that is for a log.
  pool.on('error', ({ name, message }) =>
    logger().warn({ err: { type: name, message } }, 'idle database connection lost'),
  );
  pool.on('release', discardBusy);
  const nameOf = isPreparing(connection, DATABASE_PREPARED_STATEMENTS) ? createStatementNamer() : () => '';
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { onPoolError: () => {}, statementNameGenerator: ({ sql }) => nameOf(sql) }),
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  });
  return { pool, prisma, nameOf };
}

/**
 * Whether statements are prepared under a name. Behind a pooler in transaction mode a name that one session knows is
 * asked of another, so the setting, or what was found between here and the server, decides; a connection that nobody
 * looked at goes without. The embedded database keeps each client's statements apart itself.
 */
function isPreparing(connection: DatabaseConnection, setting: boolean | undefined): boolean {
  return connection.kind === 'embedded' || (setting ?? connection.isPooled === false);
}

/** For a host that did not start the database (`next dev` on its own): the one that is configured or runs beside it. */
function deriveConnection(): DatabaseConnection {
  const { DATABASE_URL, KEYLEDGER_DATA_DIR } = env();
  return DATABASE_URL === undefined ? embeddedConnection(KEYLEDGER_DATA_DIR) : { kind: 'server', url: DATABASE_URL };
}

/** Whether the database is the embedded one, which is one session and answers each statement as a whole. */
export function isEmbedded(): boolean {
  return (shared.keyledgerConnection ?? deriveConnection()).kind === 'embedded';
}

/**
 * Ends a connection that comes back to the pool in a transaction or with a statement still running, as after a statement
 * that took too long. Its next user would find itself in that transaction, or behind that statement.
 */
function discardBusy(_error: Error, client: pg.PoolClient): void {
  if (!(client instanceof pg.Client)) return;
  const isReady = Reflect.get(client, 'readyForQuery') === true && client.getTransactionStatus() === 'I';
  if (!isReady) client.end().catch(() => {});
}

export function prisma(): PrismaClient {
  return database().prisma;
}

/** The connections that `prisma` and `queryRows` share. For plumbing; rooms use those two. */
export function pool(): pg.Pool {
  return database().pool;
}

/** Ends all connections. For the end of a process and of a test. */
export async function closeDatabase(): Promise<void> {
  const open = shared.keyledgerDatabase;
  delete shared.keyledgerDatabase;
  if (!open) return;
  await open.prisma.$disconnect();
  await open.pool.end();
}

export interface TransactionOptions {
  /** The server's own, which is read committed, when absent. */
  readonly isolation?: Prisma.TransactionIsolationLevel;
  /** How long the whole may take before it is rolled back. 30 s when absent. */
  readonly timeoutMilliseconds?: number;
}

/**
 * Runs `work` in one transaction. One that the database broke off to let another through (a deadlock, a serialization
 * failure) is run again from its start, three times at most, so `work` must have no effect but on `tx`.
 */
export async function inTransaction<Result>(
  work: (tx: Tx) => Promise<Result>,
  { isolation, timeoutMilliseconds }: TransactionOptions = {},
): Promise<Result> {
  const options = {
    ...(isolation === undefined ? {} : { isolationLevel: isolation }),
    ...(timeoutMilliseconds === undefined ? {} : { timeout: timeoutMilliseconds }),
  };
  return retryBrokenOff(() => prisma().$transaction(work, options));
}

async function retryBrokenOff<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts >= TRANSACTION_ATTEMPTS_MAX || !isBrokenOff(error)) throw error;
      // Two that broke each other off would meet again if both came back at once.
      await sleep(Math.random() * 10 * 2 ** attempts);
    }
  }
}

/** 64-bit integers as BigInt and dates as text, for this driver's own queries only: Prisma parses its own. */
const INT8 = 20;
const INT8_ARRAY: number = 1016;
const DATE = 1082;
const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => {
    if (id === INT8) return (text: string) => BigInt(text);
    if (id === INT8_ARRAY) return parseBigIntArray;
    if (id === DATE) return (text: string) => text;
    return pg.types.getTypeParser(id, format);
  },
};

function parseBigIntArray(text: string): (bigint | null)[] {
  const numbers: (string | null)[] = pg.types.getTypeParser(INT8_ARRAY, 'text')(text);
  return numbers.map((number) => (number === null ? null : BigInt(number)));
}

/** Runs one SQL statement with parameters `$1`, `$2`, … and answers its rows. */
export type Query = <Row extends object>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/**
 * Runs one SQL statement, which is one transaction. 64-bit integers come as bigint, instants as Date, dates as text.
 * The text is prepared once for each connection where the configuration allows, so build it from constants, not values.
 * A statement that lost a deadlock is run again, three times at most: it had no effect.
 */
export const queryRows: Query = async <Row extends object>(text: string, values: readonly unknown[]) => {
  const { pool, nameOf } = database();
  const result = await retryBrokenOff(() => pool.query<Row>({ name: nameOf(text), text, values: [...values], types }));
  return result.rows;
};

/**
 * Runs the statements of `work` in one transaction, on one connection. As `inTransaction`, for work that is SQL alone:
 * one that the database broke off is run again from its start, so `work` must have no effect but through its `query`.
 */
export function inQueryTransaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
  return onConnection({ isPipelined: false }, async (send) => {
    const { nameOf } = database();
    await send({ text: 'BEGIN' });
    const result = await work((text, values) => send({ name: nameOf(text), text, values: [...values], types }));
    await send({ text: 'COMMIT' });
    return result;
  });
}

/** To compile a statement takes longer than to read what a page shows; the setting ends with the transaction. */
const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off';
const BEGIN_EMBEDDED_SNAPSHOT =
  'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL plan_cache_mode = force_custom_plan';

/**
 * Runs statements that only read, all of one moment: what is recorded meanwhile is in none of their answers. They are
 * planned for their own values: the best way to read a range depends on how long it is. Those that do not need each other's
 * answers are best asked at once: the next then waits at the database and not here.
 */
export function inSnapshot<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
  const isOneSession = isEmbedded();
  // There a statement that is prepared is understood once for all clients; only its plan is made anew.
  const nameOf = isOneSession ? database().nameOf : () => '';
  // While an answer and the next question are on their way a single session would stand still.
  return onConnection({ isPipelined: isOneSession }, async (send) => {
    // What is asked behind a beginning that fails only reads, and its answer is lost with it.
    const [, result] = await Promise.all([
      send({ text: isOneSession ? BEGIN_EMBEDDED_SNAPSHOT : BEGIN_SNAPSHOT }),
      work((text, values) => send({ name: nameOf(text), text, values: [...values], types })),
    ]);
    // Nothing was written: whoever asked need not wait for the end.
    send({ text: 'COMMIT' }).catch(() => {});
    return result;
  });
}

/** Connections that are left to others when a snapshot takes a second one. */
const SPARE_CONNECTIONS = 2;

/** Whether the pool has connections to spare, nobody waiting for one. */
function isRoomy(pool: pg.Pool): boolean {
  const busy = pool.totalCount - pool.idleCount;
  return pool.waitingCount === 0 && busy + SPARE_CONNECTIONS < pool.options.max;
}

/**
 * As `inSnapshot`, for work that asks for much at once: while one statement runs, a second connection that is of the same
 * moment answers others, where the pool has one to spare.
 */
export function inWideSnapshot<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
  // The embedded database runs one statement at a time.
  if (isEmbedded()) return inSnapshot(work);
  return onConnection({ isPipelined: false }, async (send) => {
    await send({ text: BEGIN_SNAPSHOT });
    const [exported] = await send<{ id: string }>({ text: 'SELECT pg_export_snapshot() AS id' });
    const turns = new Turns();
    const begin = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '${exported?.id}'; SET LOCAL jit = off`;
    const help = () =>
      onConnection({ isPipelined: false }, async (sendToo) => {
        await sendToo({ text: begin });
        await turns.take(sendToo);
        await sendToo({ text: 'COMMIT' });
      });
    let isOver = false;
    let isBusy = false;
    let isHelped = false;
    const start = () => {
      isBusy = true;
      void turns.take(send).then(() => {
        isBusy = false;
        // Asked after the last was taken, and before this was noticed.
        if (turns.count > 0) start();
      });
    };
    const query: Query = <Row extends object>(text: string, values: readonly unknown[]) => {
      if (isOver) return Promise.reject(new Error('The transaction is over.'));
      const rows = turns.add<Row>({ text, values: [...values], types });
      if (!isBusy) start();
      else if (!isHelped && isRoomy(database().pool)) {
        isHelped = true;
        // A helper that does not come leaves its turns to the first.
        const done = () => {
          isHelped = false;
        };
        help().then(done, done);
      }
      return rows;
    };
    try {
      const result = await work(query);
      // Nothing was written: whoever asked need not wait for the end.
      send({ text: 'COMMIT' }).catch(() => {});
      return result;
    } finally {
      isOver = true;
      turns.end(new Error('The transaction is over.'));
    }
  });
}

/**
 * As `inSnapshot`, for one statement. The embedded database has no compiler to turn off, so there it goes alone, and is
 * prepared where `isSteady`: its best plan is the same for all values, and to understand it takes longer than to run it.
 */
export async function querySnapshot<Row extends object>(
  text: string,
  values: readonly unknown[],
  { isSteady = false }: { readonly isSteady?: boolean } = {},
): Promise<Row[]> {
  if (!isEmbedded()) return inSnapshot((query) => query<Row>(text, values));
  if (isSteady) return queryRows<Row>(text, values);
  const result = await database().pool.query<Row>({ text, values: [...values], types });
  return result.rows;
}

/** `isPipelined`: statements are sent without waiting for the answers to those before. */
function onConnection<Result>(
  { isPipelined }: { readonly isPipelined: boolean },
  work: (send: Send) => Promise<Result>,
): Promise<Result> {
  const { pool } = database();
  return retryBrokenOff(async () => {
    const client = await pool.connect();
    // A connection that breaks fails its query; without a listener it would end the process as well.
    const ignore = () => {};
    client.on('error', ignore);
    // The driver's mode of a connection, which it looks at for each statement; no other is underway now, nor at the end.
    Reflect.set(client, 'pipeline', isPipelined);
    let isOver = false;
    let last: Promise<unknown> = Promise.resolve();
    const send: Send = async <Row extends object>(statement: pg.QueryConfig) => {
      // Work that failed in one part may go on in another, on a connection that is somebody else's by then.
      if (isOver) throw new Error('The transaction is over.');
      const ask = () => client.query<Row>(statement);
      const answer = isPipelined ? ask() : last.then(ask);
      last = answer.catch(() => {});
      return (await answer).rows;
    };
    try {
      return await work(send);
    } catch (error) {
      isOver = true;
      await last;
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    } finally {
      isOver = true;
      // A connection that is broken or not out of its transaction is ended by `discardBusy`.
      void last.then(() => {
        client.off('error', ignore);
        Reflect.set(client, 'pipeline', false);
        client.release();
      });
    }
  });
}
