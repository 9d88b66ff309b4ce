import type { PGlite } from '@electric-sql/pglite';
import type { PgliteServer } from './pglite-server';

/** PostgreSQL's defaults for autovacuum, with the scale of inserts and changes alike. */
const ROWS_MIN = 50;
const SHARE_OF_TABLE = 0.2;

/** How soon tables are looked at again after one that needed it, and after none did. */
const NEXT_MILLISECONDS = 1_000;
const QUIET_MILLISECONDS = 10_000;
/** A table that changes all the time is left alone so long, as by the daemon, which looks once a minute. */
const REST_MILLISECONDS = 60_000;
/** So many looks are put off because somebody waits; where that never ends, the next takes its turn among the rest. */
const PUT_OFF_MAX = 10;
/**
 * A tenth of PostgreSQL's own: while a table is analysed nobody else is served, and a sample of 3,000 rows, which takes
 * tens of milliseconds of it, tells sizes and orders well enough.
 */
const STATISTICS_TARGET = 10;

/**
 * Does what the autovacuum daemon does on a server, which the embedded database lacks: vacuums and analyses tables that
 * have changed much, one at a time, when nobody waits. Without it counters, rewritten at every request, would leave dead
 * rows behind for good, and the planner, which knows nothing of the tables, would choose the wrong index: a page then
 * takes three times as long. Returns the way to stop it.
 */
export function startMaintenance(server: Pick<PgliteServer, 'isIdle' | 'run'>, database: PGlite): () => void {
  const doneAt = new Map<string, number>();
  let putOff = 0;
  let timer: NodeJS.Timeout;
  let isStopped = false;
  const lookIn = (milliseconds: number) => {
    if (isStopped) return;
    timer = setTimeout(look, milliseconds);
    timer.unref();
  };
  const look = () => {
    if (!server.isIdle && putOff < PUT_OFF_MAX) {
      putOff += 1;
      lookIn(NEXT_MILLISECONDS);
      return;
    }
    putOff = 0;
    const now = performance.now();
    for (const [table, at] of doneAt) if (now - at >= REST_MILLISECONDS) doneAt.delete(table);
    let done: string | null = null;
    server
      .run(async () => {
        done = await maintainOneTable(database, [...doneAt.keys()]);
        if (done !== null) doneAt.set(done, performance.now());
      })
      .catch(reportFailure)
      .finally(() => lookIn(done === null ? QUIET_MILLISECONDS : NEXT_MILLISECONDS));
  };
  lookIn(QUIET_MILLISECONDS);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/**
 * Looks after the table that most needs it: one with dead rows is vacuumed, one with changed or inserted rows analysed.
 * Those that rest are passed over. Resolves to its quoted name, or null when none needs it.
 */
export async function maintainOneTable(database: PGlite, resting: readonly string[] = []): Promise<string | null> {
  // The session holds its counts back for up to a minute, and has no timer that would bring them out.
  await database.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await database.query<{ name: string; is_dead: boolean; is_changed: boolean }>(
    `SELECT name, n_dead_tup > bound AS is_dead, n_mod_since_analyze > bound AS is_changed
       FROM (SELECT format('%I.%I', schemaname, relname) AS name, n_dead_tup, n_mod_since_analyze,
                    $1::float8 + $2::float8 * n_live_tup AS bound
               FROM pg_stat_user_tables) t
      WHERE greatest(n_dead_tup, n_mod_since_analyze) > bound AND name <> ALL ($3::text[])
      ORDER BY greatest(n_dead_tup, n_mod_since_analyze) DESC
      LIMIT 1`,
    [ROWS_MIN, SHARE_OF_TABLE, resting],
  );
  const table = rows[0];
  if (!table) return null;
  if (table.is_dead) await database.exec(`VACUUM ${table.name}`);
  if (table.is_changed) {
    await database.transaction((tx) =>
      tx.exec(`SET LOCAL default_statistics_target = ${STATISTICS_TARGET}; ANALYZE ${table.name}`),
    );
  }
  return table.name;
}

/** Maintenance that fails is tried again, and costs space and speed until then, not data. */
function reportFailure(error: unknown): void {
  console.error('Maintenance of the embedded database failed:', error);
}
