import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clientConfig, DatabaseClient, type DatabaseConnection } from './connection';
import {
  type Migration,
  MigrationError,
  migrationsDirectory,
  pendingMigrations,
  readMigrations,
} from './migration-history';
import { projectDirectory } from './project-directory';
import type { EngineSession, Failure } from './schema-engine';

/** The key of the lock that Prisma's own tools take, so that `prisma migrate deploy` beside a start waits too. */
const MIGRATION_LOCK_KEY = 72707369;

/** How long a start waits for another process that migrates the same database. */
const LOCK_TIMEOUT_SECONDS = 300;

/**
 * Keeps other processes from recording and holding until the migrations are committed: what a migration sums up is all
 * that was recorded before it, and recording that waited here finds the schema that it does not know. In the order in
 * which a recording transaction locks them, and reading goes on.
 */
const LOCK_RECORDING_OUT = `DO $$ BEGIN
  IF to_regclass('usage_events') IS NOT NULL THEN
    LOCK TABLE workspaces, holds, idempotency_claims, usage_events IN EXCLUSIVE MODE;
  END IF;
END $$`;

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database lacks, all or none, and returns their names in order.
 * Two processes that start at once are safe: each works in one transaction that first takes an advisory lock, which ends
 * with the transaction and so holds behind a transaction pooler too. The embedded database, a single session, would
 * block on a lock held by a second connection, so lock and migrations share one.
 * Throws MigrationError with the migration's name and the database's message.
 */
export async function migrate(
  connection: DatabaseConnection,
  directory = migrationsDirectory(),
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(directory);
  // Nearly every start finds nothing to do, and need not load the engine to learn so.
  if ((await findPending(connection, migrations)).length === 0) return { applied: [] };
  const { withSchemaEngine } = await import('./schema-engine');
  return withSchemaEngine(connection, await readSchema(), (session) => applyAll(session, migrations, directory));
}

/** The SQL that would turn the database into schema.prisma. Empty when they agree. Changes nothing. */
export async function schemaDiff(connection: DatabaseConnection): Promise<string> {
  const schema = await readSchema();
  const files = [{ path: 'schema.prisma', content: schema }];
  const { withSchemaEngine } = await import('./schema-engine');
  const difference = await withSchemaEngine(connection, schema, ({ engine }) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: projectDirectory() },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    }),
  );
  const script = difference.stdout ?? '';
  return script.startsWith('-- This is an empty migration.') ? '' : script;
}

/** The SQL from the shipped migrations to schema.prisma, worked out on `connection`, an empty database, which it migrates. */
export async function createMigrationScript(connection: DatabaseConnection): Promise<string> {
  await migrate(connection);
  return schemaDiff(connection);
}

function readSchema(): Promise<string> {
  return readFile(join(projectDirectory(), 'prisma', 'schema.prisma'), 'utf8');
}

/** Names of the migrations that a database lacks, over a connection of its own. */
export async function findPending(connection: DatabaseConnection, migrations?: Migration[]): Promise<string[]> {
  const client = new DatabaseClient(clientConfig(connection));
  await client.connect();
  try {
    return await pendingMigrations(client, migrations);
  } finally {
    await client.end();
  }
}

async function applyAll(
  session: EngineSession,
  migrations: Migration[],
  directory: string,
): Promise<{ applied: string[] }> {
  const { engine, query } = session;
  // `SET LOCAL` ends with the transaction and leaves no session state behind.
  await query(`BEGIN; SET LOCAL lock_timeout = '${LOCK_TIMEOUT_SECONDS}s'`);
  // Waits here while another process migrates. Read committed isolation then shows what that process applied.
  await query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK_KEY})`);
  try {
    await query(LOCK_RECORDING_OUT);
    const result = await engine.applyMigrations({
      migrationsList: listForEngine(migrations, directory),
      filters: NO_FILTERS,
    });
    await query('COMMIT');
    return { applied: result.appliedMigrationNames };
  } catch (error) {
    throw describeFailure(error, session.failure(), migrations);
  }
}

function listForEngine(migrations: Migration[], directory: string) {
  return {
    baseDir: directory,
    lockfile: { path: 'migration_lock.toml', content: null },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
    })),
  };
}

function describeFailure(error: unknown, failure: Failure | null, migrations: Migration[]): MigrationError {
  const name = migrations.find((migration) => migration.script === failure?.text)?.name;
  const message = failure?.error.message ?? (error instanceof Error ? error.message : String(error));
  const subject = name ? `Migration ${name}` : 'Migrating the database';
  return new MigrationError(`${subject} failed: ${message.split('\n', 1)[0]}. The database was left as it was.`, {
    cause: error,
  });
}
