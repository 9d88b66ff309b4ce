import type { TestProject } from 'vitest/node';
import type { DatabaseConnection } from '../connection';
import { migrate } from '../migrate';
import { createEmbeddedTemplate } from './embedded-template';
import { startServerPostgres } from './server-postgres';
import { createDatabaseFrom, type DatabaseSource } from './test-database';

declare module 'vitest' {
  interface ProvidedContext {
    databaseKind: 'embedded' | 'server';
    databaseSource: DatabaseSource;
    /** The migrated database that all test files share. Each file creates workspaces of its own in it. */
    database: DatabaseConnection;
  }
}

/** Starts the database of the run, migrates it once, and returns what ends it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const isServer = project.getProvidedContext().databaseKind === 'server';
  const { source, end } = isServer ? await startServer() : await createTemplate();
  const database = await createDatabaseFrom(source);
  await migrate(database.connection);
  project.provide('databaseSource', source);
  project.provide('database', database.connection);
  return async () => {
    await database.drop();
    await end();
  };
}

type Source = { source: DatabaseSource; end: () => Promise<void> };

async function startServer(): Promise<Source> {
  const server = await startServerPostgres();
  return { source: server.connection, end: server.stop };
}

async function createTemplate(): Promise<Source> {
  const template = await createEmbeddedTemplate();
  return {
    source: { kind: 'embedded', templateDirectory: template.directory },
    end: () => Promise.resolve(template.remove()),
  };
}
