import { expect, type Page } from '@playwright/test';
import { Api } from '../fixtures/api';
import { createMember, expectAccessible, expectAccessibleEverywhere, signIn, stepTo } from '../fixtures/console';
import { test } from '../fixtures/test';

// The keys of one workspace, which each test leaves as the next one expects them.
test.describe.configure({ mode: 'serial' });

const COUNT = 17;
const nameOf = (index: number) => `svc-${String(index).padStart(2, '0')}`;
const ENDPOINT = '/v1/chat/completions';
const workspace = { id: '', slug: '' };
const hashes = new Map<string, string>();

test.beforeAll(async ({ product }) => {
  const api = new Api(product.baseUrl, product.accountKey);
  Object.assign(workspace, await api.createWorkspace('Many'));
  for (let index = 1; index <= COUNT; index += 1) {
    const tags = index === 2 ? ['eu'] : [];
    const { hash } = await api.createKey({ name: nameOf(index), workspace_id: workspace.id, tags, owner: 'ops' });
    hashes.set(nameOf(index), hash);
  }
  const events = [...hashes.values()].map((hash, index) => ({
    key_hash: hash,
    cost_usd: index + 1,
    endpoint: index === 0 ? undefined : ENDPOINT,
  }));
  await api.record(...events);
  await api.patch(`/api/v1/keys/${hashOf(3)}`, { disabled: true });
});

const hashOf = (index: number) => hashes.get(nameOf(index)) ?? '';
const table = (page: Page) => page.getByRole('table', { name: 'API keys' });
const rowOf = (page: Page, index: number) =>
  table(page)
    .getByRole('row')
    .filter({ hasText: nameOf(index) });
const bar = (page: Page, count: number) => page.getByRole('toolbar', { name: `Actions for ${count} selected` });
const chosenBar = (page: Page) => page.getByRole('toolbar', { name: /selected$/ });
const box = (page: Page, index: number) => page.getByRole('checkbox', { name: `Select ${nameOf(index)}` });
const toast = (page: Page, text: string) => page.getByText(text, { exact: true });

const LIST = '?disabled=shown&sort=name';

