/**
 * Writes prisma/migrations/<UTC timestamp>_<name>/migration.sql with the SQL that leads from the existing migrations to
 * prisma/schema.prisma, worked out on an embedded database in a temporary directory.
 *
 *   npm run migration:new -- add-export-chunks      (or: npx tsx scripts/migration-new.ts add-export-chunks)
 *
 * What Prisma cannot express, such as partitions and checks, is added to the file by hand. Run it before the first start
 * that applies it: an applied migration is never edited.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../lib/server/embedded-postgres';
import { createMigrationScript } from '../lib/server/migrate';
import { migrationsDirectory } from '../lib/server/migration-history';

async function run(name: string | undefined): Promise<void> {
  if (!name || !/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name)) {
    throw new Error(
      'Give the migration a name of lower-case words, such as: npm run migration:new -- add-export-chunks',
    );
  }
  const script = await createScript();
  if (script === '') {
    console.log('The migrations already lead to prisma/schema.prisma.');
    return;
  }
  const timestamp = new Date()
    .toISOString()
    .replaceAll(/[^0-9]/g, '')
    .slice(0, 14);
  const directory = join(migrationsDirectory(), `${timestamp}_${name.replaceAll('-', '_')}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'migration.sql'), script);
  console.log(join(directory, 'migration.sql'));
}

async function createScript(): Promise<string> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'keyledger-migration-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory, connectionsMax: 10 });
  try {
    return await createMigrationScript(postgres.connection);
  } finally {
    await postgres.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

run(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
