import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import {
  createMember,
  expectAccessible,
  expectAccessibleEverywhere,
  pressUntilShown,
  signIn,
} from '../fixtures/console';
import { parseCsv } from '../fixtures/csv';
import { cents, sumEvents, sumEventsBy } from '../fixtures/ledger';
import { test } from '../fixtures/test';
import { makeUsedWorkspace } from '../fixtures/usage';

const DAY = 86_400_000;
const dayOf = (at: number) => new Date(Math.floor(at / DAY) * DAY);
const table = (page: Page) => page.getByRole('region', { name: 'Figures' }).getByRole('table');
const row = (page: Page, name: string | RegExp) => table(page).getByRole('row', { name });
const month = (now: number) => {
  const to = new Date(dayOf(now).getTime() + DAY);
  return { from: new Date(to.getTime() - 30 * DAY), to };
};

/** Dollars with every digit, as a CSV has them; written apart from the product's own rule. */
function decimal(nanoUsd: bigint): string {
  const digits = nanoUsd.toString().padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}

async function choose(page: Page, part: string, choice: string) {
  await page.getByRole('button', { name: new RegExp(`^${part}: `) }).click();
  await page.getByRole('menuitem', { name: choice }).first().click();
  await expect(page.getByRole('button', { name: new RegExp(`^${part}: ${choice}`) })).toBeVisible();
}

test('every figure is the sum of its events, and the rows come to the total', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}`);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Explore' }).click();
  await expect(page).toHaveURL(`${product.baseUrl}/${workspace.slug}/explore`);
  await expect(page.getByRole('heading', { name: 'Explore', level: 1 })).toBeVisible();
  await expect(page.getByText(/^As of .* UTC$/).first()).toBeVisible();

  const now = Date.now();
  const period = month(now);
  const before = { from: new Date(period.from.getTime() - 30 * DAY), to: new Date(now - 30 * DAY) };
  const byKey = await sumEventsBy(product, workspace.id, period, 'key');
  const byKeyBefore = await sumEventsBy(product, workspace.id, before, 'key');
  for (const [name, sums] of byKey) {
    await expect(row(page, name)).toContainText(cents(sums.spendNanoUsd));
    await expect(row(page, name)).toContainText(cents(byKeyBefore.get(name)?.spendNanoUsd ?? 0n));
  }
  const whole = await sumEvents(product, workspace.id, period);
  await expect(row(page, 'Total')).toContainText(cents(whole.spendNanoUsd));
  await expect(row(page, 'Total')).toContainText('100%');
  await expect(page.getByText('The rows come to the total to the nano-dollar.')).toBeVisible();

  await choose(page, 'Measure', 'Requests');
  await choose(page, 'Group by', 'Model');
  await expect(page).toHaveURL(/\?measure=requests&by=model$/);
  for (const [name, { requests }] of await sumEventsBy(product, workspace.id, period, 'model')) {
    await expect(table(page).getByRole('row', { name: new RegExp(`^${name} `) })).toContainText(String(requests));
  }
  await expect(row(page, 'Total')).toContainText(String(whole.requests));

  await choose(page, 'Measure', 'Error rate');
  const rate = `${((Number(whole.errors) / Number(whole.requests)) * 100).toFixed(2)}%`;
  await expect(page.getByRole('region', { name: /^Error rate by model/ })).toContainText(rate);
  await expect(row(page, 'All usage')).toContainText(rate);
  await expect(page.getByRole('navigation', { name: 'Chart' })).toHaveCount(0);
  await choose(page, 'Measure', 'Latency p95');
  await expect(table(page)).toContainText('ms');
  await choose(page, 'Compare', 'Nothing');
  await expect(table(page).getByRole('columnheader', { name: 'Previous' })).toHaveCount(0);
});

test('groups are divided further, and every bucket of the chart is the sum of its time', async ({
  page,
  product,
  api,
}) => {
  const workspace = await makeUsedWorkspace(api);
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/explore?by=owner&range=7d`);
  await choose(page, 'Then by', 'Model');
  await expect(page).toHaveURL(/by=owner&then=model&range=7d$/);
  const names = await table(page).getByRole('rowheader').allTextContents();
  // Each of four owners, one of them nobody, has three models.
  expect(names).toHaveLength(4 * 4 + 1);
  expect(names.slice(0, 2)).toEqual(['search', expect.stringMatching(/^(atlas|corvid)/)]);

  await choose(page, 'Then by', 'None');
  await page.getByRole('button', { name: 'Show as table' }).click();
  const days = page.getByRole('table', { name: /^Spend by owner per day/ });
  await expect(days.getByRole('row')).toHaveCount(8);
  const today = dayOf(Date.now());
  for (const back of [0, 2, 6]) {
    const from = new Date(today.getTime() - back * DAY);
    const ofDay = await sumEventsBy(product, workspace.id, { from, to: new Date(from.getTime() + DAY) }, 'owner');
    for (const { spendNanoUsd } of ofDay.values()) {
      await expect(days.getByRole('row').nth(7 - back)).toContainText(cents(spendNanoUsd));
    }
  }
  await choose(page, 'Every', 'Hour');
  await expect(page).toHaveURL(/every=hour/);
  await expect(page.getByText('USD per hour, UTC')).toBeVisible();
});

