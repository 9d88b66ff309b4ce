import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { createMember, expectAccessible, expectAccessibleEverywhere, signIn } from '../fixtures/console';
import { parseCsv } from '../fixtures/csv';
import { cents, countChunks, sumEvents, sumEventsBy } from '../fixtures/ledger';
import type { Product } from '../fixtures/product';
import { test } from '../fixtures/test';
import { makeUsedWorkspace } from '../fixtures/usage';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Of a thousand events each. */
const BATCHES = 80;
const history = (page: Page) => page.getByRole('table', { name: 'Exports' });
const create = (page: Page) => page.getByRole('button', { name: 'Create export' });
const preview = (page: Page) => page.getByRole('table', { name: 'Preview of the file' });

/** Dollars of a CSV in nano-dollars; written apart from the product's own rule. */
function nano(text: string | undefined): bigint {
  const [whole = '0', fraction = ''] = (text ?? '0').split('.');
  return BigInt(whole + fraction.padEnd(9, '0'));
}

async function open(page: Page, product: Product, slug: string, path = '') {
  await signIn(page, product, await createMember(product, slug, 'admin'), `/${slug}/exports${path}`);
}

async function download(page: Page, row: string | RegExp) {
  const downloading = page.waitForEvent('download');
  await history(page).getByRole('row', { name: row }).getByRole('button', { name: 'Download' }).click();
  const file = await downloading;
  return {
    name: file.suggestedFilename(),
    url: file.url(),
    lines: parseCsv(await readFile(await file.path(), 'utf8')),
  };
}

