import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import {
  createMember,
  expectAccessible,
  expectAccessibleEverywhere,
  pressUntilShown,
  signIn,
} from '../fixtures/console';
import { test } from '../fixtures/test';

const createDialog = (page: Page) => page.getByRole('dialog', { name: 'Create management key' });
const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Management keys' }).getByRole('row', { name });

/** Reads the secret off the dialog, confirms that it is stored, and closes it. */
async function takeSecret(page: Page, name: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: `Save the secret of ${name}` });
  const secret = /kl_mgmt_[0-9A-Za-z]{33}/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await dialog.getByLabel(/I have stored the secret/).check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
  return secret;
}

test('an owner makes a management key that works at once, and sees its secret once', async ({
  page,
  product,
  api,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const workspace = await api.createWorkspace();
  const owner = await createMember(product, workspace.slug, 'owner');
  await signIn(page, product, owner, `/${workspace.slug}/management-keys`);
  await expect(page.getByRole('heading', { name: 'No management keys yet' })).toBeVisible();
  await expectAccessibleEverywhere(page);

  // From the button that goes away with the empty state: the secret must outlive it.
  await page.getByRole('button', { name: 'Create management key' }).last().click();
  await createDialog(page).getByLabel('Name').fill('billing-worker');
  await createDialog(page).getByLabel('keys:read').check();
  await createDialog(page).getByLabel('Expires').selectOption('In 30 days');
  await expectAccessibleEverywhere(page);
  await page.keyboard.press('Control+Enter');

  const copy = page.getByRole('button', { name: 'Copy' });
  await expect(copy).toBeFocused();
  await expectAccessible(page);
  await copy.click();
  const copied = await page.evaluate('navigator.clipboard.readText()');
  const secret = await takeSecret(page, 'billing-worker');
  expect(copied).toBe(secret);
  expect(await page.content()).not.toContain(secret);

  const row = rowOf(page, 'billing-worker');
  await expect(row).toContainText('keys:read, usage:write');
  const asKey = api.as(secret);
  expect((await asKey.get('/api/v1/keys')).status).toBe(200);
  expect((await asKey.post('/api/v1/keys', { name: 'x' })).status).toBe(403);
  await page.reload();
  await expect(row).toContainText('Just now');
  await expectAccessibleEverywhere(page);
  expect(await page.content()).not.toContain(secret);
});

test('a key without a name or a scope is not made, and says why', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  await signIn(page, product, owner, `/${workspace.slug}/management-keys`);
  await pressUntilShown(page, 'c', createDialog(page));
  await createDialog(page).getByLabel('usage:write').uncheck();
  await createDialog(page).getByRole('button', { name: 'Create key' }).click();
  await expect(createDialog(page).getByText('Enter a name.')).toBeVisible();
  await expect(createDialog(page).getByText('Choose at least one.')).toBeVisible();
  await expectAccessible(page);
});

test('an owner of the account makes a key of the whole account', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const name = `everywhere-${randomUUID()}`;
  await signIn(page, product, owner, `/${workspace.slug}/management-keys`);
  await page.getByRole('button', { name: 'Create management key' }).first().click();
  await createDialog(page).getByLabel('Name').fill(name);
  await createDialog(page)
    .getByRole('radio', { name: /Whole account/ })
    .check();
  await createDialog(page).getByLabel('keys:read').check();
  await createDialog(page).getByRole('button', { name: 'Create key' }).click();
  const secret = await takeSecret(page, name);
  await expect(rowOf(page, name)).toContainText('Whole account');
  expect((await api.as(secret).get('/api/v1/workspaces/default')).status).toBe(200);
});

test('a key that is deleted is refused by the very next request', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const made = await api.createManagementKey(workspace.id, ['keys:read']);
  await signIn(page, product, owner, `/${workspace.slug}/management-keys`);
  await page.getByRole('button', { name: 'Actions for A management key' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete A management key' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  const button = dialog.getByRole('button', { name: 'Delete management key' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox').fill('A management key');
  await button.click();
  await expect(page.getByText('A management key deleted', { exact: true })).toBeVisible();
  await expect(rowOf(page, 'A management key')).toHaveCount(0);
  expect((await api.as(made.secret).get('/api/v1/keys')).status).toBe(401);
});

test('keys of another workspace are not shown', async ({ page, product, api, owner }) => {
  const [mine, other] = [await api.createWorkspace(), await api.createWorkspace()];
  await api.createManagementKey(other.id);
  await signIn(page, product, owner, `/${mine.slug}/management-keys`);
  await expect(page.getByRole('heading', { name: 'Management keys', exact: true })).toBeVisible();
  await expect(rowOf(page, 'A management key')).toHaveCount(0);
});

test('a viewer is told that management keys are not for viewers', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  await api.createManagementKey(workspace.id);
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/management-keys`);
  await expect(page.getByText('Only admins and owners see management keys')).toBeVisible();
  await expect(page.getByText('A management key')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Management keys' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Create management key' })).toHaveCount(0);
});

test('an admin gives on what an admin has, in the workspace alone', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const admin = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, admin, `/${workspace.slug}/management-keys`);
  await page.getByRole('button', { name: 'Create management key' }).first().click();
  await expect(createDialog(page).getByLabel('keys:write')).toBeVisible();
  await expect(createDialog(page).getByLabel('workspaces:write')).toHaveCount(0);
  await expect(createDialog(page).getByRole('radio')).toHaveCount(0);
});
