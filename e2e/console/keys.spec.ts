import { expect, type Locator, type Page } from '@playwright/test';
import type { Api } from '../fixtures/api';
import {
  createMember,
  expectAccessible,
  expectAccessibleEverywhere,
  holdPosts,
  type Person,
  pressUntilShown,
  signIn,
  stepTo,
} from '../fixtures/console';
import type { Product } from '../fixtures/product';
import { test as base } from '../fixtures/test';

interface Owned {
  workspace: { id: string; slug: string };
}

/** Each test has a workspace of its own. */
const test = base.extend<Owned>({
  workspace: async ({ api }, use) => use(await api.createWorkspace('Acme')),
});

const SECRET = /kl_(?:live|test)_[0-9A-Za-z]{33}/;
const table = (page: Page) => page.getByRole('table', { name: 'API keys' });
const rowOf = (page: Page, name: string) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) });

async function openKeys(page: Page, product: Product, person: Person, slug: string, query = ''): Promise<void> {
  await signIn(page, product, person, `/${slug}/keys${query}`);
  await expect(page.getByRole('heading', { name: 'Keys', level: 1 })).toBeVisible();
}

async function chooseRowAction(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** Reads the secret off the dialog, which only its own button ends. */
async function takeSecret(page: Page, dialog: Locator): Promise<string> {
  const secret = SECRET.exec((await dialog.getByRole('region', { name: 'Secret' }).textContent()) ?? '')?.[0] ?? '';
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Done' })).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByLabel(/I have stored the secret/).check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  return secret;
}

const statusOf = async (api: Api, secret: string) => (await api.as(secret).get('/api/v1/key')).status;

test('the first key is created, and its secret is copied and then gone', async ({
  page,
  product,
  api,
  owner,
  workspace,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openKeys(page, product, owner, workspace.slug);
  await expect(page.getByRole('heading', { name: 'Create your first key' })).toBeVisible();
  await expect(page.getByText(`curl ${product.baseUrl}/api/v1/usage-events`)).toBeVisible();
  await expectAccessible(page);

  const form = page.getByRole('dialog', { name: 'Create key' });
  await pressUntilShown(page, 'c', form);
  await form.getByLabel('Name').fill('invoice-matcher');
  await form.getByLabel('Owner').fill('billing');
  await page.getByRole('option', { name: 'Add owner “billing”' }).click();
  await form.getByRole('radio', { name: /Test/ }).check();
  await form.getByLabel('Spend limit').fill('0.000000001');
  await form.getByLabel('Counted').selectOption('per week');
  await form.getByLabel('Tags').fill('eu, batch, eu');
  await form.getByLabel('Expires').selectOption({ index: 2 });
  await expectAccessibleEverywhere(page);
  await page.keyboard.press('Control+Enter');

  const reveal = page.getByRole('dialog', { name: 'Save the secret of invoice-matcher' });
  await expect(reveal.getByRole('button', { name: 'Copy' })).toBeFocused();
  await expect(reveal).toContainText('$0.000000001 per week');
  await expectAccessibleEverywhere(page);
  await reveal.getByRole('button', { name: 'Copy' }).click();
  const copied = await page.evaluate('navigator.clipboard.readText()');
  const secret = await takeSecret(page, reveal);
  expect(secret).toMatch(/^kl_test_/);
  expect(copied).toBe(secret);

  await expect(rowOf(page, 'invoice-matcher')).toContainText('billing');
  await expect(rowOf(page, 'invoice-matcher')).toContainText('of $0.000000001 / wk');
  expect(await page.content()).not.toContain(secret);
  expect(page.url()).not.toContain('kl_');
  await page.reload();
  expect(await page.content()).not.toContain(secret);

  const { body } = await api.as(secret).get('/api/v1/key');
  expect(body).toMatchObject({ data: { limit: 1e-9, limit_reset: 'weekly' } });
  const listed = await api.get(`/api/v1/keys?workspace_id=${workspace.id}`);
  expect(listed.body).toMatchObject({ data: [{ owner: 'billing', tags: ['eu', 'batch'], environment: 'test' }] });
});

test('pressing Create twice makes one key', async ({ page, product, api, owner, workspace }) => {
  await openKeys(page, product, owner, workspace.slug);
  await pressUntilShown(page, 'c', page.getByRole('dialog', { name: 'Create key' }));
  await page.getByRole('dialog').getByLabel('Name').fill('only-one');
  await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).dblclick();
  await expect(page.getByRole('dialog', { name: 'Save the secret of only-one' })).toBeVisible();
  const { body } = await api.get(`/api/v1/keys?workspace_id=${workspace.id}`);
  expect(body).toMatchObject({ data: [{ name: 'only-one' }] });
});

test('a limit that cannot be read says what to enter and keeps what was typed', async ({
  page,
  product,
  owner,
  workspace,
}) => {
  await openKeys(page, product, owner, workspace.slug);
  await page.getByRole('link', { name: 'Create key' }).first().click();
  const form = page.getByRole('dialog', { name: 'Create key' });
  await form.getByLabel('Name').fill('careful');
  const limit = form.getByLabel('Spend limit');
  for (const [typed, sentence] of [
    ['1,500', 'Write the amount without commas, such as 4500 or 0.25.'],
    ['a lot', 'Enter an amount such as 400 or 0.25, or leave it empty for no limit.'],
    ['-1', 'A limit cannot be below $0. Enter 0 to refuse all spending.'],
    ['0.0000000001', 'Money has nine decimals here. Enter at most nine after the point.'],
  ] as const) {
    await limit.fill(typed);
    await form.getByRole('button', { name: 'Create key' }).click();
    await expect(form.getByText(sentence)).toBeVisible();
    await expect(limit).toBeFocused();
    await expect(limit).toHaveValue(typed);
    await expect(form.getByLabel('Name')).toHaveValue('careful');
  }
  await expectAccessible(page);
  // What was typed is not lost by a stray Escape.
  await page.keyboard.press('Escape');
  await expect(form).toBeVisible();
  await limit.fill('$12.50');
  await form.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByRole('dialog', { name: 'Save the secret of careful' })).toContainText('$12.50 per month');
});