test('usage is filtered by what was used, by keyboard, and a line leads into what it is made of', async ({
  page,
  product,
  api,
}) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/explore`);
  const filters = page.getByRole('dialog', { name: 'Filters' });
  await pressUntilShown(page, 'f', filters);
  await filters.getByRole('button', { name: 'Model' }).press('Enter');
  await expect(filters.getByRole('searchbox', { name: 'Find models' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type('mini');
  await filters.getByRole('checkbox', { name: /atlas-4-mini/ }).press('Space');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\?model=atlas-4-mini$/);
  const period = month(Date.now());
  const mini = (await sumEventsBy(product, workspace.id, period, 'model')).get('atlas-4-mini');
  await expect(row(page, 'Total')).toContainText(cents(mini?.spendNanoUsd ?? 0n));

  await page.getByRole('link', { name: 'Remove filter Model' }).click();
  await expect(page).toHaveURL(/\/explore$/);
  await row(page, 'crawler').getByRole('button', { name: 'Actions for crawler' }).click();
  await page.getByRole('menuitem', { name: 'Leave it out' }).click();
  await expect(page).toHaveURL(new RegExp(`not\\.key=${workspace.keys.crawler.hash}$`));
  await expect(page.getByText('not crawler')).toBeVisible();
  await expect(row(page, 'crawler')).toHaveCount(0);
  const whole = await sumEvents(product, workspace.id, period);
  const crawler = (await sumEventsBy(product, workspace.id, period, 'key')).get('crawler');
  await expect(row(page, 'Total')).toContainText(cents(whole.spendNanoUsd - (crawler?.spendNanoUsd ?? 0n)));

  await page.getByRole('link', { name: 'Remove filter Key' }).click();
  await row(page, 'support').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`by=endpoint&key=${workspace.keys.support.hash}$`));
  await expect(page.getByText('Spend by endpoint').first()).toBeVisible();

  const chart = page.getByRole('application', { name: /^Spend by endpoint/ });
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=.*&to=/);
  await expect(page.getByText('USD per hour, UTC')).toBeVisible();
});

test('the lines are sorted by each column, in the address, in a saved view and in the CSV', async ({
  page,
  product,
  api,
}) => {
  test.slow();
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}/explore`);
  const head = (name: string) => table(page).getByRole('columnheader', { name, exact: true });
  const names = async () => (await table(page).getByRole('rowheader').allTextContents()).slice(0, -1);
  await expect(head('Sum')).toHaveAttribute('aria-sort', 'descending');
  const bySum = await names();
  expect(bySum.length).toBeGreaterThan(2);
  for (const name of ['Share', 'Previous', 'Change', '%', 'Avg / days', 'Highest day']) {
    await head(name).getByRole('link').press('Enter');
    await expect(head(name)).toHaveAttribute('aria-sort', 'descending');
    await expect(head('Sum')).not.toHaveAttribute('aria-sort');
    expect((await names()).toSorted()).toEqual(bySum.toSorted());
  }
  await head('Key').getByRole('link').click();
  await expect(head('Key')).toHaveAttribute('aria-sort', 'ascending');
  expect(await names()).toEqual(bySum.toSorted((left, right) => left.localeCompare(right)));
  await head('Key').getByRole('link').click();
  await expect(head('Key')).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL(/\?sort=name&dir=desc$/);
  const backwards = bySum.toSorted((left, right) => right.localeCompare(left));
  expect(await names()).toEqual(backwards);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).first().click(),
  ]);
  const lines = parseCsv(await readFile(await download.path(), 'utf8'));
  expect(lines.flatMap((line) => (line.row === 'group' ? [line.key] : []))).toEqual(backwards);

  await page.getByRole('button', { name: 'Save view' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Backwards');
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
  await expect(page).toHaveURL(/view=/);
  await page.goto(`${product.baseUrl}/${workspace.slug}/explore`);
  await expect(head('Sum')).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: /^Backwards/ }).click();
  await expect(head('Key')).toHaveAttribute('aria-sort', 'descending');
  expect(await names()).toEqual(backwards);
  // A column that is not there any more sorts nothing.
  await page.goto(`${product.baseUrl}/${workspace.slug}/explore?sort=previous&compare=off`);
  await expect(head('Sum')).toHaveAttribute('aria-sort', 'descending');
});

