import { readdirSync } from 'node:fs';
import { migrationsDirectory } from './migration-history';

/** `server.ts` and Next's bundle load separate copies of this module, and only the former lies where the files are. */
const shared = globalThis as typeof globalThis & { keyledgerMigrationCount?: number };

/**
 * How many migrations this process knows, read as it is told its database: files that are added while it runs make it no
 * newer. No process starts on a database with others, so one that has more was migrated by a later version.
 */
export function migrationCount(): number {
  shared.keyledgerMigrationCount ??= countMigrations();
  return shared.keyledgerMigrationCount;
}

function countMigrations(): number {
  const entries = readdirSync(/* turbopackIgnore: true */ migrationsDirectory(), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).length;
}
