import { expect, type Page } from '@playwright/test';
import {
  createMember,
  expectAccessible,
  expectAccessibleEverywhere,
  leaveByEscape,
  pressUntilShown,
  signIn,
} from '../fixtures/console';
import { test } from '../fixtures/test';

const field = (page: Page) => page.getByRole('combobox', { name: 'Search or jump to' });
const chosen = (page: Page) => page.getByRole('option', { selected: true });
const open = (page: Page) => pressUntilShown(page, 'Control+k', field(page));
test('a key is found and opened by keyboard alone, and is at hand afterwards', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace('Fernhill');
  const other = await api.createWorkspace('Elsewhere');
  const key = await api.createKey({ name: 'billing-worker', owner: 'billing', workspace_id: workspace.id });
  await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  await api.createKey({ name: 'billing-elsewhere', workspace_id: other.id });
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await open(page);
  await expect(field(page)).toBeFocused();
  await expectAccessibleEverywhere(page);
  await page.keyboard.type('bill');
  await expect(page.getByRole('option', { name: 'billing-worker' })).toContainText('Active');
  await expect(page.getByRole('option', { name: 'billing-elsewhere' })).toHaveCount(0);
  await expect(chosen(page)).toContainText('billing-worker');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}/keys/${key.hash}`);
  await expect(field(page)).toHaveCount(0);

  await open(page);
  await expect(chosen(page)).toContainText('billing-worker');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveCount(0);
  // A pasted secret is looked for by its hint, and stands nowhere.
  await open(page);
  await field(page).fill(key.secret);
  await expect(page.getByRole('option', { name: 'billing-worker' })).toBeVisible();
  expect(await field(page).inputValue()).not.toBe(key.secret);
  await field(page).fill('no such thing');
  await expect(page.getByText('Nothing is called “no such thing”.')).toBeVisible();
});

test('saved views and owners are found beside keys, which tell what they spent of their limit', async ({
  page,
  product,
  api,
}) => {
  const workspace = await api.createWorkspace('Fernhill');
  const limited = { workspace_id: workspace.id, limit: 350, limit_reset: 'monthly' } as const;
  const key = await api.createKey({ name: 'billing-worker', owner: 'billing', ...limited });
  await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  await api.record({ key: key.secret, cost_usd: '304.58' });
  await signIn(
    page,
    product,
    await createMember(product, workspace.slug, 'admin'),
    `/${workspace.slug}/explore?by=model`,
  );
  await page.getByRole('button', { name: 'Save view' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Billing by model');
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
  await page.waitForURL(/view=/);
  const view = page.url();
  await page.goto(`${product.baseUrl}/${workspace.slug}/audit`);

  await open(page);
  await page.keyboard.type('bill');
  await expect(page.getByRole('option', { name: 'billing-worker' })).toContainText('Near limit$304.58 of $350 / mo');
  const found = page.getByRole('group', { name: 'Views and owners' }).getByRole('option');
  await expect(found).toContainText([
    /Billing by model.*View in Explore/,
    /billing.*owner.*1 key, \$304\.58 this month/,
  ]);
  await expectAccessibleEverywhere(page);
  await found.nth(1).click();
  await page.waitForURL(`**/${workspace.slug}/keys?owner=billing`);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–1 of 1 key');

  await open(page);
  await page.keyboard.type('by model');
  await expect(chosen(page)).toContainText('Billing by model');
  await page.keyboard.press('Enter');
  await page.waitForURL(view);
});

test('what can be done with a key is a step further, by keyboard alone', async ({ page, product, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: product.baseUrl });
  const workspace = await api.createWorkspace('Fernhill');
  const key = await api.createKey({ name: 'billing-worker', workspace_id: workspace.id });
  await api.createKey({ name: 'billing-mailer', workspace_id: workspace.id });
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}/keys`);
  const actions = page.getByRole('combobox', { name: 'Actions on billing-worker' });
  const stepIn = async (press: string) => {
    await open(page);
    await page.keyboard.type('billing');
    await expect(page.getByRole('option', { name: /^billing-/ })).toHaveCount(2);
    while (!(await chosen(page).textContent())?.includes('billing-worker')) await page.keyboard.press('ArrowDown');
    await page.keyboard.press(press);
    await expect(actions).toBeFocused();
  };
  await stepIn('Tab');
  await expect(page.getByRole('option')).toContainText([
    'Open',
    'Copy key id',
    'Explore its usage',
    'Show its events',
    'Show its limits',
    'Show its secrets',
    'Show in the audit log',
    'Export its usage',
    'Edit',
    'Set limit',
    'Rotate',
    'Disable',
    'Delete',
  ]);
  await expectAccessibleEverywhere(page);
  await page.keyboard.type('no such thing');
  await expect(page.getByText('No action is called “no such thing”.')).toBeVisible();
  for (const _ of 'no such thing') await page.keyboard.press('Backspace');
  // Before anything that was typed, Backspace leads back to the key that was chosen.
  await page.keyboard.press('Backspace');
  await expect(field(page)).toHaveValue('billing');
  await expect(field(page)).toBeFocused();
  await expect(chosen(page)).toContainText('billing-worker');
  await page.keyboard.press('ArrowRight');
  await expect(actions).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(field(page)).toHaveValue('billing');
  // Within what was typed the arrows move as ever.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('copy');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Key id copied', { exact: true })).toBeVisible();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key.hash);

  await stepIn('Tab');
  await page.keyboard.type('disable');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}/keys/${key.hash}`);
  const disable = page.getByRole('alertdialog', { name: 'Disable billing-worker' });
  await disable.getByRole('button', { name: 'Disable key' }).press('Enter');
  await expect(page.getByText('billing-worker is disabled', { exact: true })).toBeVisible();
  await page.reload();
  await expect(disable).toHaveCount(0);

  // Now the other way, and on the page that is open already.
  await stepIn('Tab');
  await expect(page.getByRole('option', { name: 'Disable' })).toHaveCount(0);
  await page.keyboard.type('enable');
  await page.keyboard.press('Enter');
  await page
    .getByRole('alertdialog', { name: 'Enable billing-worker' })
    .getByRole('button', { name: 'Enable key' })
    .press('Enter');
  await expect(page.getByText('billing-worker is enabled', { exact: true })).toBeVisible();
  await stepIn('Tab');
  await page.keyboard.type('set limit');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}/keys/${key.hash}/limits`);
  await leaveByEscape(page.getByRole('dialog', { name: 'Edit billing-worker' }));
  await stepIn('Tab');
  await page.keyboard.type('rotate');
  await page.keyboard.press('Enter');
  await leaveByEscape(page.getByRole('dialog', { name: 'Rotate billing-worker' }));
  await stepIn('Tab');
  await page.keyboard.type('explore');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}/explore?**key=${key.hash}**`);
});

test('a viewer finds only what reads, also of a key that was opened before', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace('Fernhill');
  const key = await api.createKey({ name: 'billing-worker', workspace_id: workspace.id });
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await open(page);
  await page.keyboard.type('billing');
  await page.getByRole('option', { name: 'billing-worker' }).locator('[data-step-into]').click();
  await expect(page.getByRole('combobox', { name: 'Actions on billing-worker' })).toBeFocused();
  for (const action of ['Rotate', 'Disable', 'Edit', 'Delete', 'Set limit', 'Export its usage']) {
    await expect(page.getByRole('option', { name: action })).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Back to all results' }).click();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}/keys/${key.hash}`);
  // An address that asks for more opens nothing.
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys/${key.hash}?do=rotate`);
  await page.waitForURL(`**/${workspace.slug}/keys/${key.hash}`);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await open(page);
  await expect(chosen(page)).toContainText('billing-worker');
  await page.keyboard.press('Tab');
  await page.keyboard.type('events');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}/keys/${key.hash}/events`);
});

