import { expect, type Page } from '@playwright/test';
import { expectAccessible, expectAccessibleEverywhere, signIn } from '../fixtures/console';
import { test } from '../fixtures/test';

const events = (page: Page) => page.getByRole('table', { name: 'Events' });
const secrets = (page: Page) => page.getByRole('table', { name: 'Secrets' });

test('an old secret that is still in use is told before it ends, and given more time', async ({
  page,
  product,
  api,
  owner,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'turning', workspace_id: workspace.id });
  const { body } = await api.post(`/api/v1/keys/${key.hash}/rotate`, { grace_seconds: 3600 });
  const { key: newSecret } = body as { key: string };
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}/secrets`);
  await expect(page.getByText('The new secret has not been used yet.')).toBeVisible();
  await expect(secrets(page).getByRole('row')).toHaveCount(3);

  await api.record({ key: newSecret, cost_usd: 1 });
  await page.reload();
  await expect(page.getByText('The callers have changed over.')).toBeVisible();
  await api.record({ key: key.secret, cost_usd: 1 });
  await page.reload();
  await expect(page.getByText('The old secret is still in use.')).toBeVisible();
  const hintOf = (secret: string) => `${secret.slice(0, 12)}…${secret.slice(-4)}`;
  const [current, old] = [newSecret, key.secret].map((secret) =>
    secrets(page)
      .getByRole('row')
      .filter({ hasText: hintOf(secret) }),
  );
  if (!current || !old) throw new Error('There are two.');
  await expect(current).toContainText(/Current.*With its key/);
  await expect(old).toContainText('Works still');
  await expect(old).not.toContainText('Never');
  expect(await page.content()).not.toContain(key.secret);
  await expectAccessibleEverywhere(page);

  await page.getByRole('button', { name: 'Change the overlap' }).click();
  const overlap = page.getByRole('dialog', { name: 'Change the overlap' });
  await overlap.getByText('7 days').click();
  await expectAccessible(page);
  await overlap.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The overlap is changed', { exact: true })).toBeVisible();
  const in7Days = new Date(Date.now() + 7 * 86_400_000).getUTCDate();
  await expect(old).toContainText(new RegExp(`${in7Days} \\w{3}( \\d{4})?, \\d\\d:\\d\\d UTC`));

  await page.getByRole('button', { name: 'End old secret now' }).click();
  const confirm = page.getByRole('alertdialog', { name: 'End the old secret now' });
  await expect(confirm).toContainText('is refused by the very next request');
  await expectAccessible(page);
  await confirm.getByRole('button', { name: 'End old secret' }).click();
  await expect(old).toContainText('Ended');
  expect((await api.as(key.secret).get('/api/v1/key')).status).toBe(401);
  expect((await api.as(newSecret).get('/api/v1/key')).status).toBe(200);
});

test('a key’s events are filtered in the address, and each opens as it was recorded', async ({
  page,
  product,
  api,
  owner,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'busy', workspace_id: workspace.id });
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  await api.record(
    ...Array.from({ length: 120 }, (_, index) => ({
      key_hash: key.hash,
      occurred_at: at(index + 1),
      endpoint: index % 2 === 0 ? '/v1/chat' : '/v1/embed',
      ...(index % 3 === 0 ? { model: 'acme/atlas' } : {}),
      status: index % 40 === 0 ? 502 : index % 10 === 1 ? 429 : 200,
      latency_ms: 100 + index,
      cost_usd: '0.000000001',
      idempotency_key: `request-${index}`,
    })),
  );
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}/events`);
  await expect(events(page).getByRole('row')).toHaveCount(51);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: 'Next page' }).click();
  await expect(events(page).getByRole('row').nth(1)).toContainText('request-50');
  await pages.getByRole('link', { name: 'Next page' }).click();
  await expect(events(page).getByRole('row')).toHaveCount(21);
  await pages.getByRole('link', { name: 'Previous page' }).click();
  await expect(events(page).getByRole('row')).toHaveCount(51);
  await expect(events(page).getByRole('row').nth(1)).toContainText('request-50');
  await expectAccessibleEverywhere(page);

  const choose = async (name: RegExp) => {
    await page.keyboard.press('f');
    await page.getByRole('dialog', { name: 'Filters' }).getByRole('link', { name }).click();
  };
  await choose(/^5xx/);
  await expect(page).toHaveURL(/events\?status=5xx$/);
  await expect(events(page).getByRole('row')).toHaveCount(4);
  await choose(/^acme\/atlas/);
  await expect(page).toHaveURL(/status=5xx&model=acme%2Fatlas$/);
  await expect(events(page).getByRole('row')).toHaveCount(2);
  await choose(/^\/v1\/embed/);
  await expect(page.getByRole('heading', { name: 'No event matches' })).toBeVisible();
  await expectAccessible(page);
  // Both while the first answer is on its way: the second must not bring the first filter back.
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/events\?/, async (route) => {
    if (route.request().headers().rsc !== undefined) await asked;
    await route.continue();
  });
  await page.getByRole('link', { name: 'Remove filter Status' }).click();
  await expect(page.getByRole('link', { name: 'Remove filter Status' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Remove filter Model' }).click();
  await expect(page.getByRole('link', { name: 'Remove filter Model' })).toHaveCount(0);
  answer();
  await expect(page).toHaveURL(/events\?endpoint=%2Fv1%2Fembed$/);
  await expect(page.getByRole('link', { name: /^Remove filter/ })).toHaveCount(1);
  await choose(/^4xx/);
  await expect(events(page).getByRole('row')).toHaveCount(13);
  await expect(events(page).getByRole('row').nth(1)).toContainText('429 rate limit');

  // By keyboard: to the first row, and open it; the address names it, and closing leads back to the row.
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Event' });
  await expect(sheet).toContainText('429 rate limit');
  await expect(sheet).toContainText('$0.000 000 001');
  const raw = JSON.parse(
    (await sheet.getByRole('region', { name: 'The event as JSON' }).textContent()) ?? '',
  ) as object;
  expect(raw).toMatchObject({ key_hash: key.hash, status: 429, cost_usd: 1e-9, idempotency_key: 'request-1' });
  await expectAccessible(page);
  const address = page.url();
  expect(address).toMatch(/status=4xx.*event=/);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page).toHaveURL(/endpoint=%2Fv1%2Fembed$/);
  await page.goto(address);
  await expect(sheet).toContainText('429 rate limit');
});

test('a key’s activity tells who changed what', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const [key, other] = [
    await api.createKey({ name: 'changed', workspace_id: workspace.id, limit: 5 }),
    await api.createKey({ name: 'another', workspace_id: workspace.id }),
  ];
  await api.patch(`/api/v1/keys/${key.hash}`, { limit: 12.5 });
  await api.patch(`/api/v1/keys/${other.hash}`, { name: 'not-here' });
  await signIn(page, product, owner, `/${workspace.slug}/keys/${key.hash}/activity`);
  const activity = page.getByRole('table', { name: 'Activity' });
  await expect(activity.getByRole('row', { name: /^Changed key/ })).toContainText('Limit: $5 → $12.50');
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable key' }).click();
  await expect(activity.getByRole('row').nth(1)).toContainText('Disabled key');
  await expect(activity.getByRole('row').nth(1)).toContainText(owner.email);
  await expect(activity).not.toContainText('not-here');
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('3 entries');
  await expectAccessibleEverywhere(page);
  await page.getByRole('link', { name: 'Open in the audit log' }).click();
  await expect(page).toHaveURL(new RegExp(`/audit\\?subject=${key.hash}$`));
});
