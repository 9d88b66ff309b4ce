import type { Page } from '@playwright/test';
import { waitForForms } from '../../e2e/fixtures/console';
import type { Scene } from './scene';

export interface Shot {
  /** Of the file, before theme and width. */
  readonly name: string;
  readonly path: string | ((scene: Scene) => string);
  /** The whole page and not only what fits the window. */
  readonly isWhole?: boolean;
  /** What to do before the picture. */
  readonly prepare?: (page: Page, scene: Scene) => Promise<void>;
}

/** A key near its limit that has open holds, whose limit somebody raised. */
const NEAR = 'billing-worker';
/** Its secret was rotated, and callers present both. */
const ROTATING = 'invoice-ocr';
/** Over its limit, and with the most errors. */
const OVER = 'newsletter-gen';

const isWide = (page: Page) => (page.viewportSize()?.width ?? 0) >= 768;

/** Presses keys until what they open is there: a page that has just come may not listen yet. */
async function press(page: Page, keys: string, name?: string): Promise<void> {
  const dialog = page.getByRole('dialog', name === undefined ? {} : { name });
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await page.keyboard.press(keys);
    const isShown = await dialog.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
    if (isShown) return;
  }
  throw new Error(`${keys} opened nothing at ${page.url()}.`);
}

/** Searches in the palette until it shows `found`. */
async function search(page: Page, typed: string, found: RegExp): Promise<void> {
  await press(page, 'ControlOrMeta+k');
  await page.keyboard.type(typed);
  const dialog = page.getByRole('dialog');
  await dialog.getByText(found).first().waitFor();
}

async function chooseKeys(page: Page, names: readonly string[]): Promise<void> {
  if (!isWide(page)) {
    // A row is chosen by holding it, and the others by touching them.
    const row = page.getByRole('listitem').filter({ hasText: names[0] ?? '' });
    await row.hover();
    await page.mouse.down();
    await page.getByRole('checkbox', { name: `Select ${names[0]}` }).waitFor();
    await page.mouse.up();
  }
  for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
}

async function fillKey(page: Page): Promise<void> {
  await press(page, 'c', 'Create key');
  const form = page.getByRole('dialog', { name: 'Create key' });
  await form.getByLabel('Name', { exact: true }).fill('invoice-matcher');
  await form.getByLabel('Spend limit').fill('250');
}

async function createKey(page: Page): Promise<void> {
  await fillKey(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
  await page.getByRole('dialog', { name: 'Save the secret of invoice-matcher' }).waitFor();
}

async function openSwitcher(page: Page): Promise<void> {
  if (isWide(page)) await press(page, 'ControlOrMeta+Shift+o');
  else await page.getByRole('button', { name: 'Fernhill, switch' }).click();
}

async function lookAsHolder(page: Page, { holderSecret }: Scene): Promise<void> {
  await waitForForms(page);
  await page.getByLabel('Key', { exact: true }).fill(holderSecret);
  await page.getByRole('button', { name: 'Show usage' }).click();
  await page.getByRole('region', { name: 'Limit' }).waitFor();
}

/** Before anybody owns the installation. */
export const SETUP_SHOT = 'setup';

export const SHOTS: readonly Shot[] = [
  { name: 'overview', path: '/demo', isWhole: true },
  { name: 'workspace-switcher', path: '/demo', prepare: openSwitcher },
  { name: 'keys', path: '/demo/keys' },
  {
    name: 'keys-selected',
    path: '/demo/keys',
    prepare: (page) => chooseKeys(page, ['search-indexer', 'support-copilot', 'checkout-api']),
  },
  { name: 'create-key', path: '/demo/keys', prepare: fillKey },
  { name: 'key-usage', path: ({ keyPage }) => keyPage(NEAR), isWhole: true },
  { name: 'key-limits', path: ({ keyPage }) => `${keyPage(NEAR)}/limits`, isWhole: true },
  { name: 'key-secrets', path: ({ keyPage }) => `${keyPage(ROTATING)}/secrets` },
  { name: 'key-events', path: ({ keyPage }) => `${keyPage(OVER)}/events` },
  { name: 'key-activity', path: ({ keyPage }) => `${keyPage(NEAR)}/activity` },
  {
    name: 'rotate-key',
    path: ({ keyPage }) => `${keyPage(NEAR)}?do=rotate`,
    prepare: (page) => page.getByRole('dialog').waitFor(),
  },
  { name: 'explore', path: '/demo/explore', isWhole: true },
  { name: 'exports', path: '/demo/exports?per=model', isWhole: true },
  { name: 'prices', path: '/demo/prices' },
  { name: 'members', path: '/demo/members' },
  { name: 'users', path: '/users' },
  { name: 'audit', path: '/demo/audit' },
  { name: 'settings', path: '/demo/settings', isWhole: true },
  { name: 'workspaces', path: '/workspaces' },
  { name: 'profile', path: '/profile', isWhole: true },
  { name: 'management-keys', path: '/demo/management-keys' },
  { name: 'command-palette', path: '/demo', prepare: (page) => search(page, 'bil', /billing-worker/) },
  { name: 'holder', path: '/k', isWhole: true, prepare: lookAsHolder },
  {
    name: 'reference',
    path: '/reference',
    prepare: (page) => page.getByText('/api/v1/usage-events').first().waitFor(),
  },
  { name: 'first-run', path: '/default' },
  { name: 'first-run-keys', path: '/default/keys' },
  { name: 'empty-keys', path: '/demo/keys?owner=legal&status=blocked' },
  { name: 'empty-explore', path: '/default/explore' },
  { name: 'empty-exports', path: '/default/exports' },
  { name: 'empty-search', path: '/demo', prepare: (page) => search(page, 'zebra', /zebra|Nothing/) },
  { name: 'unused-key', path: ({ keyPage }) => keyPage('onboarding-bot') },
  { name: 'error-missing-key', path: `/demo/keys/${'0'.repeat(64)}` },
];

/** Leaves a key behind. */
export const REVEAL_SHOT: Shot = { name: 'reveal-key', path: '/staging/keys', prepare: createKey };

/** Once the books are spoilt. */
export const SPOILT_SHOT: Shot = { name: 'error-books', path: '/demo' };
