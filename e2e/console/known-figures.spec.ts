import { expect, type Page } from '@playwright/test';
import { signIn } from '../fixtures/console';
import { cents } from '../fixtures/ledger';
import { query } from '../fixtures/query';
import { test } from '../fixtures/test';

/** Usage so plain that each figure can be said beforehand: budget, forecast and changes, and the views of Explore. */

const DAY = 86_400_000;
const DOLLAR = 1_000_000_000n;
/** So far from midnight of UTC a test begins, at least. */
const CLEAR_MILLISECONDS = 45_000;

async function clearOfMidnight(): Promise<void> {
  const isClear = () => Date.now() % DAY > 30_000 && DAY - (Date.now() % DAY) > CLEAR_MILLISECONDS;
  await expect.poll(isClear, { intervals: [1000], timeout: CLEAR_MILLISECONDS + 40_000 }).toBe(true);
}

test('the overview tells the budget, what the month will come to, changes and keys that nobody uses', async ({
  page,
  product,
  api,
  owner,
}) => {
  test.setTimeout(150_000);
  await clearOfMidnight();
  const workspace = await api.createWorkspace('Known');
  const key = await api.createKey({ name: 'worker', workspace_id: workspace.id });
  const idle = await api.createKey({ name: 'idle', workspace_id: workspace.id });
  await query(product, `UPDATE api_keys SET created_at = now() - interval '60 days' WHERE hash = $1`, [idle.hash]);
  await query(product, `INSERT INTO budgets (workspace_id, "window", limit_nano_usd) VALUES ($1, 'month', $2)`, [
    workspace.id,
    String(1_000n * DOLLAR),
  ]);
  const today = Math.floor(Date.now() / DAY) * DAY;
  const dayOfMonth = new Date(today).getUTCDate();
  const daysOfMonth = new Date(
    Date.UTC(new Date(today).getUTCFullYear(), new Date(today).getUTCMonth() + 1, 0),
  ).getUTCDate();
  // At the very start of each day, so that as much of yesterday is compared as there is of today: $10 a day, today $4.
  const at = (back: number, second: number) => new Date(today - back * DAY + second * 1000).toISOString();
  const whole = Array.from({ length: 35 }, (_, index) => index + 1);
  await api.record(
    { key_hash: key.hash, cost_usd: 4, occurred_at: at(0, 1) },
    { key_hash: key.hash, cost_usd: 0, status: 500, occurred_at: at(0, 2) },
    ...whole.map((back) => ({ key_hash: key.hash, cost_usd: 10, occurred_at: at(back, 1) })),
    // A second request each day of this week, and none of the week before.
    ...whole.slice(0, 6).map((back) => ({ key_hash: key.hash, cost_usd: 0, occurred_at: at(back, 2) })),
  );
  await api.createHold(key.hash, 2.5);

  const spent = 10 * (dayOfMonth - 1) + 4;
  const forecastNow = () => {
    const left = 1 - (Date.now() - today) / DAY;
    return spent + 10 * left + 10 * (daysOfMonth - dayOfMonth);
  };
  const highest = forecastNow();
  await signIn(page, product, owner, `/${workspace.slug}?range=7d`);
  const figures = page.getByRole('region', { name: 'Figures' });
  await expect(figures).toContainText(`${cents(BigInt(spent) * DOLLAR)}of $1,000 budget`);
  const lowest = forecastNow();
  await expect(figures.getByRole('meter', { name: 'Monthly budget' })).toHaveAttribute(
    'aria-valuetext',
    `${cents(BigInt(spent) * DOLLAR)} of $1,000`,
  );
  await expect(figures).toContainText(`${(spent / 10).toFixed(1)}% used, $2.50 held`);
  await expect(figures).toContainText(/Resets 1 \w{3}/);
  const forecast = /Forecast \$([\d,]+), (\d+)% of budget/.exec((await figures.textContent()) ?? '');
  expect(Number(forecast?.[1]?.replace(',', ''))).toBeGreaterThanOrEqual(Math.floor(lowest));
  expect(Number(forecast?.[1]?.replace(',', ''))).toBeLessThanOrEqual(highest);
  expect(Math.abs(Number(forecast?.[2]) - highest / 10)).toBeLessThanOrEqual(0.6);
  await figures.getByText(/^Forecast/).focus();
  await expect(page.getByRole('tooltip')).toContainText('the mean of the same weekday of the last four weeks');

  await expect(figures).toContainText(/Spend today\$4\.00down 60\.0%vs \w{3}, \d\d:\d\d/);
  await expect(figures).toContainText(/Requests in 7 days14up 100\.0%vs/);
  await expect(figures).toContainText(/Error rate in 7 days7\.14%up 7\.14\spp1 error/);
  await expect(figures).toContainText(/Keys in use now1\sof\s2\s*1\sdormant/);
});

