import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { projectDirectory } from './project-directory';
import { StartupError } from './startup-error';

/** A migration that cannot be applied, or a database whose history does not fit this version. The database is unchanged. */
export class MigrationError extends StartupError {
  override readonly name = 'MigrationError';
}

/** `name` is the directory's name, `script` the SQL with line feeds only, `checksum` the lower-case hex SHA-256 of `script`. */
export type Migration = { name: string; script: string; checksum: string };

type Queryable = Pick<Pool, 'query'>;
type Record = { migration_name: string; checksum: string; is_finished: boolean; is_rolled_back: boolean };

/** Where the shipped migrations lie. */
export function migrationsDirectory(): string {
  return join(projectDirectory(), 'prisma', 'migrations');
}

/** Reads the migrations of `directory` in the order in which they apply, which is that of their names. */
export async function readMigrations(directory = migrationsDirectory()): Promise<Migration[]> {
  const entries = await readdir(/* turbopackIgnore: true */ directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(/* turbopackIgnore: true */ join(directory, name, 'migration.sql'), 'utf8');
      // A checkout may turn line feeds into CR LF, which must not look like an edit.
      const script = text.replaceAll('\r\n', '\n');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

/**
 * Names of the migrations that `database` still lacks, in order. Empty when it is up to date.
 * Throws MigrationError when its history holds a migration that was edited, left unfinished, or is unknown to this version.
 */
export async function pendingMigrations(database: Queryable, migrations?: Migration[]): Promise<string[]> {
  const known = migrations ?? (await readMigrations());
  return compareHistory(known, await readHistory(database));
}

async function readHistory(database: Queryable): Promise<Record[]> {
  try {
    // Rolled-back attempts stay in the table as a trail and count for nothing.
    const { rows } = await database.query<Record>(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS is_finished, rolled_back_at IS NOT NULL AS is_rolled_back
       FROM _prisma_migrations`,
    );
    return rows.filter((row) => !row.is_rolled_back);
  } catch (error) {
    if (isUndefinedTable(error)) return [];
    throw error;
  }
}

function isUndefinedTable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42P01';
}

/** A ledger is not opened by a version older than its schema: that version would leave out counters it does not know. */
function compareHistory(known: Migration[], history: Record[]): string[] {
  const applied = new Map(history.map((record) => [record.migration_name, record]));
  for (const { name, checksum } of known) {
    const record = applied.get(name);
    if (record && !record.is_finished) {
      throw new MigrationError(
        `Migration ${name} was left unfinished by another tool. Restore a backup, or repair the schema and mark it with "prisma migrate resolve".`,
      );
    }
    if (record && record.checksum !== checksum) {
      throw new MigrationError(
        `Migration ${name} was edited after it was applied. Restore its file, and put the change into a new migration.`,
      );
    }
  }
  const names = new Set(known.map((migration) => migration.name));
  const unknown = history.find((record) => !names.has(record.migration_name));
  if (unknown) {
    throw new MigrationError(
      `The database has migration ${unknown.migration_name}, which this version does not know. Start the version that applied it, or a newer one.`,
    );
  }
  return known.map((migration) => migration.name).filter((name) => !applied.has(name));
}
