import type { PGlite } from '@electric-sql/pglite';
import type { PgliteServer } from './pglite-server';

const INTERVAL_MS = 60_000;

/** PostgreSQL's defaults for autovacuum, with the scale of inserts and changes alike. */
const ROWS_MIN = 50;
const SHARE_OF_TABLE = 0.2;

/**
 * Does once a minute, when nobody waits, what the autovacuum daemon does on a server, which the embedded database lacks:
 * vacuums and analyses the table with the most changes. Without it counters, rewritten at every request, would leave
 * dead rows behind for good, and the planner would know nothing of the tables' sizes. Returns the way to stop it.
 */
export function startMaintenance(server: PgliteServer, database: PGlite): () => void {
  const timer = setInterval(() => {
    if (server.isIdle) void server.run(() => maintainOneTable(database)).catch(reportFailure);
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Vacuums and analyses the table that most needs it. Resolves to its quoted name, or null when none does. */
export async function maintainOneTable(database: PGlite): Promise<string | null> {
  // The session holds its counts back for up to a minute, and has no timer that would bring them out.
  await database.query('SELECT pg_stat_force_next_flush()');
  // Dead rows call for a vacuum, changed and inserted rows for fresh statistics.
  const { rows } = await database.query<{ table_name: string }>(
    `SELECT format('%I.%I', schemaname, relname) AS table_name
     FROM pg_stat_user_tables
     WHERE greatest(n_dead_tup, n_mod_since_analyze) > $1::float8 + $2::float8 * n_live_tup
     ORDER BY greatest(n_dead_tup, n_mod_since_analyze) DESC
     LIMIT 1`,
    [ROWS_MIN, SHARE_OF_TABLE],
  );
  const table = rows[0]?.table_name;
  if (!table) return null;
  await database.exec(`VACUUM (ANALYZE) ${table}`);
  return table;
}

/** Maintenance that fails is tried again in a minute, and costs space and speed until then, not data. */
function reportFailure(error: unknown): void {
  console.error('Maintenance of the embedded database failed:', error);
}
