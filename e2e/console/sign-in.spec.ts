import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import {
  createMember,
  createOwner,
  expectAccessible,
  expectAccessibleEverywhere,
  fillSignIn,
  holdScripts,
  PASSWORD,
  pressUntilShown,
  signInByForm,
  waitForForms,
} from '../fixtures/console';
import { query } from '../fixtures/query';
import { test } from '../fixtures/test';

test('a person signs in by keyboard alone, and out again', async ({ page, product }) => {
  const owner = await createOwner(product);
  await page.goto(`${product.baseUrl}/sign-in`);
  await expectAccessibleEverywhere(page);
  await page.reload();
  await waitForForms(page);
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.keyboard.type(owner.email.toUpperCase());
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/default');

  await page.getByRole('button', { name: owner.email }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.goto(`${product.baseUrl}/default/management-keys`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('without scripts a person signs in to the page asked for, and guesses stay bounded', async ({
  product,
  browser,
}) => {
  const owner = await createOwner(product);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${product.baseUrl}/default/management-keys?offset=0`);
  const post = async (password: string) => {
    await page.getByLabel('Email').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await post('not the password');
  await expect(page.getByText('Email and password do not match.')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(owner.email);
  expect(await page.content()).not.toContain('not the password');
  await post(PASSWORD);
  await page.waitForURL('**/default/management-keys?offset=0');
  await expect(page.getByRole('heading', { name: 'Management keys' })).toBeVisible();

  await context.clearCookies();
  await page.goto(`${product.baseUrl}/sign-in?next=${encodeURIComponent('//evil.example/')}`);
  await query(
    product,
    `INSERT INTO sign_in_throttles (subject, failures, started_at) VALUES ($1, 10, now())
     ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, started_at = excluded.started_at`,
    [`email:${owner.email}`],
  );
  await post(PASSWORD);
  await expect(page.getByText(/Too many failed tries\. Try again in 1[45] minutes\./)).toBeVisible();
  await query(product, 'DELETE FROM sign_in_throttles WHERE subject = $1', [`email:${owner.email}`]);
  await page.setExtraHTTPHeaders({ origin: 'https://evil.example' });
  await post(PASSWORD);
  expect(await context.cookies()).toEqual([]);
  await page.setExtraHTTPHeaders({});
  await page.goto(`${product.baseUrl}/sign-in?next=${encodeURIComponent('//evil.example/')}`);
  await post(PASSWORD);
  await page.waitForURL(`${product.baseUrl}/default`);
  await context.close();
});

test('what is sent while the scripts of the page are still on their way counts', async ({ page, product }) => {
  const owner = await createOwner(product);
  const letScriptsCome = await holdScripts(page);
  await page.goto(`${product.baseUrl}/sign-in`, { waitUntil: 'commit' });
  await page.getByLabel('Email').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Email and password do not match.')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  letScriptsCome();
  await waitForForms(page);
  // What was typed outlives the moment in which the page comes alive.
  await expect(page.getByLabel('Email')).toHaveValue(owner.email);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue(PASSWORD);
  await expect(page.getByText('Email and password do not match.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/default');
});

test('a wrong password and an unknown address are told in the same words', async ({ page, product }) => {
  const owner = await createOwner(product);
  await page.goto(`${product.baseUrl}/sign-in`);
  for (const email of [owner.email, `${randomUUID()}@example.com`]) {
    await fillSignIn(page, email, 'not the password');
    await expect(page.getByText('Email and password do not match.')).toBeVisible();
    await expect(page.getByLabel('Email')).toHaveValue(email);
    await page.reload();
  }
  await fillSignIn(page, owner.email, 'not the password');
  await expect(page.getByText('Email and password do not match.')).toBeVisible();
  await expectAccessible(page);
});

test('too many wrong passwords are told with when to try again', async ({ page, product }) => {
  const person = await createOwner(product);
  await page.goto(`${product.baseUrl}/sign-in`);
  for (let count = 0; count < 10; count += 1) {
    const answer = page.waitForResponse(/callback\/credentials/);
    await fillSignIn(page, person.email, 'not the password');
    await answer;
  }
  await fillSignIn(page, person.email, PASSWORD);
  await expect(page.getByText(/Too many failed tries\. Try again in 1[45] minutes\./)).toBeVisible();
});

test('a page that was asked for is shown after signing in, and no other origin ever', async ({ page, product }) => {
  const owner = await createOwner(product);
  await page.goto(`${product.baseUrl}/default/management-keys?offset=0`);
  await fillSignIn(page, owner.email, PASSWORD);
  await page.waitForURL('**/default/management-keys?offset=0');

  await page.context().clearCookies();
  await page.goto(`${product.baseUrl}/sign-in?next=${encodeURIComponent('//evil.example/')}`);
  await fillSignIn(page, owner.email, PASSWORD);
  await page.waitForURL(`${product.baseUrl}/default`);
});

test('a session ends for good when the password is reset', async ({ page, product }) => {
  const owner = await createOwner(product);
  await signInByForm(page, product, owner);
  await page.goto(`${product.baseUrl}/default/management-keys`);
  await expect(page.getByRole('heading', { name: 'Management keys' })).toBeVisible();
  product.run(['user', 'reset-password', '--email', owner.email], 'another good password\n');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await fillSignIn(page, owner.email, 'another good password');
  await page.waitForURL('**/default/management-keys');
});

test('the session’s cookie is out of reach of scripts, and a forged one opens nothing', async ({ page, product }) => {
  const owner = await createOwner(product);
  await signInByForm(page, product, owner);
  const session = (await page.context().cookies()).find(({ name }) => name === 'keyledger.session');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  await page.context().addCookies([{ name: 'keyledger.session', value: 'forged', url: product.baseUrl }]);
  await page.goto(`${product.baseUrl}/default/keys`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('who is a member of nothing is told so', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const person = await createMember(product, workspace.slug, 'admin');
  expect((await api.delete(`/api/v1/workspaces/${workspace.id}`)).status).toBe(200);
  await signInByForm(page, product, person);
  await expect(page.getByRole('heading', { name: 'No workspace yet' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
});

test('a member reaches its workspace and learns of no other', async ({ page, product, api }) => {
  const mine = await api.createWorkspace('Mine');
  const other = await api.createWorkspace('Other');
  const viewer = await createMember(product, mine.slug, 'viewer');
  await signInByForm(page, product, viewer);
  await page.waitForURL(`**/${mine.slug}`);
  for (const slug of [other.slug, 'default', 'no-such-workspace']) {
    const answer = await page.goto(`${product.baseUrl}/${slug}/keys`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText('Other')).toHaveCount(0);
  }
  await page.goto(`${product.baseUrl}/${mine.slug}/keys`);
  await page.getByRole('button', { name: /Mine/ }).first().click();
  await expect(page.getByRole('option')).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Create workspace' })).toHaveCount(0);
});

test('an owner finds a workspace by its name, and comes back to it next time', async ({ page, product, api }) => {
  const name = `Research ${randomUUID()}`;
  const workspace = await api.createWorkspace(name);
  const owner = await createOwner(product);
  await signInByForm(page, product, owner, '/default/management-keys');
  const search = page.getByRole('combobox', { name: 'Find a workspace' });
  await pressUntilShown(page, 'Control+Shift+O', search);
  await search.fill(name.slice(0, 20));
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${workspace.slug}`);
  await expect.poll(() => page.evaluate('document.cookie')).toContain(workspace.slug);
  await page.goto(product.baseUrl);
  await page.waitForURL(`**/${workspace.slug}`);
});

test('an owner creates a workspace from the switcher', async ({ page, product }) => {
  const owner = await createOwner(product);
  const name = `Partner ${randomUUID().slice(0, 8)}`;
  await signInByForm(page, product, owner, '/default/management-keys');
  await page
    .getByRole('button', { name: /^Default/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Create workspace' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create workspace' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('Name').fill(name);
  await expect(dialog.getByLabel('Address')).toHaveValue(name.toLowerCase().replace(' ', '-'));
  await dialog.getByLabel('Address').fill('default');
  await dialog.getByRole('button', { name: 'Create workspace' }).click();
  await expect(dialog.getByText('The slug default is taken. Choose another.')).toBeVisible();
  await dialog.getByLabel('Address').fill('sign-in');
  await dialog.getByRole('button', { name: 'Create workspace' }).click();
  await expect(dialog.getByText('Keyledger has a page of this address.')).toBeVisible();
  const slug = `made-${randomUUID()}`;
  await dialog.getByLabel('Address').fill(slug);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(`**/${slug}`);
  await expect(page.getByRole('button', { name: new RegExp(name) }).first()).toBeVisible();
});

test('the theme is the system’s until one is chosen, and then stays', async ({ page, product }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const owner = await createOwner(product);
  await signInByForm(page, product, owner, '/default/management-keys');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectAccessible(page);
  await page.getByRole('button', { name: owner.email }).click();
  await page.getByText('Light', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('on a phone everything is behind the bar at the bottom', async ({ page, product }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const owner = await createOwner(product);
  await signInByForm(page, product, owner, '/default/management-keys');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'More' }).click();
  const sheet = page.getByRole('dialog', { name: 'More' });
  await expect(sheet.getByRole('link', { name: /^Keys( \d+ keys?)?$/ })).toBeVisible();
  await sheet.getByRole('button', { name: owner.email }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
});
