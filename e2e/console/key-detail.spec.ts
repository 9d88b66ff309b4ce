import { expect, type Page } from '@playwright/test';
import type { Api } from '../fixtures/api';
import { createMember, expectAccessible, expectAccessibleEverywhere, signIn } from '../fixtures/console';
import { cents } from '../fixtures/ledger';
import { test } from '../fixtures/test';
import { makeUsedWorkspace } from '../fixtures/usage';

const DAY = 86_400_000;
const dayText = (back: number) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);
const chart = (page: Page, name: RegExp) => page.getByRole('application', { name });
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: /^Parts of/ }).getByRole('link', { name, exact: true });

/** The buttons of the head are on each tab: until the next one is there, they are those of the tab before. */
async function openTab(page: Page, name: string): Promise<void> {
  await tab(page, name).click();
  await expect(tab(page, name)).toHaveAttribute('aria-current', 'page');
}

/** Noon of a day of the month before this one, which is over whenever a test runs. */
function lastMonth(day: number): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, day, 12));
}

const recordAt = (api: Api, hash: string, at: Date, costUsd: number, more: object = {}) =>
  api.record({ key_hash: hash, occurred_at: at.toISOString(), cost_usd: costUsd, ...more });

test('a key’s page begins with its usage, and leads from every share to its events', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  const { hash } = workspace.keys.support;
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await page
    .getByRole('table', { name: 'API keys' })
    .getByRole('link', { name: 'support', exact: true })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'support', level: 1 })).toBeVisible();
  await expect(tab(page, 'Usage')).toHaveAttribute('aria-current', 'page');
  // What is done to the key stands beside its name, and not below what it is.
  const [edit, owner] = await Promise.all([
    page.getByRole('button', { name: 'Edit', exact: true }).boundingBox(),
    page.getByText('Last used', { exact: true }).boundingBox(),
  ]);
  expect(edit?.y).toBeLessThan(owner?.y ?? 0);
  const figures = page.getByRole('region', { name: 'Figures' });
  for (const words of ['Spend in 30 days', 'Requests in 30 days', 'Errors in 30 days', 'Latency, p95 in 30 days']) {
    await expect(figures).toContainText(words);
  }
  for (const name of [/^Spend of support/, /^Requests per/, /^Error rate per/, /^Errors by status/, /^Latency per/]) {
    await expect(chart(page, name)).toBeVisible();
  }
  await expect(page.getByText('No request of this time named any tokens.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Models' }).getByRole('row')).toHaveCount(5);
  await expect(page.getByRole('table', { name: 'Events' }).getByRole('row')).toHaveCount(7);
  await expect(page.getByRole('region', { name: 'Limits' })).toContainText('No limit is set.');

  const endpoints = page.getByRole('region', { name: 'Endpoints' });
  await expect(endpoints.getByRole('row', { name: '3 endpoints' })).toContainText('100%');
  await endpoints.getByText('Requests', { exact: true }).click();
  await expect(endpoints.getByRole('table', { name: 'Requests by endpoint' })).toBeVisible();
  await expectAccessibleEverywhere(page);

  await endpoints.getByRole('link', { name: '/v1/rerank' }).click();
  await expect(page).toHaveURL(new RegExp(`/keys/${hash}/events\\?endpoint=%2Fv1%2Frerank$`));
  await expect(page.getByRole('link', { name: 'Remove filter Endpoint' })).toBeVisible();
  await openTab(page, 'Usage');
  await page.getByRole('link', { name: 'Open in Explore' }).click();
  await expect(page).toHaveURL(new RegExp(`/explore\\?.*key=${hash}`));
});

test('all charts of a key have one cursor, and dragging over one zooms the page', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  const address = `/${workspace.slug}/keys/${workspace.keys.crawler.hash}`;
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), address);
  const spend = chart(page, /^Spend of crawler/);
  await spend.focus();
  await page.keyboard.press('ArrowRight');
  const tips = page
    .getByRole('status')
    .filter({ hasText: 'UTC' })
    .filter({ hasText: /20\d\d/ });
  for (const words of ['crawler$', 'Requests', 'Error rate', 'p95']) {
    await expect(tips.filter({ hasText: words }).first()).toBeVisible();
  }
  await page.keyboard.press('Escape');

  const box = await spend.boundingBox();
  if (!box) throw new Error('The chart has a place.');
  const at = (share: number) => [box.x + 44 + (box.width - 44) * share, box.y + 100] as const;
  await page.mouse.move(...at(0.5 / 30));
  await page.mouse.down();
  await page.mouse.move(...at(2 / 30));
  await page.mouse.move(...at(4.5 / 30), { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(new RegExp(`\\?from=${dayText(29)}&to=${dayText(25)}$`));
  await expect(page.getByRole('region', { name: 'Figures' })).not.toContainText('in 30 days');
  await page.goBack();
  await expect(page).toHaveURL(`${product.baseUrl}${address}`);
});

