import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { createMember, pressUntilShown, signIn, stepTo, waitForForms } from '../fixtures/console';
import { test } from '../fixtures/test';

/** What people do each day, without a pointer. Choosing several keys at once is in `keys-bulk.spec.ts`. */

async function chooseByKeys(page: Page, button: string, item: string): Promise<void> {
  await stepTo(page, page.getByRole('button', { name: button, exact: true }));
  await page.keyboard.press('Enter');
  const target = page.getByRole('menuitem', { name: item, exact: true });
  await expect(target).toBeVisible();
  await stepTo(page, target, 'ArrowDown');
  await page.keyboard.press('Enter');
}

async function replaceText(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

test('by keyboard alone a key is edited, rotated and deleted, and the focus comes back', async ({
  page,
  product,
  api,
  owner,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'hands-off', workspace_id: workspace.id, limit: 5 });
  await signIn(page, product, owner, `/${workspace.slug}/keys`);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'hands-off' }) });
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(row).toBeFocused({ timeout: 1_000 });
  }).toPass();
  const menu = page.getByRole('button', { name: 'Actions for hands-off', exact: true });

  await chooseByKeys(page, 'Actions for hands-off', 'Edit');
  const sheet = page.getByRole('dialog', { name: 'Edit hands-off' });
  await stepTo(page, sheet.getByLabel('Spend limit'));
  await replaceText(page, '7.5');
  await page.keyboard.press('Control+Enter');
  await expect(sheet).toHaveCount(0);
  expect((await api.getKey(key.hash)).limit).toBe(7.5);
  await expect(menu).toBeFocused();

  await chooseByKeys(page, 'Actions for hands-off', 'Rotate');
  const rotate = page.getByRole('dialog', { name: 'Rotate hands-off' });
  await stepTo(page, rotate.getByRole('radio', { name: '24 hours' }));
  await stepTo(page, rotate.getByRole('radio', { name: 'Stop now' }), 'ArrowRight');
  await stepTo(page, rotate.getByRole('button', { name: 'Rotate and show new secret' }));
  await page.keyboard.press('Enter');
  const reveal = page.getByRole('dialog', { name: 'Save the new secret of hands-off' });
  await expect(reveal.getByRole('button', { name: 'Copy' })).toBeFocused();
  await stepTo(page, reveal.getByLabel(/I have stored the secret/));
  await page.keyboard.press('Space');
  await stepTo(page, reveal.getByRole('button', { name: 'Done' }));
  await page.keyboard.press('Enter');
  await expect(reveal).toHaveCount(0);
  expect((await api.as(key.secret).get('/api/v1/key')).status).toBe(401);
  await expect(menu).toBeFocused();

  await chooseByKeys(page, 'Actions for hands-off', 'Delete');
  const confirm = page.getByRole('alertdialog', { name: 'Delete hands-off' });
  await stepTo(page, confirm.getByRole('textbox'));
  await page.keyboard.type('hands-off');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Create your first key' })).toBeVisible();
  expect((await api.get(`/api/v1/keys/${key.hash}`)).status).toBe(404);
});

test('by keyboard alone a price is added, and a file made and downloaded', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'exported', workspace_id: workspace.id });
  await api.record({ key_hash: key.hash, cost_usd: 1 });
  const model = `model-${randomUUID().slice(0, 8)}`;

  await signIn(page, product, owner, `/${workspace.slug}/prices`);
  const price = page.getByRole('dialog', { name: 'Add price' });
  await pressUntilShown(page, 'c', price);
  for (const [label, text] of [
    ['Model', model],
    ['Input', '3'],
    ['Output', '15'],
  ] as const) {
    await stepTo(page, price.getByLabel(label, { exact: true }));
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Control+Enter');
  await expect(price).toHaveCount(0);
  await stepTo(page, page.getByRole('searchbox', { name: 'Model, usage name or provider' }));
  await page.keyboard.type(model);
  await expect(page.getByRole('table', { name: 'Prices' }).getByRole('row', { name: model })).toContainText('In force');

  await page.goto(`${product.baseUrl}/${workspace.slug}/exports`);
  await waitForForms(page);
  await stepTo(page, page.getByRole('button', { name: 'Create export' }));
  await page.keyboard.press('Enter');
  const file = page.getByRole('table', { name: 'Exports' }).getByRole('row', { name: /api-keys-usage/ });
  await expect(file).toContainText('Ready');
  await stepTo(page, file.getByRole('button', { name: 'Download' }));
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toMatch(/^api-keys-usage.*\.csv$/);
});

test('by keyboard alone a setting is saved, and a member let in and given a role', async ({
  page,
  product,
  api,
  owner,
}) => {
  const workspace = await api.createWorkspace('Before');
  const guest = await createMember(product, (await api.createWorkspace()).slug, 'viewer');
  await signIn(page, product, owner, `/${workspace.slug}/settings`);
  await waitForForms(page);
  await stepTo(page, page.getByRole('region', { name: 'Workspace' }).getByLabel('Name'));
  await replaceText(page, 'After');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Settings saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^After/ })).toBeVisible();

  await page.goto(`${product.baseUrl}/${workspace.slug}/members`);
  await waitForForms(page);
  await stepTo(page, page.getByRole('button', { name: 'Add member' }).first());
  await page.keyboard.press('Enter');
  const add = page.getByRole('dialog', { name: 'Add member' });
  await stepTo(page, add.getByLabel('Email'));
  await page.keyboard.type(guest.email);
  await page.keyboard.press('Enter');
  const member = page.getByRole('table', { name: 'Members' }).getByRole('row', { name: guest.email });
  await expect(member).toContainText('Viewer');
  await expect(add).toHaveCount(0);
  await chooseByKeys(page, `Actions for ${guest.email}`, 'Make admin');
  await expect(page.getByText(`${guest.email} is admin now`, { exact: true })).toBeVisible();
  await expect(member).toContainText('Admin');
});
