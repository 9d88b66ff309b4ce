/**
 * `npm run screenshots`: pictures of the built product with the demo's data for docs/screenshots, at 1440 and 390 wide,
 * light and dark.
 */
import { chromium, type Page } from '@playwright/test';
import { PASSWORD, signIn } from '../e2e/fixtures/console';
import { startProduct } from '../e2e/fixtures/product';
import { chromiumPath } from './ensure-test-tools.mjs';

interface Shot {
  readonly name: string;
  readonly path: string;
  /** The whole page and not only what fits the window. */
  readonly isWhole?: boolean;
  /** What to do before the picture. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const SHOTS: readonly Shot[] = [
  { name: 'overview', path: '/demo', isWhole: true },
  { name: 'keys', path: '/demo/keys' },
  {
    name: 'create-key',
    path: '/demo/keys',
    prepare: async (page) => {
      await page.keyboard.press('c');
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('invoice-matcher');
    },
  },
  { name: 'management-keys', path: '/demo/management-keys' },
  {
    name: 'reference',
    path: '/reference',
    prepare: (page) => page.getByText('/api/v1/usage-events').first().waitFor(),
  },
];
const SIZES = [
  { suffix: '', viewport: { width: 1440, height: 900 } },
  { suffix: '-mobile', viewport: { width: 390, height: 844 } },
];

const product = await startProduct({ database: 'embedded' });
const executablePath = await chromiumPath();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
});
try {
  product.run(['demo', '--seed', '1']);
  const owner = { email: 'ops@fernhill.example' };
  product.run(['reconcile']);
  product.run(['user', 'create', '--email', owner.email, '--name', 'Operations', '--owner'], `${PASSWORD}\n`);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { suffix, viewport } of SIZES) {
      const context = await browser.newContext({ viewport, colorScheme, baseURL: product.baseUrl });
      const page = await context.newPage();
      await page.goto('/sign-in');
      await page.screenshot({ path: `docs/screenshots/sign-in-${colorScheme}${suffix}.png` });
      await signIn(page, product, owner);
      for (const { name, path, prepare, isWhole = false } of SHOTS) {
        if (suffix !== '' && name === 'create-key') continue;
        await page.goto(path);
        await page.waitForLoadState('networkidle');
        await prepare?.(page);
        await page.screenshot({ path: `docs/screenshots/${name}-${colorScheme}${suffix}.png`, fullPage: isWhole });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await product.dispose();
}
