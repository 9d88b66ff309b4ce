import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { createMember, createOwner, expectAccessibleEverywhere, signIn } from '../fixtures/console';
import { test } from '../fixtures/test';

const rowOf = (page: Page, email: string) =>
  page.getByRole('table', { name: 'Members' }).getByRole('row', { name: email });

test('an owner adds somebody, who is in with the next request', async ({ page, product, api, browser }) => {
  const [mine, theirs] = [await api.createWorkspace('Mine'), await api.createWorkspace('Theirs')];
  const owner = await createMember(product, mine.slug, 'owner');
  const guest = await createMember(product, theirs.slug, 'viewer');
  await signIn(page, product, owner, `/${mine.slug}/members`);
  await page.getByRole('button', { name: 'Add member' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add member' });
  await dialog.getByLabel('Email').fill(`${randomUUID()}@example.com`);
  await dialog.getByRole('button', { name: 'Add member' }).click();
  await expect(dialog.getByText('Nobody here has this address.')).toBeVisible();
  await expectAccessibleEverywhere(page);

  await dialog.getByLabel('Email').fill(guest.email.toUpperCase());
  await dialog.getByRole('radio', { name: /Admin/ }).check();
  await dialog.getByRole('button', { name: 'Add member' }).click();
  await expect(rowOf(page, guest.email)).toContainText('Admin');
  await expectAccessibleEverywhere(page);

  const theirPage = await (await browser.newContext()).newPage();
  await signIn(theirPage, product, guest, `/${mine.slug}/management-keys`);
  await expect(theirPage.getByRole('button', { name: 'Create management key' }).first()).toBeVisible();
});

test('another role and a removal hold from the next request on', async ({ page, product, api, browser }) => {
  const workspace = await api.createWorkspace('Mine');
  const admin = await createMember(product, workspace.slug, 'admin');
  const theirPage = await (await browser.newContext()).newPage();
  await signIn(theirPage, product, admin, `/${workspace.slug}/management-keys`);
  await signIn(page, product, await createOwner(product), `/${workspace.slug}/members`);

  // The role shows at once, and is the old one again where the change does not arrive.
  await page.route('**/members', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await expect(rowOf(page, admin.email)).toContainText('Viewer');
    return route.abort();
  });
  await page.getByRole('button', { name: `Actions for ${admin.email}` }).click();
  await page.getByRole('menuitem', { name: 'Make viewer' }).click();
  await expect(page.getByText(`The role of ${admin.email} is not changed`, { exact: true })).toBeVisible();
  await expect(rowOf(page, admin.email)).toContainText('Admin');
  await page.unroute('**/members');

  await page.getByRole('button', { name: `Actions for ${admin.email}` }).click();
  await page.getByRole('menuitem', { name: 'Make viewer' }).click();
  await expect(page.getByText(`${admin.email} is viewer now`, { exact: true })).toBeVisible();
  await expect(rowOf(page, admin.email)).toContainText('Viewer');
  await theirPage.reload();
  await expect(theirPage.getByText('Only admins and owners see management keys')).toBeVisible();

  await page.getByRole('button', { name: `Actions for ${admin.email}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove member' }).click();
  await expect(page.getByRole('heading', { name: 'No members besides the account’s owners' })).toBeVisible();
  expect((await theirPage.goto(`${product.baseUrl}/${workspace.slug}/keys`))?.status()).toBe(404);
});

test('who is no owner sees the members and changes nothing', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace('Mine');
  const admin = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, admin, `/${workspace.slug}/members`);
  await expect(rowOf(page, admin.email)).toContainText('Admin');
  await expect(page.getByRole('button', { name: 'Add member' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Actions for/ })).toHaveCount(0);
});
