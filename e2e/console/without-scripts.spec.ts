import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page } from '@playwright/test';
import { createMember, createOwner, expectAccessibleEverywhere, type Person, signIn } from '../fixtures/console';
import type { Product } from '../fixtures/product';
import { query } from '../fixtures/query';
import { test } from '../fixtures/test';

const secretOf = async (page: Page) =>
  /[a-z]+_(?:live|test|mgmt)_\w{33,}/.exec(
    (await page.getByRole('region', { name: 'Secret' }).textContent()) ?? '',
  )?.[0] ?? '';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
/** The last one is that of the list below 768px. */
const pressActions = (page: Page, name: string) => press(page, `Actions for ${name}`);
/** Scripts keep it until the secret is stored. */
const pressDone = (page: Page) => page.getByRole('button', { name: 'Done' }).click({ force: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name });

/** Opens a page as somebody whose browser runs no scripts. */
async function openPlain(browser: Browser, product: Product, person: Person, path: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, product, person, path);
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
  await context.close();
  const opened = await plain.newPage();
  await opened.goto(`${product.baseUrl}${path}`);
  return opened;
}

test('lists are there without scripts too', async ({ product, api, browser }) => {
  const workspace = await api.createWorkspace();
  await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  const member = await createMember(product, workspace.slug, 'admin');
  const page = await openPlain(browser, product, member, `/${workspace.slug}/keys`);
  await page.getByRole('link', { name: 'crawler' }).click();
  await expect(heading(page, 'crawler')).toBeVisible();
  await page.goto(`${product.baseUrl}/${workspace.slug}/members`);
  await expect(page.getByRole('table').getByText(member.email)).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(heading(page, 'Settings').last()).toBeVisible();
});

test('members are added, given another role and removed', async ({ product, api, browser, owner }) => {
  const workspace = await api.createWorkspace('Plain');
  const elsewhere = await api.createWorkspace();
  const guest = await createMember(product, elsewhere.slug, 'viewer');
  const page = await openPlain(browser, product, owner, `/${workspace.slug}/members`);
  const row = page.getByRole('row', { name: guest.email });
  await press(page, 'Add member');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await press(page, 'Add member');
  await page.getByLabel('Email').fill('nobody@example.com');
  await press(page, 'Add member');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue('nobody@example.com');
  await page.getByLabel('Email').fill(guest.email);
  await press(page, 'Add member');
  await expect(row).toContainText('Viewer');

  await pressActions(page, guest.email);
  await expect(page.getByRole('radio', { name: /^Viewer/ })).toBeChecked();
  await page.getByRole('radio', { name: /^Admin/ }).check();
  await press(page, 'Save role');
  await expect(row).toContainText('Admin');
  await pressActions(page, guest.email);
  const address = page.url();
  await press(page, 'Remove member');
  await expect(heading(page, 'No members besides the account’s owners')).toBeVisible();

  // Who is a member elsewhere is none here.
  expect((await page.goto(address))?.status()).toBe(404);
  await page.goto(address.replace(workspace.slug, elsewhere.slug));
  await expect(heading(page, 'Role of viewer')).toBeVisible();
  const asViewer = await openPlain(browser, product, guest, `/${elsewhere.slug}/members`);
  await expect(asViewer.getByRole('button', { name: /^Actions for/ })).toHaveCount(0);
  await asViewer.goto(page.url());
  await expect(heading(asViewer, 'Only owners change members')).toBeVisible();
  await expect(asViewer.getByRole('button', { name: 'Remove member' })).toHaveCount(0);
});

test('a price is added', async ({ product, api, browser, owner }) => {
  const workspace = await api.createWorkspace();
  const page = await openPlain(browser, product, owner, `/${workspace.slug}/prices`);
  await press(page, 'Add price');
  await page.getByText('A usage name', { exact: true }).click();
  // A list price belongs to all workspaces, so its name is this test's alone.
  const usageName = `pages-${workspace.slug}`;
  await page.getByRole('textbox', { name: 'Price', exact: true }).fill('0.25');
  await press(page, 'Add price');
  await expect(page.getByLabel('Model or usage name')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('radio', { name: /^A usage name/ })).toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Price', exact: true })).toHaveValue('0.25');
  await page.getByLabel('Model or usage name').fill(usageName);
  await press(page, 'Add price');
  await expect(page.getByRole('row', { name: usageName })).toContainText('0.25');
});

