import { createHash, randomUUID } from 'node:crypto';
import { test as base, expect } from '@playwright/test';
import { expectAccessible, expectAccessibleEverywhere, fillSignIn, PASSWORD, waitForForms } from '../fixtures/console';
import { type Product, startProduct } from '../fixtures/product';
import { query } from '../fixtures/query';

// Each worker's own fresh installation, which nobody owns: that is what these tests are about.
const test = base.extend<object, { fresh: Product }>({
  fresh: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern.
    async ({}, use) => {
      const product = await startProduct({ database: 'embedded', isFirstStart: true });
      await use(product);
      await product.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.describe.configure({ mode: 'serial' });

test('before set-up, every way in says where the set-up link is', async ({ page, fresh }) => {
  await page.goto(fresh.baseUrl);
  await expect(page.getByRole('heading', { name: 'Set up Keyledger' })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${fresh.baseUrl}/sign-in`);
  await expect(page.getByText('Not set up yet.')).toBeVisible();
});

test('a link that is cut off is explained', async ({ page, fresh }) => {
  await page.goto(fresh.setupUrl.slice(0, -3));
  await expect(page.getByRole('heading', { name: 'This set-up link is not valid' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create account' })).toHaveCount(0);
});

test('mistakes are told beside their fields, and what was typed stays', async ({ page, fresh }) => {
  await page.goto(fresh.setupUrl);
  await waitForForms(page);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Email').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill('too short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Enter an email address, such as')).toBeVisible();
  await expect(page.getByText('Use 12 characters or more')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue('Ada');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('too short');
  await expectAccessibleEverywhere(page);
});

test('the first owner signs up through the link and is in', async ({ page, fresh }) => {
  await page.goto(fresh.setupUrl);
  await expect(page.getByRole('region', { name: 'Server check' })).toContainText('Migrations applied');
  await waitForForms(page);
  await page.getByLabel('Your name').fill('Ada Owner');
  await page.getByLabel('Email').fill('Ada@Example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/default');
  await expect(page.getByRole('button', { name: 'ada@example.com' })).toBeVisible();
});

test('afterwards the link does nothing, and leads to signing in', async ({ page, fresh }) => {
  await page.goto(fresh.setupUrl);
  await expect(page.getByRole('heading', { name: 'This installation is set up' })).toBeVisible();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, 'ada@example.com', PASSWORD);
  await page.waitForURL('**/default');
});

test('a restart prints no link once somebody owns the installation', async ({ fresh }) => {
  await fresh.restart();
  expect(fresh.output()).not.toContain('/setup?token=');
});

test('the first owner also signs up and is in where no script runs', async ({ browser, fresh }) => {
  const token = randomUUID();
  await query(fresh, 'DELETE FROM users', []);
  await query(fresh, 'INSERT INTO setup_links (token_hash) VALUES ($1)', [
    createHash('sha256').update(token).digest('hex'),
  ]);
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${fresh.baseUrl}/setup?token=${token}`);
  await page.getByLabel('Your name').fill('Grace Owner');
  await page.getByLabel('Email').fill('grace@example.com');
  await page.getByLabel('Password', { exact: true }).fill('too short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Use 12 characters or more')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue('Grace Owner');
  await expect(page.getByLabel('Email')).toHaveValue('grace@example.com');
  expect(page.url()).not.toContain('too');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/default');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
