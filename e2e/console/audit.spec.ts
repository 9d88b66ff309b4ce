import { expect, type Page } from '@playwright/test';
import {
  createMember,
  createOwner,
  expectAccessible,
  expectAccessibleEverywhere,
  leaveByEscape,
  PASSWORD,
  signIn,
} from '../fixtures/console';
import { query } from '../fixtures/query';
import { test } from '../fixtures/test';

const log = (page: Page) => page.getByRole('table', { name: 'Audit log' });
const entries = (page: Page) => log(page).locator('tbody tr');

test('a key leads to what was done to it, each with what it was before', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'billing-worker', workspace_id: workspace.id, limit: 5 });
  await api.createKey({ name: 'another-key', workspace_id: workspace.id });
  await api.patch(`/api/v1/keys/${key.hash}`, { limit: 12.5, name: 'billing' });
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await page.getByRole('button', { name: 'Actions for billing' }).click();
  await page.getByRole('menuitem', { name: 'Show in the audit log' }).click();

  await expect(entries(page)).toHaveCount(2);
  await expect(page.getByText('Subject', { exact: true }).first()).toBeVisible();
  await expect(entries(page).first()).toContainText('Name billing-worker → billing, Limit $5 → $12.50');
  await expectAccessibleEverywhere(page);
  await page.getByRole('link', { name: 'Changed key' }).click();
  const sheet = page.getByRole('dialog', { name: 'Changed key' });
  await expect(sheet.getByRole('row', { name: 'Limit' })).toContainText('$5$12.50');
  await expect(sheet.getByText('Management key', { exact: true })).toBeVisible();
  await expectAccessibleEverywhere(page);

  // The address holds what is open.
  await page.reload();
  await expect(sheet).toBeVisible();
  await leaveByEscape(sheet);
  await expect(page).not.toHaveURL(/entry=/);
  await page.getByRole('link', { name: 'Remove filter Subject' }).click();
  await expect(log(page)).toContainText('another-key');
});

test('the log is filtered by who, what and when, and the address keeps it', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  await api.createKey({ name: 'by-the-api', workspace_id: workspace.id });
  const owner = await createOwner(product);
  await signIn(page, product, owner, `/${workspace.slug}/management-keys`);
  await page.getByRole('button', { name: 'Create management key' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('made-by-hand');
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByLabel(/I have stored the secret/).check();
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(entries(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'Add filter' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: owner.email }).click();
  await expect(entries(page)).toHaveCount(1);
  await expect(entries(page)).toContainText('Created management key');
  await page.keyboard.press('f');
  await page.getByRole('link', { name: 'Created key', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
  await expectAccessibleEverywhere(page);

  await page.getByRole('link', { name: 'Remove filter Who' }).click();
  await expect(entries(page)).toHaveCount(1);
  await expect(entries(page)).toContainText('by-the-api');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByLabel('To', { exact: true }).fill('2026-01-31');
  await page.getByRole('button', { name: 'Show these days' }).click();
  await expect(page).toHaveURL(/action=key.create&from=&to=2026-01-31/);
  await expect(page.getByText('until 31 Jan 2026')).toBeVisible();
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(entries(page)).toHaveCount(3);
  await page.getByRole('searchbox', { name: 'Name of the subject' }).fill('HAND');
  await expect(entries(page)).toHaveCount(1);
});

test('the log is paged from entry to entry', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  for (let index = 0; index < 54; index += 1) {
    await api.createKey({ name: `key-${String(index).padStart(2, '0')}`, workspace_id: workspace.id });
  }
  await signIn(page, product, await createOwner(product), `/${workspace.slug}/audit`);
  await expect(entries(page)).toHaveCount(50);
  await expect(page.getByText('55 entries')).toBeVisible();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(entries(page)).toHaveCount(5);
  await expect(log(page)).toContainText('Created workspace');
  await api.createKey({ name: 'meanwhile', workspace_id: workspace.id });
  await page.getByRole('link', { name: 'Previous page' }).click();
  await expect(entries(page)).toHaveCount(50);
  await expect(entries(page).first()).toContainText('key-53');
  await page.getByRole('link', { name: 'Previous page' }).click();
  await expect(entries(page).first()).toContainText('meanwhile');
});

test('the log of the account is for owners of the account', async ({ page, product, api, browser }) => {
  const workspace = await api.createWorkspace();
  const owner = { email: `owner-${workspace.slug}@example.com` };
  product.run(['user', 'create', '--email', owner.email, '--name', 'Owner', '--owner'], `${PASSWORD}\n`);
  await signIn(page, product, owner, `/${workspace.slug}/audit`);
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await expect(entries(page).first()).toContainText('Created user');
  await expect(entries(page).first()).toContainText(owner.email);
  const theirs = await (await browser.newContext()).newPage();
  await signIn(
    theirs,
    product,
    await createMember(product, workspace.slug, 'owner'),
    `/${workspace.slug}/audit?scope=account`,
  );
  await expect(theirs.getByRole('table', { name: 'Audit log' })).not.toContainText(owner.email);
  await expect(theirs.getByRole('link', { name: 'Account', exact: true })).toHaveCount(0);
});

test('an entry of another workspace is not shown', async ({ page, product, api }) => {
  const [mine, other] = [await api.createWorkspace(), await api.createWorkspace()];
  await api.createKey({ name: 'their-key', workspace_id: other.id });
  const owner = await createOwner(product);
  await signIn(page, product, owner, `/${other.slug}/audit`);
  await page.getByRole('link', { name: 'Created key' }).click();
  const id = new URL(page.url()).searchParams.get('entry');
  await page.goto(`${product.baseUrl}/${mine.slug}/audit?entry=${id}`);
  await expect(log(page)).toBeVisible();
  await expect(page.getByText('their-key')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('for ten minutes a change is undone from its entry, unless somebody changed the key since', async ({
  page,
  product,
  api,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'crawler', workspace_id: workspace.id, limit: 5 });
  await api.patch(`/api/v1/keys/${key.hash}`, { limit: 12 });
  await api.patch(`/api/v1/keys/${key.hash}`, { limit: 50 });
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/audit`);
  await entries(page).first().getByRole('link', { name: 'Changed key' }).click();
  const sheet = page.getByRole('dialog', { name: 'Changed key' });
  await expect(sheet.getByRole('button', { name: 'Undo' })).toHaveAttribute('aria-disabled', 'true');

  await page.context().clearCookies();
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}/audit`);
  await entries(page).nth(1).getByRole('link', { name: 'Changed key' }).click();
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The change of crawler is not undone', { exact: true })).toBeVisible();
  expect((await api.getKey(key.hash)).limit).toBe(50);
  await leaveByEscape(sheet);

  await entries(page).first().getByRole('link', { name: 'Changed key' }).click();
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('crawler is as it was', { exact: true })).toBeVisible();
  await expect(sheet).toHaveCount(0);
  await expect(entries(page)).toHaveCount(5);
  await expect(entries(page).first()).toContainText('Limit $50 → $12');
  expect((await api.getKey(key.hash)).limit).toBe(12);

  await query(product, "UPDATE audit_entries SET at = at - interval '11 minutes' WHERE subject_id = $1", [key.hash]);
  await page.reload();
  await entries(page).first().getByRole('link', { name: 'Changed key' }).click();
  await expect(sheet.getByRole('row', { name: 'Limit' })).toBeVisible();
  await expect(sheet.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});