test('the form has an address of its own', async ({ page, product, owner, workspace }) => {
  await signIn(page, product, owner, `/${workspace.slug}/keys/new`);
  await page.getByLabel('Name').fill('by-address');
  await page.getByLabel('Expires').selectOption('On a day…');
  await page.getByLabel('Day').fill('2020-02-30');
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByText('Choose the day on which the key stops working.')).toBeVisible();
  await page.getByLabel('Day').fill('2020-02-20');
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByText('The expiry must lie in the future.')).toBeVisible();
  await page.getByLabel('Expires').selectOption('Never');
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByRole('heading', { name: 'Save the secret of by-address' })).toBeVisible();
  await page.getByLabel(/I have stored the secret/).check();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(rowOf(page, 'by-address')).toBeVisible();
});

test('the form and the reveal work where no script runs', async ({
  page,
  product,
  api,
  owner,
  workspace,
  context,
  browser,
}) => {
  await openKeys(page, product, owner, workspace.slug);
  const plain = await browser.newContext({
    storageState: await context.storageState(),
    javaScriptEnabled: false,
    viewport: { width: 1280, height: 800 },
  });
  const form = await plain.newPage();
  await form.goto(`${product.baseUrl}/${workspace.slug}/keys/new`);
  await form.getByLabel('Name').fill('plain');
  await form.getByLabel('Owner').fill('billing');
  await form.getByLabel('Spend limit').fill('3.5');
  await form.getByRole('button', { name: 'Create key' }).click();
  await expect(form.getByRole('heading', { name: 'Save the secret of plain' })).toBeVisible();
  const secret = SECRET.exec((await form.getByRole('region', { name: 'Secret' }).textContent()) ?? '')?.[0] ?? '';
  await plain.close();
  expect((await api.as(secret).get('/api/v1/key')).body).toMatchObject({
    data: { limit: 3.5, limit_reset: 'monthly' },
  });
});

