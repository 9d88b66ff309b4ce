import { setTimeout as sleep } from 'node:timers/promises';
import { clientConfig, DatabaseClient, type DatabaseConnection } from './connection';
import { DataDirectoryInUseError } from './data-directory-lock';
import { findRunningEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import type { Env } from './env';
import { StartupError } from './startup-error';

/** PostgreSQL 15 or newer: the statements use what 15 brought. */
const SERVER_VERSION_MIN = 150_000;

/** Connections to the embedded database beyond the server's own pool: commands that run beside it bring theirs. */
const CONNECTIONS_BESIDE = 40;

/** How long a command waits for a server that has taken the data directory and does not answer yet. */
const JOIN_TIMEOUT_MS = 10_000;

export interface OpenDatabase {
  readonly connection: DatabaseConnection;
  /** Stops the embedded database when this process started it; leaves any other alone. Safe to call twice. */
  readonly close: () => Promise<void>;
  /** Resolves when the embedded database of this process has ended, by itself or by `close`. Another's never does. */
  readonly exited: Promise<void>;
}

/**
 * Starts the embedded database, or checks that the configured server can be used.
 * Throws StartupError, one line each: unreachable, refused, a standby, older than 15, or a data directory in use.
 */
export async function openDatabase(env: Env): Promise<OpenDatabase> {
  if (env.DATABASE_URL !== undefined) return openServer(env.DATABASE_URL);
  const embedded = await startEmbeddedPostgres({
    dataDirectory: env.KEYLEDGER_DATA_DIR,
    connectionsMax: env.DATABASE_POOL_MAX + CONNECTIONS_BESIDE,
  });
  return { connection: embedded.connection, close: embedded.stop, exited: embedded.exited.then(() => undefined) };
}

/** As `openDatabase`, but uses the embedded database of a server that runs already. For commands. */
export async function joinDatabase(env: Env): Promise<OpenDatabase> {
  if (env.DATABASE_URL !== undefined) return openServer(env.DATABASE_URL);
  const beganAt = Date.now();
  for (;;) {
    const running = await findRunningEmbeddedPostgres(env.KEYLEDGER_DATA_DIR);
    if (running) return leaveAlone(running);
    try {
      return await openDatabase(env);
    } catch (error) {
      // A server is just starting: it holds the directory and will answer in a moment.
      if (!(error instanceof DataDirectoryInUseError) || Date.now() - beganAt > JOIN_TIMEOUT_MS) throw error;
      await sleep(100);
    }
  }
}

function leaveAlone(connection: DatabaseConnection): OpenDatabase {
  return { connection, close: () => Promise.resolve(), exited: new Promise(() => {}) };
}

async function openServer(url: string): Promise<OpenDatabase> {
  const isPooled = await checkServer({ kind: 'server', url });
  return leaveAlone({ kind: 'server', url, isPooled });
}

/** Throws where the server cannot be used; tells whether a pooler stands between. */
async function checkServer(connection: DatabaseConnection): Promise<boolean> {
  const client = createClient(connection);
  // A connection that breaks while it is idle would end the process without a listener; the next statement reports it.
  client.on('error', () => {});
  try {
    await client.connect();
    // A standby accepts connections and refuses every write.
    const { rows } = await client.query<{ number: number; version: string; is_standby: boolean; pid: number }>(
      `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
              pg_is_in_recovery() AS is_standby, pg_backend_pid() AS pid`,
    );
    const [server] = rows;
    if (!server || server.number < SERVER_VERSION_MIN) {
      throw new StartupError(
        `The PostgreSQL server of DATABASE_URL is version ${server?.version ?? 'unknown'}. Keyledger needs 15 or newer.`,
      );
    }
    if (server.is_standby) {
      throw new StartupError('The PostgreSQL server of DATABASE_URL is a standby. Give the address of its primary.');
    }
    // A pooler names a process of its own making to its clients, as one of them may be served by many.
    return Reflect.get(client, 'processID') !== server.pid;
  } catch (error) {
    throw error instanceof StartupError ? error : new StartupError(describeRefusal(error), { cause: error });
  } finally {
    await client.end().catch(() => {});
  }
}

function createClient(connection: DatabaseConnection): DatabaseClient {
  try {
    return new DatabaseClient(clientConfig(connection));
  } catch {
    // The parser's message may quote the URL, which holds a password.
    throw new StartupError(
      'DATABASE_URL cannot be read. It must look like postgresql://user:password@host:5432/database, with special characters in the password percent-encoded.',
    );
  }
}

/** The driver's messages name host and port, user and database, and never the password. */
function describeRefusal(error: unknown): string {
  const reason = (error instanceof Error ? firstMessage(error) : '').split('\n', 1)[0] || 'it does not answer';
  return `The PostgreSQL server of DATABASE_URL cannot be used: ${reason}. Check the address, and that the server runs.`;
}

/** A host with several addresses fails with one error for each, under an empty message. */
function firstMessage(error: Error): string {
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [];
  return error.message === '' && first instanceof Error ? first.message : error.message;
}
