import { CATALOGUE_SOURCE } from '../lib/prices/catalogue';
import type { DatabaseConnection } from '../lib/server/connection';
import { queryRows } from '../lib/server/db';
import { findPendingMigrations } from '../lib/server/health';
import { schemaDiff } from '../lib/server/migrate';
import { currentMonths } from '../lib/usage/commands/partitions';
import { bad, type Check, good } from './check';

const CLOCK_SECONDS_MAX = 5;
const COMMIT_MILLISECONDS_MAX = 500;
/** Commits that are timed: one alone tells of a hiccup rather than of the disk. */
const COMMITS = 5;

export async function checkVersion({ kind }: DatabaseConnection): Promise<Check> {
  const [row] = await queryRows<{ version: string }>(`SELECT current_setting('server_version') AS version`, []);
  return good(
    `The database answers: PostgreSQL ${row?.version}, ${kind === 'embedded' ? 'embedded' : 'the server of DATABASE_URL'}.`,
  );
}

export async function checkMigrations(): Promise<Check> {
  const pending = await findPendingMigrations();
  if (pending.length === 0) return good('All migrations are applied.');
  return bad(`${pending.length} migrations are not applied, from ${pending[0]} on.`, 'npm start applies them.');
}

export async function checkSchema(connection: DatabaseConnection): Promise<Check> {
  const difference = await schemaDiff(connection);
  if (difference === '') return good('The schema is that of this version.');
  const statement = difference.split('\n').find((line) => line !== '' && !line.startsWith('--')) ?? '';
  return bad(
    `The schema is not that of this version: it lacks ${statement.slice(0, 100)}`,
    'Undo changes made by hand, or restore a backup.',
  );
}

export async function checkClock(): Promise<Check> {
  const askedAt = Date.now();
  // The clock when the statement runs, not when its transaction began.
  const [row] = await queryRows<{ now: Date }>('SELECT clock_timestamp() AS now', []);
  const middle = (askedAt + Date.now()) / 2;
  const seconds = Math.abs((row?.now.getTime() ?? 0) - middle) / 1000;
  const found = `The clocks of this machine and of the database differ by ${seconds.toFixed(1)} s.`;
  return seconds <= CLOCK_SECONDS_MAX ? good(found) : bad(found, 'Set both by NTP: limits and events go by the time.');
}

/** That an acknowledged commit is on the disk. */
export async function checkDurability({ kind }: DatabaseConnection): Promise<Check> {
  const [settings] = await queryRows<{ fsync: string; method: string; commit: string }>(
    `SELECT current_setting('fsync') AS fsync, current_setting('wal_sync_method') AS method, current_setting('synchronous_commit') AS commit`,
    [],
  );
  if (settings?.fsync !== 'on')
    return bad(
      'fsync is off: a power cut can lose or break the books.',
      'Set fsync = on in the server’s configuration.',
    );
  if (settings.commit === 'off')
    return bad('synchronous_commit is off: a crash can lose acknowledged usage.', 'Set synchronous_commit = on.');
  const before = kind === 'embedded' ? await countFlushes() : 0n;
  const times: number[] = [];
  for (let commit = 0; commit < COMMITS; commit++) {
    const startedAt = performance.now();
    // Writes a note to the log and to no table; its commit must flush the log.
    await queryRows(`SELECT pg_logical_emit_message(true, 'keyledger-doctor', '')::text`, []);
    times.push(performance.now() - startedAt);
  }
  const milliseconds = times.sort((a, b) => a - b)[Math.floor(COMMITS / 2)] ?? 0;
  const flushes = kind === 'embedded' ? (await countFlushes()) - before : 1n;
  if (flushes < 1n)
    return bad('A commit reached no fsync: acknowledged usage may be lost.', 'Reinstall the packages with npm ci.');
  const found = `A commit is flushed to the disk (fsync on, ${settings.method}${kind === 'embedded' ? ', flush counted' : ''}) in ${milliseconds.toFixed(1)} ms.`;
  return milliseconds <= COMMIT_MILLISECONDS_MAX
    ? good(found)
    : bad(found, 'The disk is slow: recording waits for it.');
}

async function countFlushes(): Promise<bigint> {
  // The embedded database is one session, which reports its figures only now and then unless told to.
  await queryRows('SELECT pg_stat_force_next_flush()::text', []);
  await queryRows('SELECT 1', []);
  const [row] = await queryRows<{ count: bigint }>(
    // Flushes of the log by all kinds of processes; NULL counts as none.
    `SELECT COALESCE(SUM(fsyncs), 0)::bigint AS count FROM pg_stat_io WHERE object = 'wal'`,
    [],
  );
  return row?.count ?? 0n;
}

export async function checkPrices(): Promise<Check> {
  const [row] = await queryRows<{ count: bigint }>('SELECT COUNT(*) AS count FROM prices WHERE source = $1', [
    CATALOGUE_SOURCE,
  ]);
  const count = row?.count ?? 0n;
  if (count === 0n) return bad('The price book is empty: usage by model would cost nothing.', 'npm start fills it.');
  return good(`The price book has ${count} list prices.`);
}

export async function checkPartitions(now = new Date()): Promise<Check> {
  const wanted = [...currentMonths(now)];
  const rows = await queryRows<{ name: string }>(
    // Tables attached to usage_events, which is one for each month.
    `SELECT c.relname::text AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'usage_events'::regclass`,
    [],
  );
  const names = new Set(rows.map(({ name }) => name));
  const missing = wanted.filter((month) => !names.has(`usage_events_${month.replace('-', '_')}`));
  if (missing.length > 0)
    return bad(
      `Usage of ${missing.join(' and ')} has no partition yet.`,
      'npm start makes it; so does the first event of the month.',
    );
  return good(`Usage of ${wanted.join(' and ')} has its partitions.`);
}
