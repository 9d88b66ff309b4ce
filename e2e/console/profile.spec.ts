import { expect, type Page } from '@playwright/test';
import { codeOfStep, stepAt } from '../../lib/users/totp';
import {
  createMember,
  expectAccessible,
  expectAccessibleEverywhere,
  fillSignIn,
  leaveByEscape,
  PASSWORD,
  signIn,
  waitForForms,
} from '../fixtures/console';
import { test } from '../fixtures/test';

const NEW_PASSWORD = 'another good password';
const codeField = (page: Page) => page.getByLabel('Code', { exact: true });

test('a user changes name and theme, and finds the profile in the menu', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/keys`);
  await page.getByRole('button', { name: viewer.email }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Profile' }).click();
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
  await expectAccessibleEverywhere(page);
  await waitForForms(page);
  await page.getByLabel('Name').fill(' ');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByText('Enter a name.')).toBeVisible();
  await page.getByLabel('Name').fill('Zoë');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByText('Name saved', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: viewer.email }).click();
  const account = page.getByRole('dialog', { name: 'Account' });
  await expect(account.getByText('Zoë')).toBeVisible();
  await leaveByEscape(account);
  await page.getByRole('region', { name: 'Theme' }).getByText('Dark').click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('another password ends the other sessions, and asks for the old one', async ({ page, product, api, browser }) => {
  const workspace = await api.createWorkspace();
  const member = await createMember(product, workspace.slug, 'admin');
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, product, member, `/${workspace.slug}/keys`);
  await signIn(page, product, member, '/profile');
  await waitForForms(page);
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your other browsers are signed out.')).toBeVisible();
  await expect(page.getByLabel('New password')).toHaveValue('');

  // This browser goes on; the other one signs in again, and comes back to the same page.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
  await elsewhere.goto(`${product.baseUrl}/${workspace.slug}/members`);
  await elsewhere.waitForURL(`**/sign-in?next=${encodeURIComponent(`/${workspace.slug}/members`)}`);
  await fillSignIn(elsewhere, member.email, PASSWORD);
  await expect(elsewhere.getByText('Email and password do not match.')).toBeVisible();
  await fillSignIn(elsewhere, member.email, NEW_PASSWORD);
  await elsewhere.waitForURL(`**/${workspace.slug}/members`);
});

test('a user signs out everywhere else, and everywhere', async ({ page, product, api, browser }) => {
  const workspace = await api.createWorkspace();
  const member = await createMember(product, workspace.slug, 'viewer');
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, product, member, '/profile');
  await signIn(page, product, member, '/profile');
  await waitForForms(page);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByText('Signed out everywhere else', { exact: true })).toBeVisible();
  await elsewhere.reload();
  await elsewhere.waitForURL('**/sign-in?next=%2Fprofile');
  await page.reload();
  await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
  await expectAccessible(page);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in**');
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys`);
  await page.waitForURL('**/sign-in?next=**');
});