test('a management key is made, and deleted by its name', async ({ product, api, browser, owner }) => {
  const workspace = await api.createWorkspace('Plain');
  const other = await api.createWorkspace();
  const page = await openPlain(browser, product, owner, `/${workspace.slug}/management-keys`);
  await press(page, 'Create management key');
  await page.getByRole('checkbox', { name: 'keys:read' }).check();
  await press(page, 'Create key');
  await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('checkbox', { name: 'keys:read' })).toBeChecked();
  await page.getByLabel('Name').fill('ci');
  await press(page, 'Create key');
  await expect(heading(page, 'Save the secret of ci')).toBeVisible();
  const asKey = api.as(await secretOf(page));
  expect((await asKey.get('/api/v1/keys')).status).toBe(200);

  await pressDone(page);
  await expect(page).toHaveURL(`${product.baseUrl}/${workspace.slug}/management-keys?`);
  await pressActions(page, 'ci');
  const address = page.url().replace('?', '');
  for (const elsewhere of [
    address.replace(workspace.slug, other.slug),
    address.replace(/[^/]+\/delete$/, 'x/delete'),
    address.replace(/[^/]+\/delete$/, `${randomUUID()}/delete`),
  ]) {
    expect((await page.goto(elsewhere))?.status()).toBe(404);
  }
  const viewer = await createMember(product, workspace.slug, 'viewer');
  const asViewer = await openPlain(browser, product, viewer, new URL(address).pathname);
  await expect(heading(asViewer, 'Only admins and owners see management keys')).toBeVisible();

  await page.goto(address);
  await page.getByLabel('Type ci to confirm').fill('cd');
  await press(page, 'Delete management key');
  await expect(page.getByText('Type the name as it stands here.')).toBeVisible();
  await expect(page.getByLabel('Type ci to confirm')).toHaveValue('cd');
  expect((await asKey.get('/api/v1/keys')).status).toBe(200);
  await page.getByLabel('Type ci to confirm').fill('ci');
  await press(page, 'Delete management key');
  await expect(page).toHaveURL(`${product.baseUrl}/${workspace.slug}/management-keys`);
  await expect(page.getByRole('button', { name: 'Actions for ci' })).toHaveCount(0);
  expect((await asKey.get('/api/v1/keys')).status).toBe(401);
});

test('a key is made after a refused try, which keeps what was typed', async ({ product, api, browser, owner }) => {
  const workspace = await api.createWorkspace();
  const page = await openPlain(browser, product, owner, `/${workspace.slug}/keys/new`);
  await page.getByLabel('Owner').fill('search team');
  await page.getByLabel('Spend limit').fill('1,5');
  await page.getByLabel('Counted').selectOption('per week');
  await page.getByLabel('Expires').selectOption('On a day…');
  await page.getByLabel('Tags').fill('batch, eu');
  await page.getByRole('radio', { name: /^Test/ }).check();
  await press(page, 'Create key');
  await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Write the amount without commas')).toBeVisible();
  await expect(page.getByLabel('Owner')).toHaveValue('search team');
  await expect(page.getByLabel('Spend limit')).toHaveValue('1,5');
  await expect(page.getByLabel('Counted')).toHaveValue('week');
  await expect(page.getByLabel('Tags')).toHaveValue('batch, eu');
  await expect(page.getByLabel('Day')).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Test/ })).toBeChecked();
  await page.getByLabel('Name').fill('crawler');
  await page.getByLabel('Spend limit').fill('1.5');
  await page.getByLabel('Expires').selectOption('Never');
  await press(page, 'Create key');
  await expect(heading(page, 'Save the secret of crawler')).toBeVisible();
  const made = await api.as(await secretOf(page)).get('/api/v1/key');
  expect(made.body).toMatchObject({ data: { limit: 1.5, limit_reset: 'weekly' } });
});