test('keys are chosen by box, range, page and filter, and stay chosen from page to page', async ({
  page,
  product,
  owner,
}) => {
  await signIn(page, product, owner, `/${workspace.slug}/keys${LIST}`);
  await box(page, 1).check();
  await expect(bar(page, 1)).toContainText('$1.00 in');
  await box(page, 4).click({ modifiers: ['Shift'] });
  await expect(bar(page, 4)).toContainText('$10.00 in');
  await expect(rowOf(page, 3)).toHaveAttribute('aria-selected', 'true');
  await expectAccessibleEverywhere(page);
  await bar(page, 4).getByRole('button', { name: 'Clear' }).click();
  await expect(chosenBar(page)).toHaveCount(0);

  await box(page, 15).check();
  await page.getByRole('link', { name: 'Next page' }).click();
  await box(page, 16).check();
  await expect(bar(page, 2)).toContainText('$31.00 in');
  await page.keyboard.press('Escape');
  await expect(chosenBar(page)).toHaveCount(0);

  await page.getByRole('link', { name: 'Previous page' }).click();
  await expect(box(page, 1)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select this page' }).check();
  await bar(page, 15).getByRole('button', { name: 'Select all 17' }).click();
  await expect(bar(page, 17)).toContainText('$153.00 in');
  // Another filter is another list: nothing that is out of sight stays chosen.
  await page.getByRole('searchbox').fill('svc-0');
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–9 of 9 keys');
  await expect(chosenBar(page)).toHaveCount(0);
});

test('a change says first what it does and what it skips, and Undo takes it back', async ({
  page,
  product,
  owner,
  api,
}) => {
  await signIn(page, product, owner, `/${workspace.slug}/keys${LIST}`);
  await box(page, 1).check();
  await box(page, 4).click({ modifiers: ['Shift'] });
  await bar(page, 4).getByRole('button', { name: 'Disable' }).click();
  const disable = page.getByRole('dialog', { name: 'Disable 3 keys' });
  await expect(disable).toContainText('3 keys change: svc-01, svc-02 and svc-04.');
  await expect(disable).toContainText('1 key is skipped, as it is disabled already: svc-03.');
  await expectAccessible(page);
  await disable.getByRole('button', { name: 'Cancel' }).click();
  expect((await api.getKey(hashOf(1))).disabled).toBe(false);
  await bar(page, 4).getByRole('button', { name: 'Disable' }).click();
  await disable.getByRole('button', { name: 'Disable 3 keys' }).click();
  await expect(toast(page, '3 keys are disabled')).toBeVisible();
  // The message waits while the pointer is on it.
  await page.getByRole('button', { name: 'Undo' }).hover();
  await expect(toast(page, '1 skipped: it is disabled already.')).toBeVisible();
  await expect(rowOf(page, 1)).toContainText('Disabled');
  await expect(chosenBar(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, '3 keys are as they were')).toBeVisible();
  await expect(rowOf(page, 1)).not.toContainText('Disabled');
  // What was disabled before stays so.
  await expect(rowOf(page, 3)).toContainText('Disabled');
  expect((await api.getKey(hashOf(3))).disabled).toBe(true);

  await api.patch(`/api/v1/keys/${hashOf(1)}`, { limit: 900, limit_reset: 'weekly' });
  await page.getByRole('checkbox', { name: 'Select this page' }).check();
  await bar(page, 15).getByRole('button', { name: 'Select all 17' }).click();
  await bar(page, 17).getByRole('button', { name: 'Set limit' }).click();
  const limit = page.getByRole('dialog', { name: 'Set the limit of 17 keys' });
  const set = limit.getByRole('button', { name: 'Set the limit of 17 keys' });
  await expect(set).toHaveAttribute('aria-disabled', 'true');
  await limit.getByLabel('Spend limit').fill('5');
  await expect(limit).toContainText(/1\d keys would refuse requests at once\./);
  await expectAccessible(page);
  await set.click();
  await expect(toast(page, '17 keys are limited anew')).toBeVisible();
  await expect(rowOf(page, 2)).toContainText('of $5 / mo');
  // Also the one on the other page.
  await page.getByRole('button', { name: 'Undo' }).hover();
  expect(await api.getKey(hashOf(17))).toMatchObject({ limit: 5, limit_reset: 'monthly' });
  // Each has its own limit back, but for the one that somebody changed meanwhile.
  await api.patch(`/api/v1/keys/${hashOf(17)}`, { limit: 6 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, '16 keys are as they were')).toBeVisible();
  await expect(toast(page, '1 key left: changed again by somebody meanwhile.')).toBeVisible();
  await expect(rowOf(page, 1)).toContainText('of $900 / wk');
  expect(await api.getKey(hashOf(2))).toMatchObject({ limit: null });
  expect(await api.getKey(hashOf(17))).toMatchObject({ limit: 6 });
});

test('by keyboard alone keys are chosen, tagged, enabled and deleted', async ({ page, product, owner, api }) => {
  await signIn(page, product, owner, `/${workspace.slug}/keys${LIST}&q=svc-0`);
  await expect(async () => {
    await page.keyboard.press('k');
    await expect(rowOf(page, 1)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  for (const key of ['x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await expect(bar(page, 3)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chosenBar(page)).toHaveCount(0);
  for (const key of ['x', 'k', 'x', 'k', 'x']) await page.keyboard.press(key);

  await stepTo(page, bar(page, 3).getByRole('button', { name: 'Tag' }));
  await page.keyboard.press('Enter');
  const tag = page.getByRole('dialog', { name: /^Tag \d keys/ });
  await stepTo(page, tag.getByLabel('Tag', { exact: true }));
  await page.keyboard.type('eu');
  await expect(tag).toContainText('2 keys change: svc-01 and svc-03.');
  await expect(tag).toContainText('1 key is skipped, as it has the tag already: svc-02.');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(toast(page, '2 keys are tagged')).toBeVisible();
  await expect(tag).toHaveCount(0);

  await expect(async () => {
    await page.keyboard.press('k');
    await expect(rowOf(page, 1)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  for (const key of ['x', 'j', 'j', 'x']) await page.keyboard.press(key);
  await stepTo(page, bar(page, 2).getByRole('button', { name: 'Enable' }));
  await page.keyboard.press('Enter');
  const enable = page.getByRole('dialog', { name: 'Enable 1 key' });
  await expect(enable).toContainText('1 key is skipped, as it is not disabled: svc-01.');
  await stepTo(page, enable.getByRole('button', { name: 'Enable 1 key' }));
  await page.keyboard.press('Enter');
  await expect(toast(page, '1 key is enabled')).toBeVisible();
  expect((await api.getKey(hashOf(3))).disabled).toBe(false);

  await expect(async () => {
    await page.keyboard.press('k');
    await expect(rowOf(page, 1)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
  await stepTo(page, bar(page, 2).getByRole('button', { name: 'Delete' }));
  await page.keyboard.press('Enter');
  const remove = page.getByRole('dialog', { name: 'Delete 2 keys' });
  await stepTo(page, remove.getByRole('textbox'));
  await page.keyboard.type('2 key');
  await page.keyboard.press('Enter');
  await expect(remove.getByRole('button', { name: 'Delete 2 keys' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.type('s');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(toast(page, '2 keys are deleted')).toBeVisible();
  await expect(rowOf(page, 2)).toHaveCount(0);
  expect((await api.get(`/api/v1/keys/${hashOf(1)}`)).status).toBe(404);
  expect(await api.getKey(hashOf(3))).toMatchObject({ tags: ['eu'] });
});

test('columns, density and rows on a page are as the reader likes them, also after a reload', async ({
  page,
  product,
  owner,
  api,
}) => {
  for (const index of [4, 5]) {
    await api.patch(`/api/v1/keys/${hashOf(index)}`, { limit: 5, limit_reset: 'monthly' });
  }
  await page.setViewportSize({ width: 1900, height: 1000 });
  await signIn(page, product, owner, `/${workspace.slug}/keys${LIST}`);
  const row = rowOf(page, 5);
  await expect(row).toContainText(/kl_live_\w{4}(…|\.\.\.)\w{4}/);
  await expect(row.getByRole('img', { name: 'Spend by day. $5.00 and 1 request in the last 30 days.' })).toBeVisible();
  await expect(row.getByRole('img', { name: `${ENDPOINT} 100` })).toBeVisible();
  await expect(row).toContainText(/Just now|\d+\smin ago/);
  await row.getByText('Blocked').hover();
  await expect(page.getByRole('tooltip')).toContainText('Its limit is used up. Refuses until');

  const height = async () => (await row.boundingBox())?.height ?? 0;
  const before = await height();
  const change = async (...items: readonly string[]) => {
    await page.getByRole('button', { name: 'Columns' }).click();
    for (const item of items) await page.getByRole('menuitemcheckbox', { name: item, exact: true }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  };
  await change('Owner', 'Remaining', 'Compact rows', '50');
  const shown = async () => {
    await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–15 of 15 keys');
    await expect(page.getByRole('columnheader', { name: 'Owner' })).toHaveCount(0);
    await expect(page.getByRole('columnheader', { name: 'Remaining' })).toBeVisible();
    await expect(rowOf(page, 4)).toContainText(/\$1\.00resets/);
    expect(await height()).toBeLessThan(before);
  };
  await shown();
  await page.reload();
  await shown();
});

test('a viewer chooses nothing', async ({ page, product }) => {
  const viewer = await createMember(product, workspace.slug, 'viewer');
  await signIn(page, product, viewer, `/${workspace.slug}/keys${LIST}`);
  await expect(rowOf(page, 5)).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  for (const key of ['j', 'x']) await page.keyboard.press(key);
  await expect(chosenBar(page)).toHaveCount(0);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a long press chooses the first key, and taps the others', async ({ page, product, owner, api }) => {
    await signIn(page, product, owner, `/${workspace.slug}/keys${LIST}`);
    const rows = page.getByRole('list', { name: 'API keys' }).getByRole('listitem');
    await expect(async () => {
      await rows.filter({ hasText: nameOf(4) }).hover();
      await page.mouse.down();
      await expect(bar(page, 1)).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await page.mouse.up();
    await rows.filter({ hasText: nameOf(6) }).tap();
    await expect(bar(page, 2)).toContainText('$10.00 in');
    await expectAccessible(page);
    await bar(page, 2).getByRole('button', { name: 'Disable' }).tap();
    const disable = page.getByRole('dialog', { name: 'Disable 2 keys' });
    await expectAccessibleEverywhere(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await disable.getByRole('button', { name: 'Disable 2 keys' }).tap();
    await expect(toast(page, '2 keys are disabled')).toBeVisible();
    expect((await api.getKey(hashOf(6))).disabled).toBe(true);
  });
});
