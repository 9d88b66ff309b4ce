import { expect, type Page } from '@playwright/test';
import {
  createMember,
  expectAccessible,
  expectAccessibleEverywhere,
  pressUntilShown,
  signIn,
} from '../fixtures/console';
import { cents, exact, sumEvents, sumEventsBy } from '../fixtures/ledger';
import { test } from '../fixtures/test';
import { makeUsedWorkspace } from '../fixtures/usage';

const DAY = 86_400_000;
const figures = (page: Page) => page.getByRole('region', { name: 'Figures' });
const chart = (page: Page, name: RegExp | string) => page.getByRole('application', { name });
const spend = (page: Page) => chart(page, /^Spend by/);
const dayOf = (at: number) => new Date(Math.floor(at / DAY) * DAY);

test('the first page is the overview, and every figure is the sum of its events', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'));
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(`${product.baseUrl}/${workspace.slug}`);

  const now = Date.now();
  const today = dayOf(now);
  const date = new Date(now);
  const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
  const end = new Date(today.getTime() + DAY);
  const all = await sumEvents(product, workspace.id, { from: month, to: end });
  await expect(figures(page)).toContainText(
    `Spend today${cents((await sumEvents(product, workspace.id, { from: today, to: end })).spendNanoUsd)}`,
  );
  await expect(figures(page)).toContainText(cents(all.spendNanoUsd));
  await expect(figures(page)).toContainText(`Requests this month${all.requests}`);
  await expect(figures(page)).toContainText(`${all.errors} error`);
  await expect(figures(page)).toContainText('Keys in use now4 of 4');

  await page.goto(`${product.baseUrl}/${workspace.slug}?range=30d`);
  const period = { from: new Date(end.getTime() - 30 * DAY), to: end };
  const before = { from: new Date(period.from.getTime() - 30 * DAY), to: new Date(now - 30 * DAY) };
  const [byKey, byKeyBefore] = [
    await sumEventsBy(product, workspace.id, period, 'key'),
    await sumEventsBy(product, workspace.id, before, 'key'),
  ];
  const changes = page.getByRole('table', { name: 'Biggest changes' });
  for (const [name, sums] of byKey) {
    await expect(changes.getByRole('row', { name })).toContainText(cents(sums.spendNanoUsd));
    await expect(changes.getByRole('row', { name })).toContainText(cents(byKeyBefore.get(name)?.spendNanoUsd ?? 0n));
  }
  const whole = await sumEvents(product, workspace.id, period);
  const shares = page.getByRole('table', { name: 'Spend by endpoint' });
  for (const [name, sums] of await sumEventsBy(product, workspace.id, period, 'endpoint')) {
    await expect(shares.getByRole('row', { name }).getByTitle(exact(sums.spendNanoUsd))).toHaveText(
      cents(sums.spendNanoUsd),
    );
  }
  await expect(shares.getByRole('row', { name: '3 endpoints' }).getByTitle(exact(whole.spendNanoUsd))).toHaveText(
    cents(whole.spendNanoUsd),
  );

  // The chart's table has a row for each day, and each of its cells is the sum of that day.
  await page
    .getByRole('figure')
    .filter({ has: page.getByRole('heading', { name: 'Spend by key' }) })
    .getByRole('button', { name: 'Show as table' })
    .click();
  const days = page.getByRole('table', { name: /^Spend by key/ });
  await expect(days.getByRole('row')).toHaveCount(31);
  for (const back of [0, 3, 29]) {
    const from = new Date(today.getTime() - back * DAY);
    const ofDay = await sumEventsBy(product, workspace.id, { from, to: new Date(from.getTime() + DAY) }, 'key');
    const row = days.getByRole('row').nth(30 - back);
    for (const { spendNanoUsd } of ofDay.values()) await expect(row).toContainText(cents(spendNanoUsd));
  }
  await expectAccessible(page);
});

