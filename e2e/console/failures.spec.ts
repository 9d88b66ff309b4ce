import { expect } from '@playwright/test';
import {
  createMember,
  createOwner,
  expectAccessible,
  expectAccessibleEverywhere,
  fillSignIn,
  holdScripts,
  PASSWORD,
  signIn,
  waitForForms,
} from '../fixtures/console';
import { startProduct } from '../fixtures/product';
import { query } from '../fixtures/query';
import { test } from '../fixtures/test';

test('while the database is away pages say so, keep their frame, and come back by themselves', async ({ browser }) => {
  test.setTimeout(240_000);
  const product = await startProduct({ database: 'server' });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, product, await createOwner(product), '/default/keys');
    await expect(page.getByRole('heading', { name: 'Keys', exact: true })).toBeVisible();
    await page.goto(`${product.baseUrl}/default/settings`);
    await waitForForms(page);
    await page.getByLabel('Name').fill('Typed before it went away');
    await product.databaseServer?.crash();

    // What is sent is told as not saved, and stays typed.
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect(page.getByText('The database does not answer. Nothing was saved; try again.')).toBeVisible({
      timeout: 20_000,
    });
    await expect(page.getByLabel('Name')).toHaveValue('Typed before it went away');

    // A page that is gone to shows what is wrong inside the frame.
    await page.getByRole('link', { name: 'Prices' }).click();
    const away = page.getByRole('heading', { name: 'The database does not answer' });
    await expect(away).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('navigation', { name: 'Main' }).first()).toBeVisible();
    await expectAccessible(page);

    // A page that is loaded has no frame, and is not blank; also without scripts.
    const fresh = await context.newPage();
    await fresh.goto(`${product.baseUrl}/default/keys?q=x`);
    await expect(fresh.getByRole('heading', { name: 'The database does not answer' })).toBeVisible();
    await expectAccessibleEverywhere(fresh);
    const plain = await (
      await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() })
    ).newPage();
    for (const path of ['/default/keys?q=x', '/profile']) {
      await plain.goto(product.baseUrl + path);
      await expect(plain.getByRole('heading', { name: 'The database does not answer' })).toBeVisible();
      await expect(plain.getByRole('link', { name: 'Try again' })).toBeVisible();
    }

    await product.databaseServer?.restart();
    await expect(page.getByRole('heading', { name: 'Prices', exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(fresh.getByRole('heading', { name: 'Keys', exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(fresh).toHaveURL(`${product.baseUrl}/default/keys?q=x`);
    await plain.getByRole('link', { name: 'Try again' }).click();
    await expect(plain.getByRole('heading', { name: 'Profile' })).toBeVisible();
  } finally {
    await product.dispose();
  }
});

test('a panel that cannot be read says so in its place, and the rest of the page stands', async ({
  page,
  product,
  api,
  browser,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'crawler', workspace_id: workspace.id, limit: 10 });
  await api.record({ key: key.secret, cost_usd: '1.25', model: 'atlas-4' });
  const base = `${product.baseUrl}/${workspace.slug}`;
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}/keys`);
  const plain = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage();
  await query(product, 'ALTER TABLE holds RENAME TO holds_away', []);
  try {
    for (const of of [page, plain]) {
      await of.goto(base);
      for (const name of ['The limits', 'The state of the books', 'What needs attention']) {
        await expect(of.getByRole('heading', { name: `${name} could not be read` })).toBeVisible();
      }
      await expect(of.getByRole('region', { name: 'Figures' })).toContainText('$1.25');
      await expect(of.getByRole('table', { name: 'Biggest changes' })).toContainText('crawler');
    }
    await expectAccessibleEverywhere(page);
  } finally {
    await query(product, 'ALTER TABLE holds_away RENAME TO holds', []);
  }
  for (const of of [page, plain]) {
    await of.getByRole('link', { name: 'Try again' }).first().click();
    await expect(of.getByRole('meter', { name: 'Limit of crawler' })).toBeVisible();
  }

  await query(product, 'ALTER TABLE usage_events RENAME usage_name TO usage_name_away', []);
  await query(product, 'ALTER TABLE saved_views RENAME TO saved_views_away', []);
  try {
    await page.goto(`${base}/keys/${key.hash}`);
    const events = page.getByRole('region', { name: 'Latest events' });
    await expect(events.getByRole('heading', { name: 'The latest events could not be read' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Models' })).toContainText('atlas-4');
    await expect(page.getByRole('meter', { name: 'Limit of crawler' })).toBeVisible();
    await page.goto(`${base}/explore`);
    await expect(page.getByRole('main').getByRole('table').first()).toContainText('crawler');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await expect(page.getByText('Saved views could not be read', { exact: true })).toBeVisible();
  } finally {
    await query(product, 'ALTER TABLE saved_views_away RENAME TO saved_views', []);
    await query(product, 'ALTER TABLE usage_events RENAME usage_name_away TO usage_name', []);
  }
});

test('a page that could not be made says so, with scripts and without', async ({ page, product, api, browser }) => {
  const workspace = await api.createWorkspace();
  const exports = `${product.baseUrl}/${workspace.slug}/exports`;
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}/keys`);
  const plain = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage();
  await query(product, 'ALTER TABLE exports RENAME TO exports_away', []);
  try {
    expect((await page.goto(exports))?.status()).toBe(500);
    await expect(page.getByRole('heading', { name: 'The exports could not be read' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main' }).first()).toBeVisible();
    expect((await plain.goto(exports))?.status()).toBe(500);
    await expect(plain.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
  } finally {
    await query(product, 'ALTER TABLE exports_away RENAME TO exports', []);
  }
  await plain.getByRole('link', { name: 'Try again' }).click();
  await expect(plain).toHaveURL(exports);
  await expect(plain.getByRole('heading', { name: 'Exports', exact: true })).toBeVisible();
});

test('a session that ended while a form was filled in leads to sign in and back', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const member = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, member, '/profile?from=here');
  await waitForForms(page);
  await page.getByLabel('Name').fill('Noor');
  product.run(['user', 'reset-password', '--email', member.email], `${PASSWORD}\n`);
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByText('You are signed out, so nothing was saved.')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('Noor');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**/sign-in?next=${encodeURIComponent('/profile?from=here')}`);
  await fillSignIn(page, member.email, PASSWORD);
  await page.waitForURL('**/profile?from=here');
});

test('a session that ended leads a page that is gone to through sign-in to it', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const member = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, member, `/${workspace.slug}/keys`);
  product.run(['user', 'reset-password', '--email', member.email], `${PASSWORD}\n`);
  await page.getByRole('link', { name: 'Members' }).click();
  await page.waitForURL(`**/sign-in?next=${encodeURIComponent(`/${workspace.slug}/members`)}`);
  await fillSignIn(page, member.email, PASSWORD);
  await page.waitForURL(`**/${workspace.slug}/members`);
});

test('an address that is no page is told inside the frame, and a stranger’s workspace outside of it', async ({
  page,
  product,
  api,
  browser,
}) => {
  const [workspace, other] = [await api.createWorkspace(), await api.createWorkspace()];
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await page.goto(`${product.baseUrl}/${workspace.slug}/no/such/page`);
  await expect(page.getByRole('heading', { name: 'This is not in the workspace' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }).first()).toBeVisible();
  await expectAccessibleEverywhere(page);
  const plain = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage();
  await plain.goto(`${product.baseUrl}/${workspace.slug}/no/such/page`);
  await expect(plain.getByRole('heading', { name: 'This is not in the workspace' })).toBeVisible();
  for (const path of [`/${other.slug}/keys`, '/no-such-workspace/keys', '/profile/no-such-page']) {
    expect((await page.goto(product.baseUrl + path))?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { name: 'This page is not here' })).toBeVisible();
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('figures of the keys follow by themselves while somebody looks', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  const row = page.getByRole('row', { name: 'crawler' });
  await expect(row).toBeVisible();
  await api.record({ key_hash: key.hash, cost_usd: 4.5 });
  await expect(row).toContainText('$4.50', { timeout: 30_000 });
});

test('the last click that came before the page was alive is taken up once it is', async ({
  page,
  product,
  api,
  owner,
}) => {
  const workspace = await api.createWorkspace();
  await api.createKey({ name: 'early', workspace_id: workspace.id });
  await signIn(page, product, owner, `/${workspace.slug}/keys`);
  for (const [button, answer] of [
    // One opens by a click, the other as soon as the pointer is down.
    [owner.email, page.getByRole('dialog', { name: 'Account' })],
    ['Actions for early', page.getByRole('menu', { name: 'Actions for early' })],
  ] as const) {
    const letScriptsCome = await holdScripts(page);
    await page.reload({ waitUntil: 'commit' });
    await page.getByRole('button', { name: button }).first().click();
    await expect(answer).toBeHidden();
    letScriptsCome();
    await expect(answer).toBeVisible();
  }
});
