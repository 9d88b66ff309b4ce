import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * `*.db.test.ts` touch SQL and run on both databases; all other tests need none and run once.
 * TEST_DATABASE: `none` runs the latter, `embedded` and `server` the former on that database, unset all on the embedded one.
 */
const testDatabase = process.env.TEST_DATABASE ?? 'all';
if (!['none', 'embedded', 'server', 'all'].includes(testDatabase)) {
  throw new Error('TEST_DATABASE must be none, embedded or server.');
}
const kind = testDatabase === 'server' ? 'server' : 'embedded';
const usesDatabase = testDatabase !== 'none';
const root = fileURLToPath(new URL('.', import.meta.url));
const databaseTests = '**/*.db.test.ts';

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    include: testDatabase === 'none' || testDatabase === 'all' ? ['**/*.test.{ts,tsx}'] : [databaseTests],
    exclude: ['**/node_modules/**', '.next/**', 'dist/**', 'e2e/**', ...(usesDatabase ? [] : [databaseTests])],
    env: {
      LOG_LEVEL: 'silent',
      KEYLEDGER_SECRET: 'a-secret-that-only-the-tests-know',
      KEYLEDGER_DATA_DIR: './data-of-no-test',
    },
    provide: { databaseKind: kind },
    ...(usesDatabase
      ? {
          globalSetup: ['lib/server/testing/global-setup.ts', 'cli/testing/bundle.setup.ts'],
          setupFiles: ['lib/server/testing/setup-file.ts'],
        }
      : {}),
    // Vitest leaves a core for itself, and with two cores one idles while a test waits for its database.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