test('places, workspaces and actions are reached, as far as the user may', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace('Fernhill');
  const name = `Other ${Date.now()}`;
  const other = await api.createWorkspace(name);
  await signIn(page, product, owner, `/${workspace.slug}/keys`);
  await open(page);
  await page.keyboard.type('dark');
  await expect(chosen(page)).toContainText('Use the dark theme');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await open(page);
  await page.keyboard.type('audit');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}/audit`);
  await open(page);
  await page.keyboard.type('Create key');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}/keys/new`);
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys`);
  await open(page);
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${other.slug}`);
  await open(page);
  await page.keyboard.type('sign out');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/sign-in');
  expect(await page.evaluate('sessionStorage.length')).toBe(0);

  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await open(page);
  await field(page).fill('create');
  await expect(page.getByRole('option', { name: /^Create/ })).toHaveCount(0);
});

test('the help lists the shortcuts that there are, and they do what it says', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace('Fernhill');
  await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}/keys`);
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await pressUntilShown(page, '?', help);
  await expectAccessibleEverywhere(page);
  const ofPage = help.getByRole('region', { name: 'On this page' });
  await expect(ofPage.getByRole('term')).toHaveText([
    'Create what the page lists',
    'Search the list',
    'Add a filter',
    'Next row',
    'Previous row',
    'Open the row',
    'Select the row',
    'Clear the selection',
  ]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox').first()).toBeFocused();
  // Typed into a field, letters are letters.
  await page.keyboard.type('g');
  await page.keyboard.type('o');
  await expect(page.getByRole('searchbox').first()).toHaveValue('go');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.waitForURL(`**/${workspace.slug}/settings`);
  await pressUntilShown(page, '?', help);
  await expect(ofPage).toHaveCount(0);
  const letters = await help
    .getByRole('region', { name: /^Go to/ })
    .getByRole('definition')
    .allTextContents();
  await page.keyboard.press('Escape');
  for (const letter of letters) {
    const start = `${product.baseUrl}/${workspace.slug}/${letter === 'GS' ? 'members' : 'settings'}`;
    await page.goto(start);
    await expect(async () => {
      await page.keyboard.press('g');
      await page.keyboard.press(letter.slice(1).toLowerCase());
      await page.waitForURL((url) => url.href !== start, { timeout: 2_000 });
    }).toPass();
  }
});

test('on a phone the palette is behind a button of the bar, and behind More', async ({ page, product, api }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const workspace = await api.createWorkspace('Fernhill');
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  const search = page.getByRole('button', { name: 'Search or jump to' });
  await expect(async () => {
    await search.click();
    await expect(field(page)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveCount(0);
  await expect(async () => {
    await page.getByRole('button', { name: 'More' }).click();
    await expect(page.getByRole('dialog', { name: 'More' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await search.click();
  await expect(field(page)).toBeFocused();
  await field(page).fill('settings');
  await page.getByRole('option', { name: 'Settings' }).click();
  await page.waitForURL(`**/${workspace.slug}/settings`);
});
