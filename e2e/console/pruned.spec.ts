import { expect, type Page } from '@playwright/test';
import { Api } from '../fixtures/api';
import { createMember, expectAccessibleEverywhere, signIn } from '../fixtures/console';
import { type Product, startProduct } from '../fixtures/product';
import { test as base } from '../fixtures/test';

/** Months are pruned for the whole account, so this product is nobody else's. */
const test = base.extend<object, { own: Product }>({
  own: [
    async ({ database }, use) => {
      const product = await startProduct({ database });
      await use(product);
      await product.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const DAY = 86_400_000;
const figures = (page: Page) => page.getByRole('region', { name: 'Figures' }).getByRole('table');
const note = (page: Page) => page.getByText(/^Events before .* were removed\./);

test('after events were removed, Explore says how fine its figures still are, and they stay what they were', async ({
  page,
  own: product,
}) => {
  const api = new Api(product.baseUrl, product.accountKey);
  const workspace = await api.createWorkspace('Fernhill');
  const key = await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  const noon = Math.floor(Date.now() / DAY) * DAY - 100 * DAY + DAY / 2;
  await api.record(
    ...[0, 1, 2, 26].map((hours) => ({
      key_hash: key.hash,
      model: hours % 2 === 0 ? 'atlas-4' : 'corvid-2',
      cost_usd: '1.000000001',
      occurred_at: new Date(noon + hours * (DAY / 24) + 1_234_567).toISOString(),
    })),
    { key_hash: key.hash, model: 'atlas-4', cost_usd: '5' },
  );
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  const range = `from=${dayOf(noon - DAY)}&to=${dayOf(noon + 2 * DAY)}&compare=off`;
  // By model of one key: of two things there are sums of days alone.
  const byTwo = `/${workspace.slug}/explore?by=model&key=${key.hash}&every=hour&${range}`;
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), byTwo);
  await expect(figures(page).getByRole('row', { name: 'Total' })).toContainText('$4.00');
  await expect(note(page)).toHaveCount(0);

  expect(product.run(['prune', '--keep-months', '1'])).toContain('Nothing was removed.');
  const said = product.run(['prune', '--keep-months', '1', '--yes']);
  expect(said).toContain(`Removed the events of ${dayOf(noon).slice(0, 7)}.`);

  await page.reload();
  await expect(figures(page).getByRole('row', { name: 'Total' })).toContainText('$4.00');
  await expect(figures(page).getByRole('row', { name: 'atlas-4' })).toContainText('$3.00');
  await expect(note(page)).toContainText(
    'Earlier figures come from whole days of UTC, so buckets there begin and end with those.',
  );
  // The end of the last month that had events and was removed.
  const last = new Date(noon + 27 * (DAY / 24));
  const before = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1));
  const month = before.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
  await expect(note(page)).toContainText(`Events before 1 ${month} ${before.getUTCFullYear()} were removed.`);
  await expectAccessibleEverywhere(page);

  // By one thing the sums are of hours, so nothing had to be moved; what is younger than the boundary is as fine as ever.
  await page.goto(`${product.baseUrl}/${workspace.slug}/explore?every=hour&${range}`);
  await expect(figures(page).getByRole('row', { name: 'Total' })).toContainText('$4.00');
  await expect(note(page)).toHaveCount(0);
  await page.goto(`${product.baseUrl}/${workspace.slug}/explore?by=model&key=${key.hash}&every=hour&range=24h`);
  await expect(figures(page).getByRole('row', { name: 'Total' })).toContainText('$5.00');
  await expect(note(page)).toHaveCount(0);

  // What only events can tell is refused, and says from when on it can be asked.
  await page.goto(`${product.baseUrl}/${workspace.slug}/explore?by=model&then=endpoint&key=${key.hash}&${range}`);
  await expect(page.getByRole('heading', { name: 'This can’t be answered as asked' })).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'pruned' })).toContainText(before.toISOString());
});
