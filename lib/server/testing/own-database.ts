import { afterAll, beforeAll } from 'vitest';
import { closeDatabase, configureDatabase } from '../db';
import { migrate } from '../migrate';
import { createTestDatabase } from './create-test-database';
import type { TestDatabase } from './test-database';

/** Gives a test file a migrated database of its own in place of the one that all files share. */
export function withOwnDatabase(): void {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(database.connection);
    configureDatabase(database.connection);
  });
  afterAll(async () => {
    await closeDatabase();
    await database.drop();
  });
}
