import { expect, type Page } from '@playwright/test';
import { WRONG_SECRETS_MAX } from '../../lib/holders/holder-throttle';
import { createOwner, expectAccessible, expectAccessibleEverywhere, signIn, waitForForms } from '../fixtures/console';
import { startProduct } from '../fixtures/product';
import { test } from '../fixtures/test';

async function look(page: Page, secret: string): Promise<void> {
  await page.getByLabel('Key', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Show usage' }).click();
}

test('the holder of a key sees its own usage, and nothing else', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace('Hidden team');
  const own = await api.createKey({
    name: 'hidden project',
    workspace_id: workspace.id,
    limit: 5,
    limit_reset: 'monthly',
  });
  const other = await api.createKey({ name: 'other project', workspace_id: workspace.id });
  await api.record(
    { key_hash: own.hash, endpoint: '/v1/chat', model: 'atlas-4', cost_usd: 1.25 },
    { key_hash: own.hash, endpoint: '/v1/chat', model: 'atlas-4', cost_usd: 0.5 },
    { key_hash: own.hash, endpoint: '/v1/embed', status: 503, cost_usd: 0 },
    { key_hash: other.hash, endpoint: '/v1/others', status: 500, cost_usd: 3 },
  );
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`${product.baseUrl}/k`);
  await waitForForms(page);
  await expectAccessibleEverywhere(page);
  await look(page, ` ${own.secret} `);
  await expect(page.getByRole('region', { name: 'Limit' })).toContainText('$3.25 left of $5 per month');
  await expect(page.getByRole('region', { name: 'Limit' })).toContainText(
    /35\.0% used, resets 1 \w+( \d{4})?, 00:00 UTC/,
  );
  await expect(page.getByRole('table', { name: 'Last errors' }).getByRole('row', { name: '/v1/embed' })).toContainText(
    '503',
  );
  await expect(
    page.getByRole('table', { name: 'Requests by endpoint' }).getByRole('row', { name: /chat/ }),
  ).toContainText('66.7%');
  await expect(page.getByRole('region', { name: 'Spend' }).getByRole('heading', { name: 'Spend' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Figures' })).toContainText('33.33%');
  await expectAccessibleEverywhere(page);

  // What was spent meanwhile comes with a look again, by the secret that only the page's memory has.
  await api.record({ key_hash: own.hash, endpoint: '/v1/chat', cost_usd: 1 });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByRole('region', { name: 'Limit' })).toContainText('$2.25 left');
  const seen = await page.content();
  for (const hidden of [own.secret, own.hash, 'hidden project', 'Hidden team', workspace.id, '/v1/others'])
    expect(seen).not.toContain(hidden);
  expect([page.url(), ...requests].join(' ')).not.toContain(own.secret);
  expect(
    await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie, history.state])'),
  ).not.toContain(own.secret);
  expect(product.output()).not.toContain(own.secret);

  await page.getByRole('link', { name: 'Another key' }).click();
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue('');
  await page.goto(`${product.baseUrl}/reference`);
  await expect(page.getByRole('link', { name: 'Back to console' })).toHaveAttribute('href', '/');
  await page.goBack();
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue('');
});

test('a wrong, a deleted, a disabled and an expired key get one clear answer each', async ({ page, product, api }) => {
  const expiresAt = new Date(Date.now() + 2_000);
  const expired = await api.createKey({ expires_at: expiresAt.toISOString() });
  const [disabled, deleted] = [await api.createKey({}), await api.createKey({})];
  await api.patch(`/api/v1/keys/${disabled.hash}`, { disabled: true });
  await api.delete(`/api/v1/keys/${deleted.hash}`);
  while (Date.now() <= expiresAt.getTime()) await api.getKey(expired.hash);
  await page.goto(`${product.baseUrl}/k`);
  await waitForForms(page);
  await page.getByRole('button', { name: 'Show usage' }).click();
  await expect(page.getByText('Paste your key.')).toBeVisible();
  const unknown = page.getByText('This is no key that works here.');
  await look(page, 'kl_live_guess');
  await expect(unknown).toBeVisible();
  await expectAccessible(page);
  await look(page, disabled.secret);
  await expect(page.getByText('This key is disabled and refuses every request.')).toBeVisible();
  await look(page, deleted.secret);
  await expect(unknown).toBeVisible();
  await look(page, expired.secret);
  await expect(page.getByText('This key expired on')).toBeVisible();
  await look(page, product.accountKey);
  await expect(unknown).toBeVisible();
});

test('without scripts the form posts, and the answer is a page', async ({ product, api, browser }) => {
  const key = await api.createKey({ limit: 2 });
  await api.record({ key_hash: key.hash, endpoint: '/v1/chat', status: 429, cost_usd: 0.5 });
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${product.baseUrl}/k`);
  await look(page, 'kl_live_guess');
  await expect(page.getByText('This is no key that works here.')).toBeVisible();
  await look(page, key.secret);
  await expect(page.getByRole('region', { name: 'Limit' })).toContainText('$1.50 left of $2 in total');
  await expect(page.getByRole('table', { name: 'Last errors' })).toContainText('429');
  await expect(page.getByRole('button', { name: 'Refresh' })).toHaveCount(0);
  expect(page.url()).toBe(`${product.baseUrl}/k`);
  expect(await page.content()).not.toContain(key.secret);
  await page.getByRole('link', { name: 'Another key' }).click();
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue('');
});

test('wrong keys are bounded by address, and the console is not', async ({ browser }) => {
  test.slow();
  const product = await startProduct({ database: 'embedded' });
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${product.baseUrl}/k`);
    await waitForForms(page);
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await look(page, 'kl_live_guess');
    const guess = (await answered).request();
    await expect(page.getByRole('button', { name: 'Show usage' })).toBeEnabled();
    // The same request again, as somebody would send it who guesses by a program.
    for (let count = 1; count < WRONG_SECRETS_MAX; count += 1) await page.request.fetch(guess);
    await look(page, 'kl_live_once_more');
    await expect(page.getByText('Too many tries from your network. Try again in')).toBeVisible();
    await signIn(page, product, await createOwner(product));
  } finally {
    await product.dispose();
  }
});