test('a user ends one session of the list, and the others go on', async ({ page, product, api, browser }) => {
  const workspace = await api.createWorkspace();
  const member = await createMember(product, workspace.slug, 'admin');
  const phone = await (
    await browser.newContext({
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    })
  ).newPage();
  const other = await (
    await browser.newContext({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0' })
  ).newPage();
  for (const one of [phone, other]) await signIn(one, product, member, '/profile');
  await signIn(page, product, member, '/profile');
  const sessions = page.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
  await expect(sessions).toHaveCount(3);
  await expect(sessions.first()).toContainText('Chrome on Windows');
  await expect(sessions.first()).toContainText('This session');
  await expect(sessions.first().getByRole('button')).toHaveCount(0);
  await expect(sessions.filter({ hasText: 'Safari on iPhone' })).toContainText('Last seen');
  await expectAccessibleEverywhere(page);
  await waitForForms(page);

  await page.getByRole('button', { name: 'Sign out Safari on iPhone' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Sign out Safari on iPhone' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(sessions).toHaveCount(3);
  await page.getByRole('button', { name: 'Sign out Safari on iPhone' }).press('Enter');
  await dialog.getByRole('button', { name: 'Sign out' }).press('Enter');
  await expect(page.getByText('Safari on iPhone is signed out', { exact: true })).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(sessions).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Sign out everywhere else' })).toBeFocused();

  await phone.goto(`${product.baseUrl}/${workspace.slug}/keys`);
  await phone.waitForURL('**/sign-in?next=**');
  await other.reload();
  await expect(other.getByRole('heading', { name: 'Profile' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
});

test('a session is ended without scripts, and by signing out', async ({ page, product, api, browser }) => {
  const workspace = await api.createWorkspace();
  const member = await createMember(product, workspace.slug, 'viewer');
  const elsewhere = await (await browser.newContext({ userAgent: 'Mozilla/5.0 (X11) Firefox/145.0' })).newPage();
  await signIn(elsewhere, product, member, '/profile');
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(plain, product, member, '/profile');
  const sessions = plain.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
  await expect(sessions).toHaveCount(2);
  await plain.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();
  await expect(sessions).toHaveCount(1);
  await elsewhere.reload();
  await elsewhere.waitForURL('**/sign-in?next=%2Fprofile');

  // A cookie that was kept opens nothing once its browser has signed out.
  await signIn(page, product, member, '/profile');
  const kept = await page.context().storageState();
  await plain.reload();
  await expect(sessions).toHaveCount(2);
  await page.getByRole('button', { name: member.email }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL('**/sign-in');
  await plain.reload();
  await expect(sessions).toHaveCount(1);
  const again = await (await browser.newContext({ storageState: kept })).newPage();
  await again.goto(`${product.baseUrl}/profile`);
  await again.waitForURL('**/sign-in?next=%2Fprofile');
  await plain.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
  await plain.waitForURL('**/sign-in**');
});

/** The bytes of base32 without padding. */
function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Uint8Array.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

test('a second factor is set up, asked for at sign-in, stood in for, and removed', async ({
  page,
  product,
  api,
  context,
  browser,
}) => {
  test.slow();
  const workspace = await api.createWorkspace();
  const member = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, member, '/profile');
  await waitForForms(page);
  await page.getByRole('button', { name: 'Set up second factor' }).click();
  await page.getByLabel('Your password').fill('not the password');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Go on' }).click();
  const app = page.getByRole('dialog', { name: 'Add Keyledger to your app' });
  await expect(app.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  await expectAccessibleEverywhere(page);
  const secret = fromBase32(((await app.locator('code').textContent()) ?? '').replaceAll(' ', ''));
  expect(secret).toHaveLength(20);
  await codeField(page).fill('000000');
  await app.getByRole('button', { name: 'Turn on' }).click();
  await expect(app.getByText('This is not the code that the app shows now.')).toBeVisible();
  const step = stepAt(new Date());
  await codeField(page).fill(codeOfStep(secret, step));
  await app.getByRole('button', { name: 'Turn on' }).click();

  const saved = page.getByRole('dialog', { name: 'Save your recovery codes' });
  await expect(saved).toBeVisible();
  await expectAccessibleEverywhere(page);
  const codes = await saved.getByRole('listitem').allTextContents();
  expect(codes).toHaveLength(10);
  await page.keyboard.press('Escape');
  await saved.getByLabel('I have stored the codes').check();
  await saved.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('10 recovery codes left')).toBeVisible();
  expect(await page.content()).not.toContain(codes[0]);

  await context.clearCookies();
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys`);
  await fillSignIn(page, member.email, PASSWORD);
  await expect(codeField(page)).toBeFocused();
  await expectAccessibleEverywhere(page);
  await codeField(page).fill('123456');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This code is not right, or was used already.')).toBeVisible();
  await expectAccessible(page);
  // The next one of the app: it may be typed as much as thirty seconds early.
  await codeField(page).fill(codeOfStep(secret, stepAt(new Date()) + 1n));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**/${workspace.slug}/keys`);

  await context.clearCookies();
  await page.goto(`${product.baseUrl}/profile`);
  await fillSignIn(page, member.email, PASSWORD);
  await codeField(page).fill(codes[3]?.toUpperCase() ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/profile');
  await expect(page.getByText('9 recovery codes left')).toBeVisible();

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${product.baseUrl}/sign-in?next=/profile`);
  await plain.getByLabel('Email').fill(member.email);
  await plain.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await plain.getByRole('button', { name: 'Sign in' }).click();
  await expect(codeField(plain)).toBeFocused();
  expect(await plain.content()).not.toContain(PASSWORD);
  await codeField(plain).fill('123456');
  await plain.getByRole('button', { name: 'Sign in' }).click();
  await expect(plain.getByText('This code is not right, or was used already.')).toBeVisible();
  await codeField(plain).fill(codes[4] ?? '');
  await plain.getByRole('button', { name: 'Sign in' }).click();
  await plain.waitForURL('**/profile');
  await expect(plain.getByText('8 recovery codes left')).toBeVisible();

  await waitForForms(page);
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('Not set up')).toBeVisible();
});
