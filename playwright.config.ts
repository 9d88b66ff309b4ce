import { defineConfig, devices } from '@playwright/test';
import type { DatabaseKind } from './e2e/fixtures/product';
import { chromiumPath } from './scripts/ensure-test-tools.mjs';

// Looked for once: the workers, which read this file too, inherit what was found.
const chromium = chromiumPath();
if (chromium !== null) process.env.CHROMIUM_PATH = chromium;
const isCi = Boolean(process.env.CI);

/**
 * What Chromium is not to start. Of two lists of features the last one counts, so Playwright's own come first. The others
 * are a process in wait for the next site and the suggestions below an address bar, of which each new page would get its
 * own processes, a quarter of the time of all tests.
 */
const FEATURES_OFF = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'LensOverlay'],
  ...['HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  ...['PreconnectToSearch', 'SpareRendererForSitePerProcess'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
];

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
          args: [
            '--no-sandbox',
            '--disable-background-networking',
            '--disable-component-update',
            // There is none to use here, and to imitate one takes longer than to draw without.
            '--disable-gpu',
            `--disable-features=${FEATURES_OFF.join()}`,
          ],
        },
      },
    },
  ],
});
