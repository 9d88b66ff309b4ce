import type pg from 'pg';
import { isLockTimeout } from './database-error';
import { isEmbedded, nameOfStatement, onConnection, pool, type Query, queryRows, types } from './db';
import { Turns } from './turns';

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
  const nameOf = isOneSession ? nameOfStatement : () => '';
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

/**
 * How long a second connection waits for a lock. Who waits for the first to end, such as to change a table, may stand before it:
 * then neither would come on.
 */
const HELPER_LOCK_MILLISECONDS = 50;

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
    const begin = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '${exported?.id}';
       SET LOCAL jit = off; SET LOCAL lock_timeout = ${HELPER_LOCK_MILLISECONDS}`;
    const help = () =>
      onConnection({ isPipelined: false }, async (sendToo) => {
        await sendToo({ text: begin });
        await turns.take(sendToo, isLockTimeout);
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
      else if (!isHelped && isRoomy(pool())) {
        isHelped = true;
        help().then(
          () => {
            isHelped = false;
          },
          // A helper that does not come, or that a lock kept, leaves its turns to the first and is not asked again.
          () => {
            if (!isBusy && turns.count > 0) start();
          },
        );
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
  const result = await pool().query<Row>({ text, values: [...values], types });
  return result.rows;
}
