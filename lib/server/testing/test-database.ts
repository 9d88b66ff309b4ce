import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { clientConfig, DatabaseClient, type DatabaseConnection } from '../connection';
import { startEmbeddedPostgres } from '../embedded-postgres';
import { copyTemplate } from './embedded-template';

/** A database of a test's own, empty and not migrated. */
export type TestDatabase = { connection: DatabaseConnection; drop: () => Promise<void> };

/** What a test run has to make databases of: its server, or an embedded cluster that nothing has touched yet. */
export type DatabaseSource = { kind: 'server'; url: string } | { kind: 'embedded'; templateDirectory: string };

/** Test files run at once, and each has a pool. */
const CONNECTIONS_MAX = 200;

/** Creates an empty database: CREATE DATABASE on the server, a process of its own on the embedded kind. */
export function createDatabaseFrom(source: DatabaseSource): Promise<TestDatabase> {
  return source.kind === 'server' ? createOnServer(source.url) : createEmbedded(source.templateDirectory);
}

async function createOnServer(url: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(url, `CREATE DATABASE ${name}`);
  return {
    connection: { kind: 'server', url: url.replace('/postgres?', `/${name}?`), isPooled: false },
    // A pool that a test left open must not keep the database.
    drop: () => execute(url, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new DatabaseClient(clientConfig({ kind: 'server', url }));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function createEmbedded(templateDirectory: string): Promise<TestDatabase> {
  const dataDirectory = copyTemplate(templateDirectory);
  const postgres = await startEmbeddedPostgres({ dataDirectory, connectionsMax: CONNECTIONS_MAX });
  return {
    connection: postgres.connection,
    drop: async () => {
      await postgres.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