test('columns are hidden, and stay so; on a phone a menu sorts', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/explore`);
  const head = (name: string) => table(page).getByRole('columnheader', { name, exact: true });
  const columns = page.getByRole('menu', { name: 'Columns' });
  await expect(async () => {
    await page.getByRole('button', { name: 'Columns' }).press('Enter');
    await expect(columns).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(columns.getByRole('menuitemcheckbox')).toHaveText([
    'Owner',
    'Per day',
    'Share',
    'Previous',
    'Change',
    '%',
    'Avg / days',
    'Highest day',
  ]);
  await columns.getByRole('menuitemcheckbox', { name: 'Previous' }).click();
  await columns.getByRole('menuitemcheckbox', { name: 'Share' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(columns).toBeHidden();
  await expect(head('Previous')).toHaveCount(0);
  await page.reload();
  await expect(head('Sum')).toBeVisible();
  await expect(head('Previous')).toHaveCount(0);
  await expect(head('Share')).toHaveCount(0);
  await expect(head('Change')).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('button', { name: 'Columns' })).toBeHidden();
  await expect(async () => {
    await page.getByRole('button', { name: 'Sorted by Sum' }).click();
    await expect(page.getByRole('menu')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('menuitem', { name: 'Highest day' }).click();
  await expect(page).toHaveURL(/\?sort=highest$/);
  const lines = page.getByRole('region', { name: 'Figures' }).getByRole('listitem');
  await expect(lines.first()).toContainText('Highest day $');
  await expect(page.getByRole('button', { name: 'Sorted by Highest day' })).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Save and share' }).click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied', { exact: true })).toBeVisible();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(page.url());
  await page.getByRole('button', { name: 'Save and share' }).click();
  await expect(page.getByRole('menuitem', { name: 'Save view' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectAccessibleEverywhere(page);
});

test('the CSV has what is shown, with every digit, and runs in no spreadsheet', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  const trap = await api.createKey({ name: '=HYPERLINK("x"),1', workspace_id: workspace.id });
  await api.record({ key: trap.secret, cost_usd: '0.000000001', model: 'atlas-4' });
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/explore?range=7d`);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^spend-by-key-.*\.csv$/);
  const lines = parseCsv(await readFile(await download.path(), 'utf8'));
  const to = new Date(dayOf(Date.now()).getTime() + DAY);
  const byKey = await sumEventsBy(product, workspace.id, { from: new Date(to.getTime() - 7 * DAY), to }, 'key');
  for (const [name, { spendNanoUsd, requests }] of byKey) {
    const line = lines.find(({ key }) => key === name || key === `'${name}`);
    expect(line).toMatchObject({ row: 'group', spend_usd: decimal(spendNanoUsd), requests: String(requests) });
    if (name.startsWith('=')) expect(line?.key).toBe(`'${name}`);
  }
  const whole = await sumEvents(product, workspace.id, { from: new Date(to.getTime() - 7 * DAY), to });
  expect(lines.at(-1)).toMatchObject({ row: 'total', spend_usd: decimal(whole.spendNanoUsd) });
  const day = new Date(to.getTime() - 3 * DAY);
  const ofDay = await sumEvents(product, workspace.id, { from: day, to: new Date(day.getTime() + DAY) });
  expect(lines.at(-1)?.[day.toISOString().slice(0, 10)]).toBe(decimal(ofDay.spendNanoUsd));
});

