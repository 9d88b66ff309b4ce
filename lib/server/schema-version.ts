import { readdirSync } from 'node:fs';
import { migrationsDirectory } from './migration-history';

/** `server.ts` and Next's bundle load separate copies of this module, and only the former lies where the files are. */
const shared = globalThis as typeof globalThis & { keyledgerSchemaVersion?: string };

/**
 * The last migration that this process knows, read as it is told its database: files that are replaced while it runs make
 * it no newer. Names begin with the time of their making, so a later one is a greater text.
 */
export function schemaVersion(): string {
  shared.keyledgerSchemaVersion ??= readLastMigration();
  return shared.keyledgerSchemaVersion;
}

function readLastMigration(): string {
  const entries = readdirSync(/* turbopackIgnore: true */ migrationsDirectory(), { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  return names.sort().at(-1) ?? '';
}
