import { expect } from '@playwright/test';
import {
  createMember,
  createOwner,
  expectAccessible,
  expectAccessibleEverywhere,
  fillSignIn,
  PASSWORD,
  signIn,
  waitForForms,
} from '../fixtures/console';
import { test } from '../fixtures/test';

const NEW_PASSWORD = 'another good password';

test('an owner creates a user, who sets the password by the link and is in', async ({
  page,
  product,
  api,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const workspace = await api.createWorkspace(`Team ${Date.now()}`);
  const email = `new-${Date.now()}@example.com`;
  await signIn(page, product, await createOwner(product), '/users');
  await waitForForms(page);
  await expectAccessibleEverywhere(page);
  await page.getByRole('button', { name: 'Create user' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create user' });
  await dialog.getByLabel('Email').fill('nobody');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(dialog.getByText('Enter an email address, such as')).toBeVisible();
  await dialog.getByLabel('Name').fill('Noor');
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByLabel('Workspace', { exact: true }).selectOption({ value: workspace.id });
  await dialog.getByLabel('Role').selectOption('Admin');
  await expectAccessibleEverywhere(page);
  await dialog.getByRole('button', { name: 'Create user' }).click();
  const link = page.getByRole('dialog', { name: `Link for ${email}` });
  await expect(link).toBeVisible();
  await expectAccessible(page);
  await link.getByRole('button', { name: 'Copy' }).click();
  const url = String(await page.evaluate('navigator.clipboard.readText()'));
  await link.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('table', { name: 'Users' }).getByRole('row', { name: email });
  await page.getByRole('searchbox', { name: 'Name or email' }).fill(email);
  await expect(row).toContainText('Invited');
  expect(await page.content()).not.toContain(new URL(url).searchParams.get('token'));

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(url);
  await expect(theirs.getByRole('heading', { name: 'Welcome, Noor' })).toBeVisible();
  await expectAccessibleEverywhere(theirs);
  await waitForForms(theirs);
  await theirs.getByLabel('Password', { exact: true }).fill('short');
  await theirs.getByRole('button', { name: 'Set password' }).click();
  await expect(theirs.getByText('Use 12 characters or more')).toBeVisible();
  await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Set password' }).click();
  await theirs.waitForURL(`**/${workspace.slug}`);
  await expect(
    theirs.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Management keys' }),
  ).toBeVisible();

  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'This link works no more' })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${product.baseUrl}/users?q=${email}`);
  await expect(row).toContainText('Active');
  await waitForForms(page);
  await page.getByRole('button', { name: `Actions for ${email}` }).click();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Disable user' }).click();
  await expect(row).toContainText('Disabled');
  await theirs.goto(`${product.baseUrl}/${workspace.slug}/keys`);
  await theirs.waitForURL('**/sign-in?**');
  await fillSignIn(theirs, email, PASSWORD);
  await expect(theirs.getByText('Email and password do not match.')).toBeVisible();
  await page.getByRole('button', { name: `Actions for ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Enable' }).click();
  await page.getByRole('button', { name: 'Enable user' }).click();
  await expect(row).toContainText('Active');
  await fillSignIn(theirs, email, PASSWORD);
  await theirs.waitForURL(`**/${workspace.slug}/keys`);
});

test('a link replaces a forgotten password without scripts, and owners do not change themselves', async ({
  page,
  product,
  browser,
}) => {
  const [owner, other] = [await createOwner(product), await createOwner(product)];
  await signIn(page, product, owner, `/users?q=${owner.email}`);
  await waitForForms(page);
  await page.getByRole('button', { name: `Actions for ${owner.email}` }).click();
  await expect(page.getByRole('menuitem', { name: /^Disable/ })).toHaveAttribute('aria-disabled', 'true');
  await page.goto(`${product.baseUrl}/users?q=${other.email}`);
  await waitForForms(page);
  await page.getByRole('button', { name: `Actions for ${other.email}` }).click();
  await page.getByRole('menuitem', { name: 'Make link for a new password' }).click();
  await page.getByRole('button', { name: 'Make link' }).click();
  const url = (await page.getByRole('region', { name: 'Link' }).textContent()) ?? '';
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(url);
  await expect(plain.getByRole('heading', { name: 'Set a new password' })).toBeVisible();
  await plain.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
  await plain.getByRole('button', { name: 'Set password' }).click();
  await expect(plain.getByRole('heading', { name: 'Your password is set' })).toBeVisible();
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(`${product.baseUrl}/sign-in`);
  await fillSignIn(theirs, other.email, NEW_PASSWORD);
  await theirs.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
});

test('users are for owners of the account', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  await signIn(page, product, await createMember(product, workspace.slug, 'owner'), '/users');
  await expect(page.getByRole('heading', { name: 'Only owners of the account see this' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Users' })).toHaveCount(0);
});