test('a file is previewed, made, and downloaded, and adds up to what the page said', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}`);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Exports' }).click();
  await expect(page.getByRole('heading', { name: 'Exports', level: 1 })).toBeVisible();
  await expect(preview(page)).toContainText('crawler');
  await expect(page.getByRole('heading', { name: 'No exports yet' })).toBeVisible();
  await expectAccessibleEverywhere(page);

  const to = new Date(Math.floor(Date.now() / DAY) * DAY + DAY);
  const period = { from: new Date(to.getTime() - 30 * DAY), to };
  const whole = await sumEvents(product, workspace.id, period);
  await expect(page.getByText('Will add up to').locator('..')).toContainText(cents(whole.spendNanoUsd));
  await expect(page.getByText('Covers').locator('..')).toContainText(`${whole.requests} requests`);
  await create(page).click();
  const row = history(page).getByRole('row', { name: /api-keys-usage/ });
  await expect(row).toContainText('Ready');
  await expect(row).toContainText('Usage by key, 4 rows');
  await expect(row).toContainText(/kept for (6\sd\s23\sh|7\sd)/);
  const first = await download(page, /api-keys-usage/);
  const byKey = await sumEventsBy(product, workspace.id, period, 'key');
  expect(first.lines).toHaveLength(byKey.size);
  for (const line of first.lines) {
    expect(nano(line.total_cost_usd)).toBe(byKey.get(line.api_key_name ?? '')?.spendNanoUsd);
  }

  // Each click makes a link of its own, and it needs no session.
  await page.clock.install();
  await page.clock.runFor(2_000);
  const second = await download(page, /api-keys-usage/);
  expect(second.name).toBe(first.name);
  expect((await fetch(second.url)).status).toBe(200);
  expect((await fetch(second.url.replace(/signature=.../, 'signature=abc'))).status).toBe(403);
});

test('days are those of the chosen zone, and filters narrow the file', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'night', workspace_id: workspace.id, environment: 'test' });
  const midnight = Math.floor(Date.now() / DAY) * DAY - 5 * DAY;
  // One hour before a day of UTC is in that day already in Kolkata.
  await api.record(
    { key: key.secret, cost_usd: '1', model: 'a', occurred_at: new Date(midnight - HOUR).toISOString() },
    { key: key.secret, cost_usd: '2', model: 'b', occurred_at: new Date(midnight + HOUR).toISOString() },
    { key: key.secret, cost_usd: '4', status: 500, occurred_at: new Date(midnight + 2 * HOUR).toISOString() },
  );
  const day = new Date(midnight).toISOString().slice(0, 10);
  await open(page, product, workspace.slug, `?format=usage-events&from=${day}&to=${day}`);
  await expect(page.getByText('Will add up to').locator('..')).toContainText('$6.00');
  await page.getByRole('combobox', { name: 'Time zone of the days' }).fill('Kolkata');
  await page.getByRole('option', { name: /Kolkata/ }).click();
  await expect(page).toHaveURL(/zone=Asia%2FKolkata/);
  await expect(page.getByText('Will add up to').locator('..')).toContainText('$7.00');
  await page.getByLabel('Status').selectOption('Errors');
  await expect(page.getByText('Will add up to').locator('..')).toContainText('$4.00');
  await expect(preview(page).getByRole('row')).toHaveCount(2);
  await create(page).click();
  await expect(history(page).getByRole('row', { name: /usage-events/ })).toContainText('Usage events, filtered, 1 row');
  const { lines } = await download(page, /usage-events/);
  expect(lines.map(({ cost_usd, status }) => [nano(cost_usd), status])).toEqual([[4_000_000_000n, '500']]);
});

test('without usage in the range no file is made, and the page says why', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await open(page, product, workspace.slug, '?from=2024-01-01&to=2024-01-31');
  await expect(create(page)).toHaveAttribute('aria-disabled', 'true');
  await create(page).hover();
  await expect(page.getByRole('tooltip')).toContainText('No usage in 1–31 Jan 2024');
  await expect(page.getByText('The file would have no rows.')).toBeVisible();
  // A head over nothing says nothing.
  await expect(page.getByText(/^No exports yet/)).toBeVisible();
  await expect(history(page)).toHaveCount(0);
  await page.getByRole('button', { name: /^Period: 1–31 Jan 2024/ }).click();
  await page
    .getByRole('gridcell')
    .getByRole('button', { name: /\b5 January 2024/ })
    .click();
  await page
    .getByRole('gridcell')
    .getByRole('button', { name: /\b9 January 2024/ })
    .click();
  await expect(page).toHaveURL(/from=2024-01-05&to=2024-01-09/);
  await expect(page.getByRole('button', { name: /^Period: 5–9 Jan 2024/ })).toBeFocused();
  await expectAccessible(page);
  await page.goto(page.url().replace('2024-01-05', '2024-03-01'));
  await expect(page.getByText('The last day has to be the first day or later.').first()).toBeVisible();
  // Keys are as of now, so they need no range.
  await page.getByRole('region', { name: 'New export' }).getByLabel('What').selectOption('Keys');
  await expect(page.getByRole('button', { name: /^Period:/ })).toHaveCount(0);
  await expect(preview(page)).toContainText('billing');
  await create(page).click();
  await expect(history(page).getByRole('row', { name: /^keys-/ })).toContainText('Ready');
});

test('FOCUS and usage by key and model add up to the books', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await open(page, product, workspace.slug, '?format=focus-1.2');
  await create(page).click();
  await expect(history(page).getByRole('row', { name: /focus-1-2/ })).toContainText('Ready');
  const to = new Date(Math.floor(Date.now() / DAY) * DAY + DAY);
  const whole = await sumEvents(product, workspace.id, { from: new Date(to.getTime() - 30 * DAY), to });
  const focus = await download(page, /focus-1-2/);
  expect(focus.lines.reduce((sum, { BilledCost }) => sum + nano(BilledCost), 0n)).toBe(whole.spendNanoUsd);

  await page.getByLabel('What').selectOption('Usage by key');
  await page.getByText('Key and model').click();
  await expect(page).toHaveURL(/per=model/);
  await expect(preview(page)).toContainText('atlas-4');
  await create(page).click();
  await expect(history(page).getByRole('row', { name: /api-keys-usage/ })).toContainText('Usage by key and model');
  await expect(history(page).getByRole('row', { name: /api-keys-usage/ })).toContainText('Ready');
  const usage = await download(page, /api-keys-usage/);
  expect(usage.lines.reduce((sum, line) => sum + nano(line.total_cost_usd), 0n)).toBe(whole.spendNanoUsd);
});

test('an export is cancelled while it is made, and no file comes of it', async ({ page, product, api }) => {
  test.slow();
  const workspace = await api.createWorkspace('Fernhill');
  const key = await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  // Texts that hardly compress, so that making the file takes some seconds.
  const noise = () => randomBytes(96).toString('base64url');
  const at = Date.now() - DAY;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await api.record(
      ...Array.from({ length: 1_000 }, (_, index) => ({
        key_hash: key.hash,
        idempotency_key: noise(),
        provider: 'acme',
        cost_usd: '0.001',
        occurred_at: new Date(at - batch * 1_000 - index).toISOString(),
      })),
    );
  }
  await open(page, product, workspace.slug, '?format=usage-events');
  await create(page).click();
  const row = history(page).getByRole('row', { name: /usage-events/ });
  await expect(row).toContainText(/Waiting|Building/);
  await expect(row.getByRole('button', { name: 'Download' })).toHaveCount(0);
  await row.getByRole('button', { name: /^Cancel / }).click();
  await expect(row).toContainText('Cancelled');
  await expect(row.getByRole('button', { name: /^Cancel / })).toHaveCount(0);
  await expect(row.getByRole('link', { name: 'Make again' })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(row).toContainText('Cancelled');
  await expect(row.getByRole('button', { name: 'Download' })).toHaveCount(0);
  expect(await countChunks(product, workspace.id)).toBe(0);
  await page.goto(`${product.baseUrl}/${workspace.slug}/audit`);
  await expect(page.getByRole('row', { name: /Cancelled export/ })).toBeVisible();

  // The same question again is another file, which is made whole.
  await page.goto(`${product.baseUrl}/${workspace.slug}/exports`);
  await row.getByRole('link', { name: 'Make again' }).click();
  await page.waitForURL(/format=usage-events/);
  await expect(page.getByLabel('What')).toHaveValue('usage-events');
  await create(page).click();
  const again = history(page).getByRole('row', { name: /Ready/ });
  await expect(again).toContainText(`${BATCHES},000 rows`, { timeout: 60_000 });
});

test('an export is deleted after a question, and its links end', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await open(page, product, workspace.slug, '?format=keys');
  await create(page).click();
  const row = history(page).getByRole('row', { name: /^keys-/ });
  await expect(row).toContainText('Ready');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await row.getByRole('button', { name: 'Copy a fresh link' }).click();
  await expect(page.getByText('Signed link copied').first()).toBeVisible();
  const url = await page.evaluate<string>('navigator.clipboard.readText()');
  expect((await fetch(url)).status).toBe(200);

  await row.getByRole('button', { name: /^Delete / }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete this export' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Delete export' }).click();
  await expect(page.getByText('Export deleted').first()).toBeVisible();
  await expect(row).toHaveCount(0);
  expect((await fetch(url)).status).toBe(404);
  await page.goto(`${product.baseUrl}/${workspace.slug}/audit`);
  for (const words of ['Created export', 'Made link to export', 'Deleted export']) {
    await expect(page.getByRole('table')).toContainText(words);
  }
});

test('what is looked at elsewhere is exported from there', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  const { hash } = workspace.keys.support;
  const admin = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, admin, `/${workspace.slug}/explore?range=7d&key=${hash}&not.model=atlas-4`);
  await page.getByRole('link', { name: 'Export these events' }).click();
  await expect(page).toHaveURL(new RegExp(`/exports\\?format=usage-events&from=.*&to=.*&key=${hash}$`));
  const to = new Date(Math.floor(Date.now() / DAY) * DAY + DAY);
  const ofKey = await sumEventsBy(product, workspace.id, { from: new Date(to.getTime() - 7 * DAY), to }, 'key');
  await expect(page.getByText('Covers').locator('..')).toContainText(`${ofKey.get('support')?.requests} requests`);
  await page.getByRole('button', { name: 'Remove filter Only' }).click();
  await expect(page).not.toHaveURL(/key=/);

  await page.goto(`${product.baseUrl}/${workspace.slug}/keys?env=test`);
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  await expect(page).toHaveURL(/format=keys/);
  await expect(preview(page)).toContainText('tester');
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys/${hash}`);
  await page.getByRole('button', { name: 'Actions for support' }).first().click();
  await page.getByRole('menuitem', { name: 'Export its usage' }).click();
  await expect(page.getByText('Covers').locator('..')).toContainText(/requests/);
});

