import { inject } from 'vitest';
import { createDatabaseFrom, type TestDatabase } from './test-database';

/** For a test that needs a database to itself: empty, not migrated, of the run's kind. The caller drops it. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabaseFrom(inject('databaseSource'));
}