test('a key is edited, rotated, disabled, enabled and deleted', async ({ product, api, browser, owner }) => {
  const workspace = await api.createWorkspace('Plain');
  const key = await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  const address = `${product.baseUrl}/${workspace.slug}/keys/${key.hash}`;
  const page = await openPlain(browser, product, owner, `/${workspace.slug}/keys/${key.hash}`);
  await press(page, 'Edit');
  await page.getByLabel('Spend limit').fill('12.5');
  await press(page, 'Save');
  await expect(page).toHaveURL(address);
  expect((await api.getKey(key.hash)).limit).toBe(12.5);
  await press(page, 'Rotate');
  await press(page, 'Rotate and show new secret');
  await expect(heading(page, 'Save the new secret of crawler')).toBeVisible();
  const secret = await secretOf(page);
  expect(secret).not.toBe(key.secret);
  expect((await api.as(secret).get('/api/v1/key')).status).toBe(200);
  await pressDone(page);
  await expect(page).toHaveURL(`${address}?`);
  await press(page, 'Disable');
  await press(page, 'Disable key');
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeVisible();
  expect((await api.as(secret).get('/api/v1/key')).status).not.toBe(200);
  await press(page, 'Enable');
  await page.getByRole('link', { name: 'delete it' }).click();
  await page.getByLabel('Type crawler to confirm').fill('crawlers');
  await press(page, 'Delete key');
  await expect(page.getByText('Type the name as it stands here.')).toBeVisible();
  await page.getByLabel('Type crawler to confirm').fill('crawler');
  await press(page, 'Delete key');
  await expect(page).toHaveURL(`${product.baseUrl}/${workspace.slug}/keys`);
  expect((await api.get(`/api/v1/keys/${key.hash}`)).status).toBe(404);
});

test('the overlap of a rotation is changed and ended, and a hold is given back', async ({
  product,
  api,
  browser,
  owner,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'rotated', workspace_id: workspace.id, limit: 10 });
  const statusOfOld = async () => (await api.as(key.secret).get('/api/v1/key')).status;
  const path = `/${workspace.slug}/keys/${key.hash}`;
  const page = await openPlain(browser, product, owner, `${path}/grace`);
  await expect(heading(page, 'No old secret works')).toBeVisible();
  await api.post(`/api/v1/keys/${key.hash}/rotate`, { grace_seconds: 60 });
  const viewer = await createMember(product, workspace.slug, 'viewer');
  const asViewer = await openPlain(browser, product, viewer, `${path}/grace`);
  await expect(heading(asViewer, 'Only admins change keys')).toBeVisible();

  await page.goto(`${product.baseUrl}${path}/secrets`);
  const old = page.getByRole('table', { name: 'Secrets' }).getByRole('row', { name: /Works still/ });
  await press(page, 'Change the overlap');
  await page.getByText('30 days', { exact: true }).click();
  await press(page, 'Save');
  await expect(page).toHaveURL(`${product.baseUrl}${path}/secrets`);
  expect(await statusOfOld()).toBe(200);
  const end = new Date(Date.now() + 30 * 86_400_000);
  await expect(old).toContainText(
    `${end.getUTCDate()} ${end.toLocaleString('en', { month: 'short', timeZone: 'UTC' })}`,
  );
  await press(page, 'End old secret now');
  await press(page, 'End old secret');
  await expect(page.getByRole('button', { name: 'End old secret now' })).toHaveCount(0);
  expect(await statusOfOld()).toBe(401);
  await expect(old).toHaveCount(0);

  for (const amount of [1.5, 0.25]) await api.createHold(key.hash, amount);
  const holds = (shown: Page) => shown.getByRole('table', { name: 'Open holds' });
  await asViewer.goto(`${product.baseUrl}${path}/limits`);
  await asViewer.getByRole('button', { name: 'Release hold' }).first().click({ force: true });
  await expect(asViewer.getByText(/^You are a viewer in Workspace/).first()).toBeVisible();
  await expect(holds(asViewer).getByRole('row', { name: '2 holds' })).toBeVisible();
  await page.goto(`${product.baseUrl}${path}/limits`);
  await holds(page).getByRole('row').filter({ hasText: '$1.500' }).getByRole('button').click();
  await expect(holds(page).getByRole('row', { name: '1 hold' })).toContainText('$0.250');
  expect(await api.getKey(key.hash)).toMatchObject({ held: 0.25 });
});