test('buckets, comparison and period of a key are in the address', async ({ page, product, api }) => {
  const workspace = await makeUsedWorkspace(api);
  const address = `/${workspace.slug}/keys/${workspace.keys.crawler.hash}`;
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), address);
  const buckets = page.getByRole('navigation', { name: 'Buckets' });
  await expect(buckets.getByRole('link', { name: 'Day' })).toHaveAttribute('aria-current', 'true');
  await buckets.getByRole('link', { name: 'Week' }).click();
  await expect(page).toHaveURL(/\?per=week$/);
  await expect(page.getByText('USD per week, UTC')).toBeVisible();
  await page.getByRole('button', { name: /^vs / }).click();
  await page.getByRole('menuitem', { name: 'Do not compare' }).click();
  await expect(page).toHaveURL(/\?compare=off&per=week$/);
  await page.getByRole('button', { name: /^Period:/ }).click();
  await page.getByRole('link', { name: /^Today/ }).click();
  await expect(page).toHaveURL(/range=today/);
  await expect(page.getByText('USD per hour, UTC')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.goto(`${product.baseUrl}${address}?range=ever&per=second&compare=maybe`);
  await expect(page.getByText('USD per day, UTC')).toBeVisible();
});

test('the limit ties out, and what is held is listed and given back', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'held', workspace_id: workspace.id, limit: 10, limit_reset: 'monthly' });
  await api.record({ key: key.secret, cost_usd: '2.000000001' });
  await api.createHold(key.hash, 1.5);
  await api.createHold(key.hash, 0.25);
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}/limits`);
  const ledger = page.getByRole('table', { name: 'What the limit is made of' });
  await expect(ledger.getByRole('row')).toHaveText([
    'Used20.0%$2.000 000 001',
    'Held2 holds$1.750 000 000',
    'Remaining$6.249 999 999',
    'Limit$10.000 000 000',
  ]);
  const holds = page.getByRole('table', { name: 'Open holds' });
  await expect(holds.getByRole('row', { name: '2 holds' })).toContainText('$1.750 000 000');
  await expectAccessibleEverywhere(page);
  await holds.getByRole('row').filter({ hasText: '$1.500' }).getByRole('button', { name: 'Release hold' }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Release the hold of $1.50' });
  await expect(confirm).toBeVisible();
  await expectAccessible(page);
  await confirm.getByRole('button', { name: 'Release hold' }).click();
  await expect(page.getByText('$1.50 is released', { exact: true })).toBeVisible();
  await expect(ledger).toContainText('$7.749 999 999');
  await expect(ledger).toContainText('1 hold$0.250 000 000');
  expect(await api.getKey(key.hash)).toMatchObject({ held: 0.25, limit_remaining: 7.749999999 });

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Release hold' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Release hold' }).click();
  await expect(page.getByText('Nothing is held.')).toBeVisible();
});

test('another limit is tried on what was, and saved', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'tried', workspace_id: workspace.id });
  for (const day of [5, 6, 7]) await recordAt(api, key.hash, lastMonth(day), 10);
  await recordAt(api, key.hash, lastMonth(8), 40, { is_byok: true });
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}/limits`);
  const result = page.getByRole('region', { name: 'With the limit that is tried' });
  const sideBySide = page.getByRole('table', { name: 'Limits side by side' });
  // The highest month and a tenth: nothing would have been refused.
  await expect(page.getByRole('textbox', { name: 'Try', exact: true })).toHaveValue('33');
  await expect(result).toContainText('It would have refused nothing');
  await page.getByRole('textbox', { name: 'Try', exact: true }).fill('15');
  await expect(result).toContainText('With $15 per month');
  await expect(result).toContainText('3days with refusals');
  await expect(result).toContainText('$15.00not spent');
  await expect(sideBySide.getByRole('row', { name: '$15 tried' })).toHaveText('$15 tried3$15.00');
  await expect(sideBySide.getByRole('row', { name: '$33 suggested' })).toHaveText('$33 suggested0$0.00');
  // Within the last month spend rose by ten on each of three days; what its own provider was paid is apart.
  const chart = page.getByRole('figure').filter({ hasText: 'Spend within a month' });
  await expect(chart.getByText('Try $15')).toBeVisible();
  await chart.getByRole('button', { name: 'Show as table' }).click();
  const days = chart.getByRole('row');
  await expect(days.first()).toContainText('Last month');
  for (const [day, sum] of [
    [5, '$10.00'],
    [6, '$20.00'],
    [7, '$30.00'],
    [8, '$30.00'],
  ] as const) {
    await expect(days.nth(day)).toContainText(sum);
  }
  await chart.getByRole('button', { name: 'Show as chart' }).click();
  await page.getByText('Day', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Try', exact: true }).fill('4');
  await expect(result).toContainText('$18.00not spent');
  await expectAccessibleEverywhere(page);

  await page.getByText('Month', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Try', exact: true }).fill('a lot');
  await expect(page.getByText('Enter an amount such as 400 or 0.25.')).toBeVisible();
  await page.getByRole('button', { name: 'Suggested $33' }).click();
  await page.getByRole('slider', { name: 'Limit to try' }).focus();
  await page.keyboard.press('Home');
  await expect(result).toContainText('With $0 per month');
  await page.keyboard.press('End');
  await expect(result).toContainText('It would have refused nothing');
  await page.getByRole('textbox', { name: 'Try', exact: true }).fill('20.5');
  await result.getByRole('button', { name: 'Save $20.50' }).click();
  await expect(page.getByText('tried is limited to $20.50 per month', { exact: true }).first()).toBeVisible();
  // The message waits while the pointer is on it.
  await page.getByRole('button', { name: 'Undo' }).hover();
  expect(await api.getKey(key.hash)).toMatchObject({ limit: 20.5, limit_reset: 'monthly' });
  await expect(page.getByRole('table', { name: 'Limits', exact: true })).toContainText('$20.50');
  await expect(result.getByRole('button', { name: 'Save $20.50' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('tried is as it was', { exact: true })).toBeVisible();
  expect(await api.getKey(key.hash)).toMatchObject({ limit: null, limit_reset: null });
});

test('a workspace’s budgets stand beside the key’s own limit', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'one-of-many', workspace_id: workspace.id, limit: 5, limit_reset: 'daily' });
  await api.record({ key: key.secret, cost_usd: 1 });
  await api.send('PUT', `/api/v1/workspaces/${workspace.id}/budgets/monthly`, { limit_usd: 40 });
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}`);
  await expect(page.getByRole('meter', { name: 'Workspace, month' })).toHaveAttribute('aria-valuetext', '$1.00 of $40');
  await openTab(page, 'Limits and what-if');
  const limits = page.getByRole('table', { name: 'Limits', exact: true });
  await expect(limits.getByRole('row', { name: 'This key, day' })).toContainText('20.0%');
  await expect(limits.getByRole('row', { name: 'Workspace, month' })).toContainText('2.5%');
});

test('a key that was never used says what its service sends', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'fresh', workspace_id: workspace.id, limit: 10 });
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}`);
  await expect(page.getByRole('heading', { name: 'This key has not been used' })).toBeVisible();
  await expect(page.getByText(`curl ${product.baseUrl}/api/v1/usage-events`)).toBeVisible();
  await expectAccessibleEverywhere(page);
  await openTab(page, 'Limits and what-if');
  await expect(page.getByText('Nothing to try a limit on')).toBeVisible();
  await expect(page.getByText('Nothing is held.')).toBeVisible();
  await expectAccessible(page);
  await openTab(page, 'Secrets');
  await expect(page.getByText('One secret works, and nothing is to be done.')).toBeVisible();
  await expectAccessible(page);
  await openTab(page, 'Events');
  await expect(page.getByRole('heading', { name: 'This key has not been used' })).toBeVisible();
  await expectAccessible(page);
  await openTab(page, 'Activity');
  await expect(page.getByRole('table', { name: 'Activity' })).toContainText('Created key');
  await expectAccessible(page);
});