test('the list shows spend, the limit with what is left, and a totals row', async ({
  page,
  product,
  api,
  owner,
  workspace,
}) => {
  const limit = { limit: 350, limit_reset: 'monthly', owner: 'billing' } as const;
  const near = await api.createKey({ name: 'billing-worker', workspace_id: workspace.id, ...limit });
  const free = await api.createKey({ name: 'free', workspace_id: workspace.id });
  const over = await api.createKey({ name: 'newsletter', workspace_id: workspace.id, limit: 10 });
  await api.record(
    { key_hash: near.hash, cost_usd: '304.58', status: 200 },
    { key_hash: free.hash, cost_usd: '0.42', status: 500 },
    { key_hash: over.hash, cost_usd: '10.98', status: 200 },
  );
  await openKeys(page, product, owner, workspace.slug);
  const row = rowOf(page, 'billing-worker');
  await expect(row).toContainText('Near limit');
  await expect(row).toContainText('$304.58of $350 / mo');
  await expect(row).toContainText('$45.42 left');
  await expect(row).toContainText(/resets 1 \w+/);
  await expect(row.getByTitle(/= \$45\.42 left, resets 1 \w+( \d{4})?, 00:00 UTC$/)).toBeVisible();
  await expect(row.getByRole('meter', { name: 'Limit of billing-worker' })).toHaveAttribute('aria-valuenow', '87');
  await expect(rowOf(page, 'free')).toContainText('No limit');
  await expect(rowOf(page, 'newsletter')).toContainText('$0.98 over');
  await expect(rowOf(page, 'newsletter')).toContainText('never resets');
  await expect(rowOf(page, 'free')).toContainText('100.00%');
  await expect(table(page).getByRole('row', { name: /All 3 keys/ })).toContainText('$315.98');
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);

  await page.getByRole('link', { name: 'billing-worker' }).click();
  await expect(page.getByRole('heading', { name: 'billing-worker', level: 1 })).toBeVisible();
  await expect(page.getByRole('table', { name: 'What the limit is made of' })).toContainText('$45.420 000 000');
  await expectAccessible(page);
});

test('an edited limit counts for the very next answer', async ({ page, product, api, owner, workspace }) => {
  const key = await api.createKey({ name: 'editable', workspace_id: workspace.id, limit: 10, owner: 'search' });
  await api.record({ key_hash: key.hash, cost_usd: '4' });
  await openKeys(page, product, owner, workspace.slug);
  await chooseRowAction(page, 'editable', 'Edit');
  const sheet = page.getByRole('dialog', { name: 'Edit editable' });
  await expect(sheet.getByText('$4.00 of it is spent already.')).toBeVisible();
  await sheet.getByLabel('Name').fill('edited');
  await sheet.getByLabel('Spend limit').fill('4.999999999');
  await expectAccessibleEverywhere(page);
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('edited is saved', { exact: true })).toBeVisible();
  await expect(rowOf(page, 'edited')).toContainText('Near limit');
  await expect(rowOf(page, 'edited')).toContainText('search');
  expect(await api.getKey(key.hash)).toMatchObject({
    name: 'edited',
    limit: 4.999999999,
    limit_remaining: 0.999999999,
  });

  await chooseRowAction(page, 'edited', 'Edit');
  await page.getByLabel('Spend limit').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(rowOf(page, 'edited')).toContainText('No limit');
  expect((await api.getKey(key.hash)).limit).toBeNull();
  // Undo takes back this change alone, and is reached by keyboard.
  await page.keyboard.press('F8');
  await stepTo(page, page.getByRole('button', { name: 'Undo' }).last());
  await page.keyboard.press('Enter');
  await expect(page.getByText('edited is as it was', { exact: true })).toBeVisible();
  await expect(rowOf(page, 'edited')).toContainText('Near limit');
  expect(await api.getKey(key.hash)).toMatchObject({ name: 'edited', limit: 4.999999999 });
});