test('a file is chosen, made and fetched without scripts', async ({ page, product, api, browser }) => {
  const workspace = await makeUsedWorkspace(api);
  await open(page, product, workspace.slug);
  const plain = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage();
  await plain.goto(`${product.baseUrl}/${workspace.slug}/exports`);
  await plain.getByLabel('What').selectOption('Usage events');
  await plain.getByLabel('From').fill('2024-01-01');
  await plain.getByRole('button', { name: 'Show what it holds' }).click();
  await expect(plain).toHaveURL(/format=usage-events&from=2024-01-01/);
  await expect(preview(plain)).toContainText('crawler');
  await create(plain).click();
  await expect(history(plain).getByRole('row', { name: /usage-events-2024-01-01/ })).toBeVisible();
  await expect(async () => {
    await plain.goto(`${product.baseUrl}/${workspace.slug}/exports`);
    await expect(history(plain).getByRole('row', { name: /usage-events/ })).toContainText('Ready', { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  const file = await download(plain, /usage-events/);
  expect(file.lines.length).toBeGreaterThan(0);
});

test('a viewer is told who makes files, and gets none', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/exports`);
  await expect(page.getByRole('heading', { name: 'Exports are made by admins' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Exports' })).toHaveCount(0);
  await expect(create(page)).toHaveCount(0);
  expect((await page.request.get(`${product.baseUrl}/${workspace.slug}/exports/status`)).status()).toBe(403);
  await expectAccessibleEverywhere(page);
});
