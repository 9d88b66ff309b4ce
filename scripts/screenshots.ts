/**
 * `npm run screenshots`: pictures of the built product with the demo's data for docs/screenshots, at 1440 and 390 wide,
 * light and dark.
 */
import { chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../e2e/fixtures/api';
import { PASSWORD, signIn } from '../e2e/fixtures/console';
import { startProduct } from '../e2e/fixtures/product';
import { chromiumPath } from './ensure-test-tools.mjs';

/** Addresses of the demo's pages that are known once it runs. */
interface Places {
  /** The page of a key that has a limit, two secrets and errors to show. */
  readonly key: string;
}

interface Shot {
  readonly name: string;
  readonly path: string | ((places: Places) => string);
  /** The whole page and not only what fits the window. */
  readonly isWhole?: boolean;
  /** Not on a phone: there the keyboard is away, or the page is the same. */
  readonly isWideOnly?: boolean;
  /** What to do before the picture. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const SHOTS: readonly Shot[] = [
  { name: 'overview', path: '/demo', isWhole: true },
  { name: 'keys', path: '/demo/keys' },
  {
    name: 'create-key',
    path: '/demo/keys',
    isWideOnly: true,
    prepare: async (page) => {
      await page.keyboard.press('c');
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('invoice-matcher');
    },
  },
  { name: 'key-usage', path: ({ key }) => key, isWhole: true },
  { name: 'key-limits', path: ({ key }) => `${key}/limits`, isWhole: true },
  { name: 'key-secrets', path: ({ key }) => `${key}/secrets` },
  { name: 'key-events', path: ({ key }) => `${key}/events` },
  { name: 'key-activity', path: ({ key }) => `${key}/activity` },
  { name: 'explore', path: '/demo/explore', isWhole: true },
  { name: 'exports', path: '/demo/exports', isWhole: true },
  { name: 'prices', path: '/demo/prices' },
  { name: 'members', path: '/demo/members' },
  { name: 'audit', path: '/demo/audit' },
  { name: 'settings', path: '/demo/settings', isWhole: true },
  { name: 'workspaces', path: '/workspaces' },
  { name: 'profile', path: '/profile', isWhole: true },
  { name: 'management-keys', path: '/demo/management-keys' },
  { name: 'first-run', path: '/default' },
  { name: 'holder', path: '/k' },
  {
    name: 'command-palette',
    path: '/demo/keys',
    isWideOnly: true,
    prepare: async (page) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog').waitFor();
    },
  },
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

/** The demo's key with a limit that was used most this month. */
async function findPlaces(): Promise<Places> {
  const api = new Api(product.baseUrl, product.accountKey);
  const { body } = await api.get('/api/v1/workspaces');
  const { data: workspaces } = z.object({ data: z.array(z.object({ id: z.string(), slug: z.string() })) }).parse(body);
  const demo = workspaces.find(({ slug }) => slug === 'demo');
  const answer = await api.get(`/api/v1/keys?workspace_id=${demo?.id}`);
  const key = z.object({ hash: z.string(), limit: z.number().nullable(), usage_monthly: z.number() });
  const { data: keys } = z.object({ data: z.array(key) }).parse(answer.body);
  const [busiest] = keys.filter(({ limit }) => limit !== null).toSorted((a, b) => b.usage_monthly - a.usage_monthly);
  return { key: `/demo/keys/${busiest?.hash}` };
}

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
  const places = await findPlaces();
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { suffix, viewport } of SIZES) {
      const context = await browser.newContext({ viewport, colorScheme, baseURL: product.baseUrl });
      const page = await context.newPage();
      await page.goto('/sign-in');
      await page.screenshot({ path: `docs/screenshots/sign-in-${colorScheme}${suffix}.png` });
      await signIn(page, product, owner);
      for (const { name, path, prepare, isWhole = false, isWideOnly = false } of SHOTS) {
        if (suffix !== '' && isWideOnly) continue;
        await page.goto(typeof path === 'string' ? path : path(places));
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
