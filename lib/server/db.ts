import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client';
import { clientConfig, type DatabaseConnection } from './connection';
import { isBrokenOff } from './database-error';
import { embeddedConnection } from './embedded-postgres-socket';
import { env } from './env';
import { logger } from './log';
import { migrationCount } from './migration-count';
import { createStatementNamer } from './statement-name';
import type { Send } from './turns';

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
  // Which schema this process knows is settled here as well.
  migrationCount();
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

/** The name under which the database is to prepare a statement; '' for one that it is not. For plumbing. */
export function nameOfStatement(text: string): string {
  return database().nameOf(text);
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

/** 64-bit integers as bigint and dates as text, for this driver's own queries only: Prisma parses its own. */
const INT8 = 20;
const INT8_ARRAY: number = 1016;
const DATE = 1082;
export const types: pg.CustomTypesConfig = {
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

/**
 * One connection of the pool for several statements, which rolls back what fails. For plumbing; rooms use `inQueryTransaction`
 * and the snapshots. `isPipelined`: statements are sent without waiting for the answers to those before.
 */
export function onConnection<Result>(
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