test('spend is shown by model and endpoint, of one environment, of another period, and not compared', async ({
  page,
  product,
  api,
}) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}`);
  await page.getByRole('navigation', { name: 'Spend by' }).getByRole('link', { name: 'Model' }).click();
  await expect(page).toHaveURL(/\?by=model$/);
  await expect(page.getByRole('heading', { name: 'Spend by model' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Biggest changes' })).toContainText('atlas-4-mini');

  await page.getByRole('navigation', { name: 'Environment' }).getByRole('link', { name: 'Test' }).click();
  await expect(page).toHaveURL(/by=model&env=test/);
  await expect(figures(page)).toContainText('Keys in use now1 of 1');
  await expect(page.getByRole('link', { name: 'Open in Explore' })).toHaveAttribute(
    'href',
    `/${workspace.slug}/explore?by=model&range=mtd&environment=test`,
  );

  await page.getByRole('button', { name: /^Period:/ }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: /Last 7 days/ }).click();
  await expect(page).toHaveURL(/range=7d/);
  await expect(figures(page)).toContainText('Requests in 7 days');
  const now = Date.now();
  const to = new Date(dayOf(now).getTime() + DAY);
  const tested = await sumEventsBy(
    product,
    workspace.id,
    { from: new Date(to.getTime() - 7 * DAY), to },
    'environment',
  );
  await expect(figures(page)).toContainText(`Requests in 7 days${tested.get('test')?.requests}`);

  await page.getByRole('button', { name: /^vs / }).click();
  await page.getByRole('menuitem', { name: 'Do not compare' }).click();
  await expect(page).toHaveURL(/compare=off/);
  await expect(page.getByRole('button', { name: 'Not compared' })).toBeVisible();
});

test('a range is chosen in the calendar by keyboard, and by dragging over the chart', async ({
  page,
  product,
  api,
}) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}?range=30d`);
  await page.getByRole('button', { name: /^Period:/ }).press('Enter');
  const today = new Date().toISOString().slice(0, 10);
  await page.locator(`[data-day="${today}"]`).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^From .* Choose the last day\.$/)).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const day = (back: number) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);
  await expect(page).toHaveURL(new RegExp(`\\?from=${day(14)}&to=${day(7)}$`));
  await expect(page.getByRole('table', { name: 'Biggest changes' })).toBeVisible();

  await page.goBack();
  await expect(page).toHaveURL(/range=30d$/);
  const box = await spend(page).boundingBox();
  if (!box) throw new Error('The chart has a place.');
  const at = (share: number) => [box.x + 44 + (box.width - 44) * share, box.y + 100] as const;
  await page.mouse.move(...at(0.5 / 30));
  await page.mouse.down();
  await page.mouse.move(...at(2 / 30));
  await page.mouse.move(...at(4.5 / 30), { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(new RegExp(`\\?from=${day(29)}&to=${day(25)}$`));
  await page.goBack();
  await expect(page).toHaveURL(/range=30d$/);
});

test('the chart is read and zoomed by keyboard, and all charts share its cursor', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}?range=7d`);
  await spend(page).focus();
  await page.keyboard.press('ArrowRight');
  const tips = page
    .getByRole('status')
    .filter({ hasText: 'UTC' })
    .filter({ hasText: /20\d\d/ });
  const second = new Date(dayOf(Date.now()).getTime() - 5 * DAY);
  const sums = await sumEvents(product, workspace.id, { from: second, to: new Date(second.getTime() + DAY) });
  await expect(tips.filter({ hasText: `Total${cents(sums.spendNanoUsd)}` })).toBeVisible();
  await expect(tips.filter({ hasText: `Requests${sums.requests}` })).toBeVisible();
  await expect(tips.filter({ hasText: 'Error rate' })).toBeVisible();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText(/selected\. Press Enter to zoom in\./)).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/selected\. Press Enter to zoom in\./)).toHaveCount(0);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByText(/selected\. Press Enter to zoom in\./)).toBeAttached();
  await page.keyboard.press('Enter');
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  await expect(page).toHaveURL(
    new RegExp(`from=${day(second.getTime() + DAY)}&to=${day(second.getTime() + 2 * DAY)}$`),
  );
  await expect(page.getByText(/USD per hour/)).toBeVisible();
});

test('what is near its limit or over it comes with what to do', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const [blocked, near] = [
    await api.createKey({ name: 'newsletter', workspace_id: workspace.id, limit: 1, limit_reset: 'weekly' }),
    await api.createKey({ name: 'invoices', workspace_id: workspace.id, limit: 10, limit_reset: 'monthly' }),
  ];
  await api.record(
    { key: blocked.secret, cost_usd: '1.25' },
    { key: near.secret, cost_usd: '9' },
    { key: near.secret, model: 'unknown-model', prompt_tokens: 10 },
  );
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}`);
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention).toContainText('3 open');
  await expect(attention.getByRole('link').first()).toContainText('newsletter is blocked');
  await expect(attention).toContainText('$1.25 of $1 weekly used');
  await expect(attention).toContainText('90.0% of $10');
  await expect(attention.getByRole('link', { name: /1 request without a price/ })).toHaveAttribute(
    'href',
    `/${workspace.slug}/prices`,
  );
  const limits = page.getByRole('region', { name: 'Closest to their limit' });
  await expect(limits.getByRole('meter', { name: 'Limit of newsletter' })).toHaveAttribute(
    'aria-valuetext',
    '$1.25 of $1 weekly',
  );
  await expectAccessibleEverywhere(page);

  // On a phone, where they stand under each other, what to do comes before the proof.
  await page.setViewportSize({ width: 390, height: 844 });
  const top = async (name: string) => (await page.getByRole('region', { name }).boundingBox())?.y ?? 0;
  expect(await top('Needs attention')).toBeLessThan(await top('Books'));
  expect(await top('Books')).toBeLessThan(await top('Biggest changes'));
  await attention.getByRole('link', { name: /newsletter is blocked/ }).click();
  await expect(page).toHaveURL(`${product.baseUrl}/${workspace.slug}/keys/${blocked.hash}`);
});

