import { defineConfig, devices } from '@playwright/test';
import type { DatabaseKind } from './e2e/fixtures/product';
import { CHROMIUM_ARGUMENTS } from './scripts/chromium-arguments.mjs';
import { chromiumPath } from './scripts/ensure-test-tools.mjs';

// Looked for once: the workers, which read this file too, inherit what was found.
const chromium = chromiumPath();
if (chromium !== null) process.env.CHROMIUM_PATH = chromium;
const isCi = Boolean(process.env.CI);

export default defineConfig<object, { database: DatabaseKind }>({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/fixtures/build.setup.ts',
  fullyParallel: false,
  forbidOnly: isCi,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line']],
  projects: [
    // Several processes on one database need a server.
    { name: 'api-embedded', testDir: 'e2e/api', testIgnore: '**/*.server.spec.ts', use: { database: 'embedded' } },
    { name: 'api-server', testDir: 'e2e/api', testIgnore: '**/*.embedded.spec.ts', use: { database: 'server' } },
    {
      name: 'console',
      testDir: 'e2e/console',
      use: {
        ...devices['Desktop Chrome'],
        database: 'embedded',
        // Off: it takes a third of the time. `npx playwright test --trace on` brings it for a test that fails.
        trace: 'off',
        screenshot: 'only-on-failure',
        launchOptions: {
          ...(chromium === null ? {} : { executablePath: chromium }),
          args: CHROMIUM_ARGUMENTS,
        },
      },
    },
  ],
});