test('a disabled key is refused by the next request, until Undo', async ({ page, product, api, owner, workspace }) => {
  const key = await api.createKey({ name: 'stoppable', workspace_id: workspace.id });
  expect(await statusOf(api, key.secret)).toBe(200);
  await openKeys(page, product, owner, workspace.slug);
  await chooseRowAction(page, 'stoppable', 'Disable');
  const confirm = page.getByRole('alertdialog', { name: 'Disable stoppable' });
  await expect(confirm).toBeVisible();
  await expectAccessible(page);
  await confirm.getByRole('button', { name: 'Disable key' }).click();
  await expect(page.getByText('stoppable is disabled', { exact: true })).toBeVisible();
  expect(await statusOf(api, key.secret)).toBe(401);
  await expect(page.getByText('All keys are disabled')).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('stoppable is as it was', { exact: true })).toBeVisible();
  await expect(rowOf(page, 'stoppable')).toBeVisible();
  expect(await statusOf(api, key.secret)).toBe(200);
});

test('hidden disabled keys are counted, shown and enabled', async ({ page, product, api, owner, workspace }) => {
  const off = await api.createKey({ name: 'off', workspace_id: workspace.id });
  await api.createKey({ name: 'on', workspace_id: workspace.id });
  await api.patch(`/api/v1/keys/${off.hash}`, { disabled: true });
  await openKeys(page, product, owner, workspace.slug);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–1 of 1 key1 disabled key hidden');
  await page.getByRole('link', { name: 'Remove filter Status' }).click();
  await expect(page).toHaveURL(/disabled=shown/);
  await expect(rowOf(page, 'off')).toContainText('Disabled');
  await chooseRowAction(page, 'off', 'Enable');
  // It shows before the server has answered.
  const release = await holdPosts(page);
  await page.getByRole('button', { name: 'Enable key' }).click();
  await expect(rowOf(page, 'off')).toContainText('Active');
  expect(await statusOf(api, off.secret)).toBe(401);
  release();
  await expect(page.getByText('off is enabled', { exact: true })).toBeVisible();
  await expect(rowOf(page, 'off')).toContainText('Active');
  expect(await statusOf(api, off.secret)).toBe(200);
});