test('a time without requests is said to be one', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'quiet', workspace_id: workspace.id });
  await recordAt(api, key.hash, new Date(Date.now() - 60 * DAY), 1);
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}?range=7d`);
  await expect(page.getByRole('heading', { name: 'No requests in this time' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Figures' })).toContainText('Spend in 7 days$0.00');
  await expectAccessible(page);
});

test('what a key’s state asks for stands in the open', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const [off, ending, blocked, gone] = await Promise.all(
    ['off', 'ending', 'blocked', 'gone'].map((name) =>
      api.createKey({
        name,
        workspace_id: workspace.id,
        ...(name === 'blocked' ? { limit: 1, limit_reset: 'monthly' as const } : {}),
        ...(name === 'ending' ? { expires_at: new Date(Date.now() + 8_000).toISOString() } : {}),
      }),
    ),
  );
  if (!off || !ending || !blocked || !gone) throw new Error('Each key is made above.');
  const address = ({ hash }: { hash: string }) => `${product.baseUrl}/${workspace.slug}/keys/${hash}`;
  await api.record({ key: gone.secret, cost_usd: 3 }, { key: blocked.secret, cost_usd: 1.25 });
  await api.patch(`/api/v1/keys/${off.hash}`, { disabled: true });
  await api.delete(`/api/v1/keys/${gone.hash}`);

  await signIn(page, product, owner, `/${workspace.slug}/keys/${off.hash}`);
  await expect(page.getByText('Refuses every request. Enable it to let it work again.')).toBeVisible();
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await page.getByRole('button', { name: 'Enable key' }).click();
  await expect(page.getByText('off is enabled', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toBeVisible();
  expect((await api.as(off.secret).get('/api/v1/key')).status).toBe(200);

  await page.goto(address(blocked));
  await expect(page.getByText(/Its limit is used up\. Refuses until 1 \w+/)).toBeVisible();
  await expect(page.getByText('Over the limit by')).toBeVisible();
  await expect(page.getByRole('table', { name: 'What the limit is made of' })).toContainText('−$0.250 000 000');
  await expectAccessible(page);

  await expect(async () => {
    await page.goto(address(ending));
    await expect(page.getByText(/Stopped working on .* Create a new key\./)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(page);

  for (const path of ['', '/limits', '/events']) {
    await page.goto(`${address(gone)}${path}`);
    await expect(page.getByRole('heading', { name: 'This key was deleted' })).toBeVisible();
  }
  await expectAccessibleEverywhere(page);
  await page.getByRole('link', { name: 'See what it spent' }).click();
  await expect(page.getByText(cents(3_000_000_000n)).first()).toBeVisible();
  await page.goto(`${product.baseUrl}/${workspace.slug}/keys/${'0'.repeat(64)}`);
  await expect(page.getByRole('heading', { name: 'This is not in the workspace' })).toBeVisible();
});

test('a viewer reads all of a key and changes none of it', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace('Acme');
  const key = await api.createKey({ name: 'looked-at', workspace_id: workspace.id, limit: 10 });
  await api.record({ key: key.secret, cost_usd: 2 });
  await api.createHold(key.hash, 1);
  await api.post(`/api/v1/keys/${key.hash}/rotate`, { grace_seconds: 3600 });
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/keys/${key.hash}/limits`);
  const expectRefused = async (...names: readonly string[]) => {
    for (const name of names) {
      const button = page.getByRole('button', { name, exact: true }).first();
      await expect(button).toHaveAttribute('aria-disabled', 'true');
      // The tooltip before has to go first: it waits for a pointer on its way to it.
      await page.mouse.move(0, 0, { steps: 5 });
      await expect(page.getByRole('tooltip')).toHaveCount(0);
      await button.hover();
      await expect(page.getByRole('tooltip')).toContainText('You are a viewer in Acme');
    }
  };
  await expectRefused('Edit', 'Change limit', 'Release hold');
  await expect(page.getByRole('button', { name: /^Save \$/ })).toHaveAttribute('aria-disabled', 'true');
  await openTab(page, 'Secrets 2');
  await expectRefused('Rotate', 'Change the overlap', 'End old secret now');
  await page.mouse.move(700, 700, { steps: 5 });
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expectAccessible(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the limit comes first, and nothing sticks out', async ({ page, product, api, owner }) => {
    const workspace = await api.createWorkspace();
    const key = await api.createKey({ name: 'small', workspace_id: workspace.id, limit: 8, limit_reset: 'daily' });
    const event = { key: key.secret, endpoint: '/v1/chat', model: 'acme/atlas', prompt_tokens: 10 };
    await api.record({ ...event, cost_usd: 2 }, { ...event, cost_usd: 1, status: 502 });
    await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}`);
    const limit = await page.getByRole('region', { name: 'Limits' }).boundingBox();
    const figures = await page.getByRole('region', { name: 'Figures' }).boundingBox();
    expect(limit?.y).toBeLessThan(figures?.y ?? 0);
    for (const [name, heading] of [
      ['Limits and what-if', 'What if the limit were different?'],
      ['Secrets', 'Secrets'],
      ['Events', 'small'],
      ['Activity', 'Activity'],
    ] as const) {
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await expectAccessible(page);
      await tab(page, name).tap();
      await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
      await expect(tab(page, name)).toHaveAttribute('aria-current', 'page');
    }
    await page.getByRole('button', { name: 'Actions for small' }).tap();
    await page.getByRole('menuitem', { name: 'Edit' }).tap();
    await expect(page.getByRole('dialog', { name: 'Edit small' })).toBeVisible();
  });
});