test('an empty workspace, a period without usage and a question too large say what to do', async ({
  page,
  product,
  api,
}) => {
  const empty = await api.createWorkspace('Empty');
  const person = await createMember(product, empty.slug, 'viewer');
  await signIn(page, product, person, `/${empty.slug}/explore`);
  await expect(page.getByRole('heading', { name: 'Nothing to explore yet' })).toBeVisible();
  await expectAccessibleEverywhere(page);

  const workspace = await makeUsedWorkspace(api);
  await page.context().clearCookies();
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/explore?from=2024-01-01&to=2024-01-31`);
  await expect(page.getByRole('heading', { name: 'No usage in 1–31 Jan 2024' })).toBeVisible();
  await page.getByRole('link', { name: 'Show all time' }).click();
  const all = await sumEvents(product, workspace.id, { from: new Date(0), to: new Date(Date.now() + DAY) });
  await expect(row(page, 'Total')).toContainText(cents(all.spendNanoUsd));

  await page.goto(`${product.baseUrl}/${workspace.slug}/explore?from=2020-01-01&to=2026-12-31`);
  await expect(page.getByRole('main').getByText(/1100 days long at most/)).toBeVisible();
  await page.getByRole('link', { name: 'Last 30 days' }).click();
  await expect(row(page, 'crawler')).toBeVisible();
  await page.goto(`${product.baseUrl}/${workspace.slug}/explore?measure=wealth&by=moon&key=%00&top=-1&range=ever`);
  await expect(row(page, 'crawler')).toBeVisible();
});

test('it is accessible and fits, wide and narrow, in both themes', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/explore?then=model&environment=live`);
  await expect(row(page, 'crawler')).toBeVisible();
  await expectAccessibleEverywhere(page);
});

test('a question is saved as a view, changed, renamed and deleted, and everybody opens it', async ({
  page,
  product,
  api,
  browser,
}) => {
  const workspace = await makeUsedWorkspace(api);
  const admin = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, admin, `/${workspace.slug}/explore?by=model&range=7d`);
  await page.getByRole('button', { name: 'Save view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save view' });
  await expect(dialog.getByLabel('Name')).toHaveValue('Spend by model');
  await expectAccessible(page);
  await dialog.getByLabel('Name').fill('Models, weekly');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/by=model&range=7d&view=/);
  await expect(page.getByRole('heading', { name: 'Models, weekly', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Saved', exact: true })).toHaveAttribute('aria-disabled', 'true');

  await choose(page, 'Measure', 'Requests');
  await expect(page.getByText('Unsaved changes')).toBeVisible();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Unsaved changes')).toHaveCount(0);

  // Another view may not have the same name.
  await page.goto(`${product.baseUrl}/${workspace.slug}/explore`);
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('models, WEEKLY');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A view has this name already. Choose another.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  const theirs = await (await browser.newContext()).newPage();
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(theirs, product, viewer, `/${workspace.slug}/explore`);
  await expect(theirs.getByRole('button', { name: 'Save view' })).toHaveAttribute('aria-disabled', 'true');
  await theirs.getByRole('button', { name: 'Saved views' }).click();
  await expectAccessible(theirs);
  await theirs.getByRole('menuitem', { name: /Models, weekly/ }).click();
  await expect(theirs).toHaveURL(/measure=requests&by=model&range=7d&view=/);
  await theirs.getByRole('button', { name: 'Saved views' }).click();
  await expect(theirs.getByRole('menuitem', { name: /^(Rename|Delete)/ })).toHaveCount(0);

  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: /Models, weekly/ }).click();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Rename Models, weekly' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Requests by model');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Requests by model', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Delete Requests by model' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete view' }).click();
  await expect(page).not.toHaveURL(/view=/);
  await page.goto(`${product.baseUrl}/${workspace.slug}/audit`);
  for (const words of ['Saved view', 'Changed view', 'Deleted view']) {
    await expect(page.getByRole('table')).toContainText(words);
  }
});