test('during the grace of a rotation both secrets work, and after another without grace only the newest', async ({
  page,
  product,
  api,
  owner,
  workspace,
}) => {
  const key = await api.createKey({ name: 'turning', workspace_id: workspace.id });
  await openKeys(page, product, owner, workspace.slug);
  await chooseRowAction(page, 'turning', 'Rotate');
  const dialog = page.getByRole('dialog', { name: 'Rotate turning' });
  await expect(dialog.getByRole('radio', { name: '24 hours' })).toBeChecked();
  await expect(dialog.getByText(/stops working on/)).toBeVisible();
  await expectAccessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Rotate and show new secret' }).click();
  const reveal = page.getByRole('dialog', { name: 'Save the new secret of turning' });
  await expect(reveal).toContainText('Works until');
  const second = await takeSecret(page, reveal);
  expect(await statusOf(api, key.secret)).toBe(200);
  expect(await statusOf(api, second)).toBe(200);
  await expect(rowOf(page, 'turning')).toContainText('Rotating');

  await chooseRowAction(page, 'turning', 'Rotate');
  await expect(dialog.getByText('This key is rotating already.')).toBeVisible();
  await dialog.getByText('Stop now').click();
  await expect(dialog.getByText(/is refused by the very next request/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Rotate and show new secret' }).click();
  const third = await takeSecret(page, reveal);
  expect(await statusOf(api, key.secret)).toBe(401);
  expect(await statusOf(api, second)).toBe(401);
  expect(await statusOf(api, third)).toBe(200);
});

test('a key is deleted after its name is typed', async ({ page, product, api, owner, workspace }) => {
  const [first, second] = [
    await api.createKey({ name: 'first', workspace_id: workspace.id }),
    await api.createKey({ name: 'second', workspace_id: workspace.id }),
  ];
  await openKeys(page, product, owner, workspace.slug);
  await chooseRowAction(page, 'first', 'Delete');
  const confirm = page.getByRole('alertdialog', { name: 'Delete first' });
  await confirm.getByRole('textbox').fill('second');
  await expect(confirm.getByRole('button', { name: 'Delete key' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  expect(await statusOf(api, first.secret)).toBe(200);
  await confirm.getByRole('textbox').fill('first');
  await expectAccessible(page);
  await confirm.getByRole('button', { name: 'Delete key' }).click();
  await expect(page.getByText('first is deleted', { exact: true })).toBeVisible();
  await expect(rowOf(page, 'first')).toHaveCount(0);
  expect(await statusOf(api, first.secret)).toBe(401);

  // From the key's own page, which ends with it.
  await page.getByRole('link', { name: 'second', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'second' })).toBeVisible();
  await chooseRowAction(page, 'second', 'Delete');
  await page.getByRole('alertdialog').getByRole('textbox').fill('second');
  await page.getByRole('button', { name: 'Delete key' }).click();
  await expect(page).toHaveURL(new RegExp(`/${workspace.slug}/keys$`));
  await expect(page.getByRole('heading', { name: 'Create your first key' })).toBeVisible();
  expect(await statusOf(api, second.secret)).toBe(401);
});

test('search, filters, order and page are in the address', async ({ page, product, api, owner, workspace }) => {
  const names = Array.from({ length: 17 }, (_, index) => `svc-${String(index + 1).padStart(2, '0')}`);
  for (const [index, name] of names.entries()) {
    const key = await api.createKey({
      name,
      workspace_id: workspace.id,
      owner: index < 2 ? 'ml' : 'search',
      environment: index === 0 ? 'test' : 'live',
      limit: 100,
    });
    await api.record({ key_hash: key.hash, cost_usd: index + 1 });
  }
  await openKeys(page, product, owner, workspace.slug);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  const firstRow = table(page).getByRole('row').nth(1);
  await expect(pages).toContainText('1–15 of 17 keys');
  await expect(firstRow).toContainText('svc-17');
  await expect(table(page).getByRole('row', { name: /All 17 keys/ })).toContainText('$153.00');
  await pages.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/\?page=2$/);
  await expect(pages).toContainText('16–17 of 17 keys');
  await expect(table(page).getByRole('row', { name: /All 17 keys/ })).toContainText('$153.00');

  await table(page).getByRole('link', { name: 'Key' }).click();
  await expect(page).toHaveURL(/\?sort=name$/);
  await expect(firstRow).toContainText('svc-01');
  await expect(page.getByRole('columnheader', { name: 'Key' })).toHaveAttribute('aria-sort', 'ascending');
  await table(page).getByRole('link', { name: 'Key' }).click();
  await expect(page).toHaveURL(/sort=name&dir=desc$/);

  await page.keyboard.press('/');
  await page.keyboard.type('svc-0');
  await expect(page).toHaveURL(/q=svc-0&sort=name&dir=desc$/);
  await expect(pages).toContainText('1–9 of 9 keys');
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('svc-0');
  await expect(firstRow).toContainText('svc-09');

  await page.getByRole('searchbox').blur();
  const filters = page.getByRole('dialog', { name: 'Filters' });
  await pressUntilShown(page, 'f', filters);
  await filters.getByRole('link', { name: /^ml/ }).click();
  await expect(pages).toContainText('1–2 of 2 keys');
  await pressUntilShown(page, 'f', filters);
  await filters.getByRole('link', { name: 'Test' }).click();
  await expect(page).toHaveURL(/env=test&owner=ml$/);
  await expect(pages).toContainText('1–1 of 1 key');
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys?q=nobody&status=blocked&sort=nonsense&page=-3`);
  await expect(page.getByRole('heading', { name: 'No keys match these filters' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(pages).toContainText('1–15 of 17 keys');
  await expect(page).toHaveURL(new RegExp(`/${workspace.slug}/keys$`));
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys?page=99`);
  await expect(pages).toContainText('16–17 of 17 keys');
});

test('a pasted secret is searched by its hint, so that no address holds it', async ({
  page,
  product,
  api,
  owner,
  workspace,
}) => {
  const key = await api.createKey({ name: 'found', workspace_id: workspace.id });
  await api.createKey({ name: 'other', workspace_id: workspace.id });
  await openKeys(page, product, owner, workspace.slug);
  await page.getByRole('searchbox').fill(key.secret);
  await expect(page).toHaveURL(/q=kl_live_/);
  expect(page.url()).not.toContain(key.secret);
  await expect(rowOf(page, 'found')).toBeVisible();
  await expect(rowOf(page, 'other')).toHaveCount(0);
});

test('the list is walked by J, K and Enter', async ({ page, product, api, owner, workspace }) => {
  await api.createKey({ name: 'older', workspace_id: workspace.id });
  await api.createKey({ name: 'newer', workspace_id: workspace.id });
  await openKeys(page, product, owner, workspace.slug);
  await expect(async () => {
    await page.keyboard.press('k');
    await expect(rowOf(page, 'newer')).toBeFocused({ timeout: 1_000 });
  }).toPass();
  for (const key of ['j', 'k', 'j', 'Enter']) await page.keyboard.press(key);
  await expect(page.getByRole('heading', { name: 'older', level: 1 })).toBeVisible();
});

test('a viewer sees the keys and changes none', async ({ page, product, api, workspace }) => {
  const key = await api.createKey({ name: 'looked-at', workspace_id: workspace.id });
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await openKeys(page, product, viewer, workspace.slug);
  const create = page.getByRole('button', { name: 'Create key' }).first();
  await create.hover();
  await expect(page.getByRole('tooltip')).toContainText('You are a viewer in Acme');
  await page.keyboard.press('c');
  await expect(page.getByRole('dialog', { name: 'Create key' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Actions for looked-at' }).click();
  await expect(page.getByRole('menuitem')).toHaveText([
    'Open',
    'Copy key id',
    'Show in the audit log',
    'Explore its usage',
  ]);
  await page.keyboard.press('Escape');
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys/new`);
  await expect(page.getByRole('heading', { name: 'Only admins create keys' })).toBeVisible();
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys/${key.hash}`);
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
});

test('a key of another workspace is not here', async ({ page, product, api, owner, workspace }) => {
  const other = await api.createWorkspace('Other');
  const key = await api.createKey({ name: 'theirs', workspace_id: other.id });
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}`);
  await expect(page.getByRole('heading', { name: 'This is not in the workspace' })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('keys are rows that open, and are sorted by a menu', async ({ page, product, api, owner, workspace }) => {
    const key = await api.createKey({ name: 'small', workspace_id: workspace.id, limit: 8, limit_reset: 'daily' });
    await api.record({ key_hash: key.hash, cost_usd: 2 });
    await openKeys(page, product, owner, workspace.slug);
    const row = page.getByRole('list', { name: 'API keys' }).getByRole('listitem');
    await expect(row).toContainText('$2.00 of $8 daily, resets');
    await expect(row).toContainText('25.0%');
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Sorted by/ }).tap();
    await page.getByRole('menuitem', { name: 'Name' }).tap();
    await expect(page).toHaveURL(/sort=name$/);
    await row.tap();
    await expect(page.getByRole('heading', { name: 'small', level: 1 })).toBeVisible();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await expectAccessible(page);
  });
});