test('an export is cancelled, and another deleted', async ({ product, api, browser }) => {
  const workspace = await api.createWorkspace('Plain');
  await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  const exports = `/${workspace.slug}/exports`;
  const admin = await createMember(product, workspace.slug, 'admin');
  const page = await openPlain(browser, product, admin, `${exports}?format=keys`);
  // What is asked for comes before what was made.
  const preview = await page.getByRole('region', { name: 'Preview' }).boundingBox();
  const history = await page.getByRole('region', { name: 'History' }).boundingBox();
  expect(preview?.y).toBeLessThan(history?.y ?? 0);
  await press(page, 'Create export');
  const row = page.getByRole('table', { name: 'Exports' }).getByRole('row', { name: /^keys-/ });
  const expectShown = (words: string) =>
    expect(async () => {
      await page.goto(product.baseUrl + exports);
      await expect(row).toContainText(words, { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
  await expectShown('Ready');

  // Too short to be met while it is made: it is set back to where it was.
  const leased = 'lease_token = gen_random_uuid(), lease_ends_at = now() + make_interval(hours => 1)';
  const setState = (state: string) =>
    query(
      product,
      `UPDATE exports SET state = '${state}', ${state === 'done' ? 'lease_token = NULL' : leased} WHERE workspace_id = $1`,
      [workspace.id],
    );
  await setState('running');
  await expectShown('Cancel');
  const deletion = async () => {
    const [{ id } = { id: '' }] = await query(product, 'SELECT id FROM exports WHERE workspace_id = $1', [
      workspace.id,
    ]);
    return `${product.baseUrl}${exports}/${id}/delete`;
  };
  await page.goto(await deletion());
  await expect(heading(page, 'It is still being made')).toBeVisible();
  await expectShown('Cancel');
  // Finished while the page was open: then its file stays.
  await setState('done');
  await row.getByRole('button', { name: /^Cancel / }).click();
  await expect(row).toContainText('Ready');
  await setState('running');
  await expectShown('Cancel');
  await row.getByRole('button', { name: /^Cancel / }).click();
  await expect(page).toHaveURL(product.baseUrl + exports);
  await expect(row).toContainText('Cancelled');

  const other = await api.createWorkspace();
  const address = await deletion();
  const stranger = await createMember(product, other.slug, 'admin');
  const asStranger = await openPlain(browser, product, stranger, `/${other.slug}`);
  for (const elsewhere of [address, address.replace(workspace.slug, other.slug)]) {
    expect((await asStranger.goto(elsewhere))?.status()).toBe(404);
  }
  const viewer = await createMember(product, workspace.slug, 'viewer');
  const asViewer = await openPlain(browser, product, viewer, new URL(address).pathname);
  await expect(heading(asViewer, 'Exports are made by admins')).toBeVisible();

  await row.getByRole('button', { name: /^Delete / }).click();
  await expect(page.getByText(/^keys-.*and every link to it end at once/)).toBeVisible();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await row.getByRole('button', { name: /^Delete / }).click();
  await press(page, 'Delete export');
  await expect(page).toHaveURL(product.baseUrl + exports);
  await expect(page.getByText('No exports yet')).toBeVisible();
  expect((await page.goto(address))?.status()).toBe(404);
});

test('a workspace is created and deleted', async ({ product, api, browser, owner }) => {
  const page = await openPlain(browser, product, owner, '/workspaces');
  const name = `Plain ${randomUUID()}`;
  const slug = name.toLowerCase().replace(' ', '-');
  await page.getByRole('link', { name: 'Create workspace' }).first().click();
  await press(page, 'Create workspace');
  await expect(page.getByText('Enter a name.')).toBeVisible();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Address').fill('Not an address');
  await press(page, 'Create workspace');
  await expect(page.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Name')).toHaveValue(name);
  await expect(page.getByLabel('Address')).toHaveValue('Not an address');
  // Left empty, it follows the name.
  await page.getByLabel('Address').fill('');
  const zone = page.getByRole('textbox', { name: 'Time zone of charts' });
  await zone.fill('Asia/Nowhere');
  await press(page, 'Create workspace');
  await expect(zone).toHaveAttribute('aria-invalid', 'true');
  await expect(zone).toHaveValue('Asia/Nowhere');
  await zone.fill('Asia/Kolkata');
  await press(page, 'Create workspace');
  await expect(page).toHaveURL(`${product.baseUrl}/${slug}`);

  const [{ id, time_zone } = { id: null, time_zone: null }] = await query(
    product,
    'SELECT id, time_zone FROM workspaces WHERE slug = $1',
    [slug],
  );
  expect(time_zone).toBe('Asia/Kolkata');
  const key = await api.createKey({ name: 'last', workspace_id: id });
  await page.goto(`${product.baseUrl}/${slug}/settings/delete`);
  await expect(page.getByText('It still has 1 key. Delete them first.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete workspace' })).toHaveCount(0);
  await api.delete(`/api/v1/keys/${key.hash}`);
  for (const role of ['viewer', 'admin'] as const) {
    const member = await createMember(product, slug, role);
    const asMember = await openPlain(browser, product, member, `/${slug}/settings/delete`);
    await expect(heading(asMember, 'Only owners delete a workspace')).toBeVisible();
    await asMember.goto(`${product.baseUrl}/workspaces/new`);
    await expect(heading(asMember, 'Only owners of the account see this')).toBeVisible();
  }
  await page.goto(`${product.baseUrl}/default/settings/delete`);
  await expect(page.getByText('The default workspace stays')).toBeVisible();

  await page.goto(`${product.baseUrl}/${slug}/settings`);
  await press(page, 'Delete workspace');
  await page.getByLabel(`Type ${name} to confirm`).fill('Plain');
  await press(page, 'Delete workspace');
  await expect(page.getByText('Type the name as it stands here.')).toBeVisible();
  await page.getByLabel(`Type ${name} to confirm`).fill(name);
  await press(page, 'Delete workspace');
  await expect(page).not.toHaveURL(new RegExp(slug));
  expect((await page.goto(`${product.baseUrl}/${slug}`))?.status()).toBe(404);
});

test('users are created, linked, disabled and made owners', async ({ product, api, browser }) => {
  const me = await createOwner(product);
  const workspace = await api.createWorkspace(`Plain ${randomUUID()}`);
  const email = `new-${randomUUID()}@example.com`;
  const page = await openPlain(browser, product, me, '/users');
  const row = page.getByRole('row', { name: email });
  const openUser = async () => {
    await page.goto(`${product.baseUrl}/users?q=${email}`);
    await pressActions(page, email);
  };
  await press(page, 'Create user');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Workspace', { exact: true }).selectOption({ value: workspace.id });
  await page.getByLabel('Role').selectOption('Admin');
  await press(page, 'Create user');
  await expect(page.getByText('Enter a name.')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(email);
  await expect(page.getByLabel('Workspace', { exact: true })).toHaveValue(workspace.id);
  await expect(page.getByLabel('Role')).toHaveValue('admin');
  await page.getByRole('radio', { name: /^Own the account/ }).check();
  await expect(page.getByLabel('Role')).toBeHidden();
  await page.getByRole('radio', { name: /^Work in a workspace/ }).check();
  await page.getByLabel('Name').fill('Noor');
  await press(page, 'Create user');
  await expect(heading(page, `Link for ${email}`)).toBeVisible();
  const link = (await page.getByRole('region', { name: 'Link', exact: true }).textContent()) ?? '';
  await page.getByRole('link', { name: 'Done' }).click();
  const theirs = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await theirs.goto(link);
  await expect(heading(theirs, 'Welcome, Noor')).toBeVisible();

  // A newer link takes the place of the one before.
  await openUser();
  await press(page, 'Make link');
  await expect(heading(page, `Link for ${email}`)).toBeVisible();
  const newer = (await page.getByRole('region', { name: 'Link', exact: true }).textContent()) ?? '';
  await theirs.goto(link);
  await expect(heading(theirs, 'This link works no more')).toBeVisible();
  await theirs.goto(newer);
  await expect(heading(theirs, 'Welcome, Noor')).toBeVisible();

  await openUser();
  await press(page, 'Make owner');
  await page.goto(`${product.baseUrl}/users?q=${email}`);
  await expect(row).toContainText('Owner of the account');
  await openUser();
  await press(page, 'Take ownership');
  await openUser();
  await press(page, 'Disable user');
  await page.goto(`${product.baseUrl}/users?q=${email}`);
  await expect(row).toContainText('Disabled');
  await expect(row).toContainText('1 workspace');
  await openUser();
  await expect(page.getByRole('button', { name: 'Make link' })).toHaveCount(0);
  await press(page, 'Enable user');
  await page.goto(`${product.baseUrl}/users?q=${email}`);
  await expect(row).toContainText(/Active|Invited|Link expired/);
});

test('an owner of the account is made, and changes nobody’s ownership but others’', async ({
  product,
  api,
  browser,
}) => {
  const me = await createOwner(product);
  const email = `new-${randomUUID()}@example.com`;
  const page = await openPlain(browser, product, me, '/users/new');
  await page.getByLabel('Name').fill('Ona');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('radio', { name: /^Own the account/ }).check();
  await press(page, 'Create user');
  await expect(heading(page, `Link for ${email}`)).toBeVisible();
  // The workspace that stood in the hidden field does not count.
  expect(
    await query(product, 'SELECT 1 AS one FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = $1', [
      email,
    ]),
  ).toEqual([]);

  await page.goto(`${product.baseUrl}/users?q=${me.email}`);
  await pressActions(page, me.email);
  const own = page.url();
  await expect(page.getByText('This is you: another owner can do it.')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Disable user' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Take ownership' })).toHaveCount(0);
  expect((await page.goto(own.replace(/users\/.*/, `users/${randomUUID()}`)))?.status()).toBe(404);
  const workspace = await api.createWorkspace();
  const member = await createMember(product, workspace.slug, 'owner');
  const asMember = await openPlain(browser, product, member, new URL(own).pathname);
  await expect(heading(asMember, 'Only owners of the account see this')).toBeVisible();
  await asMember.goto(`${product.baseUrl}/users/new`);
  await expect(heading(asMember, 'Only owners of the account see this')).toBeVisible();
});

test('a refused name of one’s own stays in its field', async ({ product, browser }) => {
  const page = await openPlain(browser, product, await createOwner(product), '/profile');
  // More than the field takes by hand.
  await page.locator('input[name=name]').evaluate((field) => field.removeAttribute('maxlength'));
  await page.getByLabel('Name').fill('n'.repeat(101));
  await press(page, 'Save name');
  await expect(page.getByText('Use 100 characters or fewer.')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('n'.repeat(101));
});

test('the pages of these forms work with scripts as well', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace('Plain');
  const key = await api.createKey({ name: 'rotated', workspace_id: workspace.id });
  await api.post(`/api/v1/keys/${key.hash}/rotate`, { grace_seconds: 3600 });
  const guest = await createMember(product, workspace.slug, 'viewer');
  const [{ id } = { id: '' }] = await query(product, 'SELECT id FROM users WHERE email = $1', [guest.email]);
  const made = await api.createManagementKey(workspace.id, ['keys:read']);
  const base = `/${workspace.slug}`;
  await signIn(page, product, owner, `${base}/members/${id}`);
  await expectAccessibleEverywhere(page);
  await page.getByRole('radio', { name: /^Admin/ }).check();
  await press(page, 'Save role');
  await expect(page.getByRole('row', { name: guest.email })).toContainText('Admin');

  await page.goto(`${product.baseUrl}${base}/management-keys/${made.id}/delete`);
  await expectAccessibleEverywhere(page);
  const typed = page.getByLabel('Type A management key to confirm');
  await typed.fill('A key');
  await press(page, 'Delete management key');
  await expect(page.getByText('Type the name as it stands here.')).toBeVisible();
  await expect(typed).toBeFocused();
  await expect(typed).toHaveValue('A key');
  await typed.fill('A management key');
  await press(page, 'Delete management key');
  await page.waitForURL(/\/management-keys$/);
  expect((await api.as(made.secret).get('/api/v1/keys')).status).toBe(401);

  await page.goto(`${product.baseUrl}${base}/keys/${key.hash}/grace`);
  await expectAccessibleEverywhere(page);
  await press(page, 'End old secret');
  await page.waitForURL(/\/secrets$/);
  expect((await api.as(key.secret).get('/api/v1/key')).status).toBe(401);

  await page.goto(`${product.baseUrl}/users/${id}`);
  await expectAccessibleEverywhere(page);
  await press(page, 'Make link');
  await expect(heading(page, `Link for ${guest.email}`)).toBeVisible();
  await expectAccessibleEverywhere(page);
  for (const path of ['/users/new', '/workspaces/new', `${base}/settings/delete`]) {
    await page.goto(product.baseUrl + path);
    await expectAccessibleEverywhere(page);
  }

  await page.goto(`${product.baseUrl}${base}/exports?format=keys`);
  await press(page, 'Create export');
  await expect(page.getByRole('table', { name: 'Exports' })).toContainText('Ready');
  const [file] = await query(product, 'SELECT id FROM exports WHERE workspace_id = $1', [workspace.id]);
  await page.goto(`${product.baseUrl}${base}/exports/${file?.id}/delete`);
  await expectAccessibleEverywhere(page);
  await press(page, 'Delete export');
  await page.waitForURL(/\/exports$/);
  await expect(page.getByText('No exports yet')).toBeVisible();
});
