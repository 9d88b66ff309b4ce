import { readdirSync } from 'node:fs';
import { migrationsDirectory } from './migration-history';

/**
 * The last migration that this process knows, read as it starts: files that are replaced while it runs make it no newer.
 * Names begin with the time of their making, so a later one is a greater text.
 */
export const SCHEMA_VERSION: string =
  readdirSync(/* turbopackIgnore: true */ migrationsDirectory(), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort()
    .at(-1) ?? '';