test('figures follow what is recorded while the page is looked at, and only then', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await page.clock.install();
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}`);
  const today = dayOf(Date.now());
  const spent = async () =>
    cents((await sumEvents(product, workspace.id, { from: today, to: new Date(today.getTime() + DAY) })).spendNanoUsd);
  await expect(figures(page)).toContainText(`Spend today${await spent()}`);
  await expect(spend(page)).toBeVisible();

  await api.record({ key_hash: workspace.keys.crawler.hash, cost_usd: '12.34' });
  await page.clock.runFor(16_000);
  await expect(figures(page)).toContainText(`Spend today${await spent()}`);

  // A server that does not answer leaves the figures where they are, and says so.
  await page.route('**/readyz', (route) => route.abort());
  await page.clock.runFor(16_000);
  await expect(page.getByText(/no answer since/).first()).toBeVisible();
  await expect(figures(page)).toContainText(`Spend today${await spent()}`);
  await page.unroute('**/readyz');

  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/readyz')) asked += 1;
  });
  await page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })`);
  await page.clock.runFor(60_000);
  expect(asked).toBe(0);
  await api.record({ key_hash: workspace.keys.crawler.hash, cost_usd: '0.66' });
  await page.evaluate(
    `Object.defineProperty(document, 'visibilityState', { value: 'visible' }); document.dispatchEvent(new Event('visibilitychange'))`,
  );
  await expect(figures(page)).toContainText(`Spend today${await spent()}`);
  await expect(page.getByText(/no answer since/)).toHaveCount(0);
});

test('an admin checks the books from here, a viewer is told who may', async ({ page, product, api, browser }) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}`);
  const books = page.getByRole('region', { name: 'Books' });
  await expect(books).toContainText('Books not checked yet');
  await expectAccessible(page);
  await books.getByRole('button', { name: 'Check now' }).click();
  await expect(books).toContainText('Books balanced');
  await expect(books.getByRole('table', { name: 'Totals of the books' })).toContainText('Difference$0.000 000 000');
  const all = await sumEvents(product, workspace.id, { from: new Date(0), to: new Date(Date.now() + DAY) });
  // The three were added up apart.
  for (const name of ['Ledger entries', 'Key counters', 'Roll-ups']) {
    await expect(books.getByRole('row', { name })).toContainText(exact(all.spendNanoUsd));
    await expect(books.getByRole('row', { name })).toContainText(String(all.requests));
  }
  await api.record({ key_hash: workspace.keys.crawler.hash, cost_usd: '0.01' });
  await page.reload();
  await expect(books).toContainText('1 entry came since.');
  await expectAccessibleEverywhere(page);
  const plain = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage();
  await plain.goto(`${product.baseUrl}/${workspace.slug}`);
  await plain.getByRole('button', { name: 'Check now' }).click();
  await expect(plain).toHaveURL(`${product.baseUrl}/${workspace.slug}#books`);
  await expect(plain.getByRole('heading', { name: 'Books balanced' })).toBeVisible();
  await expect(plain.getByText('1 entry came since.')).toHaveCount(0);

  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}`);
  const button = theirs.getByRole('button', { name: 'Check now' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await button.hover();
  await expect(theirs.getByRole('tooltip')).toContainText('Ask an admin to check.');
});

test('a workspace without usage leads to the first entry', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  await signIn(page, product, owner, `/${workspace.slug}`);
  await expect(page.getByRole('heading', { name: 'Create a key, then record what it spends' })).toBeVisible();
  await expect(page.getByLabel('Record a request')).toContainText(`curl ${product.baseUrl}/api/v1/usage-events`);
  await expectAccessibleEverywhere(page);
  const dialog = page.getByRole('dialog', { name: 'Create key' });
  await pressUntilShown(page, 'c', dialog);
  await page.keyboard.press('Escape');
  const key = await api.createKey({ workspace_id: workspace.id });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Record the first usage' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Create a key · done' })).toBeVisible();
  await api.record({ key: key.secret, cost_usd: '0.0021' });
  await page.reload();
  await expect(figures(page)).toContainText('Spend today$0.0021');
});

test('a period without usage says so, and the address survives mangling', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  await signIn(
    page,
    product,
    await createMember(product, workspace.slug, 'viewer'),
    `/${workspace.slug}?from=2024-01-01&to=2024-01-31`,
  );
  await expect(page.getByText('No requests in this period.')).toBeVisible();
  await expect(page.getByText('Nothing was spent in either period.')).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${product.baseUrl}/${workspace.slug}?range=ever&by=%00&env=prod&from=2026-02-31&to=x`);
  await expect(figures(page)).toContainText('Requests this month');
  await page.goto(`${product.baseUrl}/${workspace.slug}?from=2020-01-01&to=2026-12-31`);
  await expect(page.getByText(/1100 days long at most/)).toBeVisible();
});