async function choose(page: Page, part: string, choice: string) {
  await page.getByRole('button', { name: new RegExp(`^${part}: `) }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${choice}`) }).click();
  await expect(page.getByRole('button', { name: `${part}: ${choice}`, exact: true })).toBeVisible();
}

test('Explore shows as many lines as asked for and the rest as one, in four views, and its link tells it all', async ({
  page,
  product,
  api,
  owner,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await clearOfMidnight();
  const workspace = await api.createWorkspace('Views');
  const key = await api.createKey({ workspace_id: workspace.id });
  const today = Math.floor(Date.now() / DAY) * DAY;
  // Model n spends n dollars on each of two days: $156 in all, and the first has another $7 through an own provider key.
  const models = Array.from({ length: 12 }, (_, index) => ({ name: `model-${index + 1}`, dollars: index + 1 }));
  const event = (model: string, dollars: number, back: number) => ({
    key_hash: key.hash,
    model,
    cost_usd: dollars,
    occurred_at: new Date(today - back * DAY + 1000).toISOString(),
  });
  await api.record(...models.flatMap(({ name, dollars }) => [0, 1].map((back) => event(name, dollars, back))), {
    ...event('model-1', 7, 0),
    is_byok: true,
  });
  await signIn(page, product, owner, `/${workspace.slug}/explore?by=model&range=7d`);
  const table = page.getByRole('region', { name: 'Figures' }).getByRole('table');
  const row = (name: string) => table.getByRole('row', { name });
  const names = async () => (await table.getByRole('rowheader').allTextContents()).map((name) => name.trim());
  await expect(row('Other (4)')).toContainText('$20.00');
  await choose(page, 'Show', 'Top 5');
  await expect(page).toHaveURL(/top=5/);
  await expect(row('Other (7)')).toContainText('$56.00');
  await expect(row('Other (7)')).toContainText('35.9%');
  expect(await names()).toEqual(['model-12', 'model-11', 'model-10', 'model-9', 'model-8', 'Other (7)', 'Total']);
  await expect(row('Total')).toContainText('$156.00');

  // The highest figure at the axis tells the views apart: $78 is the most of a day, $12 of a model, $156 of all days.
  const views = page.getByRole('navigation', { name: 'Chart' });
  const chart = page.getByRole('application', { name: /^Spend by model per day/ });
  const isAtMost = (low: number, high: number) => async () => {
    const texts = await chart.locator('text').allTextContents();
    const most = Math.max(...texts.filter((text) => text.startsWith('$')).map((text) => Number(text.slice(1))));
    return most >= low && most < high;
  };
  await expect.poll(isAtMost(78, 156)).toBe(true);
  for (const [view, low, high] of [
    ['Lines', 12, 78],
    ['Cumulative', 156, 400],
  ] as const) {
    await views.getByRole('link', { name: view }).click();
    await expect(views.getByRole('link', { name: view })).toHaveAttribute('aria-current', 'true');
    await expect.poll(isAtMost(low, high)).toBe(true);
  }
  await views.getByRole('link', { name: 'Share' }).click();
  await expect(chart.getByText('100%')).toBeVisible();

  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = String(await page.evaluate('navigator.clipboard.readText()'));
  expect(link).toBe(page.url());
  await page.goto(`${product.baseUrl}/${workspace.slug}`);
  await page.goto(link);
  await expect(row('Other (7)')).toContainText('$56.00');
  await expect(views.getByRole('link', { name: 'Share' })).toHaveAttribute('aria-current', 'true');

  await choose(page, 'Measure', 'BYOK spend');
  await expect(table.getByRole('row', { name: /^model-1 / })).toContainText('$7.00');
  await expect(row('Total')).toContainText('$7.00');
});
