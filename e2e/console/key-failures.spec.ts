import { expect, type Page } from '@playwright/test';
import { createMember, expectAccessible, fillSignIn, PASSWORD, signIn } from '../fixtures/console';
import { test } from '../fixtures/test';

const editSheet = (page: Page, name: string) => page.getByRole('dialog', { name: `Edit ${name}` });

test('an edit of a key that another admin changed first is refused, and nothing of it is lost', async ({
  page,
  product,
  api,
  owner,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'contested', workspace_id: workspace.id, limit: 10 });
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const sheet = editSheet(page, 'contested');
  await sheet.getByLabel('Name').fill('mine');
  await sheet.getByLabel('Spend limit').fill('99');
  await api.patch(`/api/v1/keys/${key.hash}`, { limit: 12, name: 'theirs' });
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(sheet.getByText(/Somebody changed this key after you opened it, so nothing was saved\./)).toBeVisible();
  await expect(sheet.getByLabel('Name')).toHaveValue('mine');
  await expect(sheet.getByLabel('Spend limit')).toHaveValue('99');
  await expectAccessible(page);
  expect(await api.getKey(key.hash)).toMatchObject({ name: 'theirs', limit: 12 });

  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'theirs', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await editSheet(page, 'theirs').getByLabel('Spend limit').fill('99');
  await editSheet(page, 'theirs').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('theirs is saved', { exact: true })).toBeVisible();
  expect(await api.getKey(key.hash)).toMatchObject({ name: 'theirs', limit: 99 });

  // Undo as well takes back nothing of what somebody else did meanwhile.
  await api.patch(`/api/v1/keys/${key.hash}`, { name: 'theirs-again' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The change of theirs is not undone', { exact: true })).toBeVisible();
  await expect(page.getByText(/^The key was changed again since, so it stays as it is now\./).first()).toBeVisible();
  expect(await api.getKey(key.hash)).toMatchObject({ name: 'theirs-again', limit: 99 });
});

test('a key that was deleted meanwhile says so, whatever is done with it', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  await api.createKey({ name: 'staying', workspace_id: workspace.id });
  for (const [action, verb] of [
    ['Edit', 'Save'],
    ['Rotate', 'Rotate and show new secret'],
    ['Disable', 'Disable key'],
  ] as const) {
    const name = `vanishing-${action.toLowerCase()}`;
    const { hash } = await api.createKey({ name, workspace_id: workspace.id });
    if (action === 'Edit') await signIn(page, product, owner, `/${workspace.slug}/keys`);
    else await page.goto(`${product.baseUrl}/${workspace.slug}/keys`);
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
    const isDisable = action === 'Disable';
    const dialog = page.getByRole(isDisable ? 'alertdialog' : 'dialog', { name: `${action} ${name}` });
    await expect(dialog).toBeVisible();
    await api.delete(`/api/v1/keys/${hash}`);
    await dialog.getByRole('button', { name: verb }).click();
    // A key is shown as disabled at once, without waiting in the dialog, so a message tells.
    const place = isDisable ? page.getByRole('listitem').filter({ hasText: `${name} is not disabled` }) : dialog;
    await expect(
      place.getByText('This key is gone: somebody deleted it. Nothing was saved. Go back to the keys.'),
    ).toBeVisible();
    if (!isDisable) await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toHaveCount(0);
  }
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys`);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–1 of 1 key');
});

test('who was an admin when the page came and is a viewer now changes nothing, and is told', async ({
  page,
  product,
  api,
  owner,
  browser,
}) => {
  const workspace = await api.createWorkspace('Acme');
  const key = await api.createKey({ name: 'guarded', workspace_id: workspace.id, limit: 10 });
  const admin = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, admin, `/${workspace.slug}/keys/${key.hash}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await editSheet(page, 'guarded').getByLabel('Spend limit').fill('1000000');

  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, product, owner, `/${workspace.slug}/members`);
  await other.getByRole('button', { name: `Actions for ${admin.email}` }).click();
  await other.getByRole('menuitem', { name: 'Make viewer' }).click();
  await expect(other.getByText(`${admin.email} is viewer now`, { exact: true })).toBeVisible();
  await context.close();

  await editSheet(page, 'guarded').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Your role in this workspace does not allow this.')).toBeVisible();
  expect((await api.getKey(key.hash)).limit).toBe(10);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveAttribute('aria-disabled', 'true');
});

test('a session that ended while a form was filled in keeps what was typed, and goes on after signing in', async ({
  page,
  product,
  api,
  owner,
  context,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'patient', workspace_id: workspace.id });
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const sheet = editSheet(page, 'patient');
  await sheet.getByLabel('Spend limit').fill('7.25');
  await context.clearCookies();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(
    sheet.getByText('You are signed out, so nothing was saved. Sign in again, then repeat this.'),
  ).toBeVisible();
  await expect(
    page.getByText('Sign in to come back to this page. Or sign in in another tab: what you typed stays here.', {
      exact: true,
    }),
  ).toBeVisible();
  await expect(sheet.getByLabel('Spend limit')).toHaveValue('7.25');
  expect((await api.getKey(key.hash)).limit).toBeNull();

  const tab = await context.newPage();
  await tab.goto(`${product.baseUrl}/sign-in`);
  await fillSignIn(tab, owner.email, PASSWORD);
  await tab.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await tab.close();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('patient is saved', { exact: true })).toBeVisible();
  expect((await api.getKey(key.hash)).limit).toBe(7.25);

  // Without a form there is nothing to lose: the reader signs in and comes back to the same tab of the key.
  await context.clearCookies();
  await page.getByRole('link', { name: 'Secrets' }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillSignIn(page, owner.email, PASSWORD);
  await expect(page).toHaveURL(`${product.baseUrl}/${workspace.slug}/keys/${key.hash}/secrets`);
});
