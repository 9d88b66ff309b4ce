import { mkdirSync } from 'node:fs';
import pg from 'pg';
import { clientConfig, type DatabaseConnection } from './connection';
import { startEmbeddedPostgres } from './embedded-postgres';
import type { Env } from './env';
import { StartupError } from './startup-error';

/** PostgreSQL 15 or newer: the statements use what 15 brought. */
const SERVER_VERSION_MIN = 150_000;

export interface OpenDatabase {
  readonly connection: DatabaseConnection;
  /** Stops the embedded database; leaves a server alone. */
  readonly close: () => Promise<void>;
  /** Resolves when the embedded database ended by itself; a server's never does. */
  readonly exited: Promise<void>;
}

/** Starts the embedded database, or checks that the configured server can be used. Throws StartupError, one line each. */
export async function openDatabase(env: Env): Promise<OpenDatabase> {
  if (env.DATABASE_URL === undefined) {
    mkdirSync(env.KEYLEDGER_DATA_DIR, { recursive: true, mode: 0o700 });
    const embedded = await startEmbeddedPostgres({
      dataDirectory: env.KEYLEDGER_DATA_DIR,
      // The server's pool, and room for commands that run beside it.
      connectionsMax: env.DATABASE_POOL_MAX + 40,
    });
    return { connection: embedded.connection, close: embedded.stop, exited: embedded.exited.then(() => undefined) };
  }
  const connection: DatabaseConnection = { kind: 'server', url: env.DATABASE_URL };
  await checkServer(connection);
  return { connection, close: async () => {}, exited: new Promise(() => {}) };
}

async function checkServer(connection: DatabaseConnection): Promise<void> {
  let client: pg.Client;
  try {
    client = new pg.Client(clientConfig(connection));
  } catch {
    throw new StartupError('DATABASE_URL cannot be read. It must look like postgresql://user:password@host:5432/database');
  }
  try {
    await client.connect();
    const { rows } = await client.query<{ number: string; version: string }>(
      `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version`,
    );
    const row = rows[0];
    if (!row || Number(row.number) < SERVER_VERSION_MIN) {
      throw new StartupError(`The PostgreSQL server is version ${row?.version ?? 'unknown'}. Keyledger needs 15 or newer.`);
    }
  } catch (error) {
    if (error instanceof StartupError) throw error;
    // The driver's messages name host and port, user and database, but never the password.
    const reason = error instanceof Error && error.message !== '' ? error.message : 'it does not answer';
    throw new StartupError(`The PostgreSQL server of DATABASE_URL cannot be used: ${reason}.`);
  } finally {
    await client.end().catch(() => {});
  }
}
