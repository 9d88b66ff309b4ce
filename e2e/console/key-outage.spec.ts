import { expect } from '@playwright/test';
import { createOwner, expectAccessible, signIn } from '../fixtures/console';
import { test } from '../fixtures/test';

// Only a server can be taken away from under the product.
test.use({ database: 'server' });

test('while the database is away the frame stays, nothing typed is lost, and trying again leads on', async ({
  page,
  product,
  api,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'enduring', workspace_id: workspace.id, limit: 10 });
  await api.record({ key: key.secret, cost_usd: '1.25' });
  await signIn(page, product, await createOwner(product), `/${workspace.slug}/keys/${key.hash}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Edit enduring' });
  await sheet.getByLabel('Spend limit').fill('12');

  await product.databaseServer?.crash();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(sheet.getByText('The database does not answer. Nothing was saved; try again.')).toBeVisible({
    timeout: 20_000,
  });
  await expect(sheet.getByLabel('Spend limit')).toHaveValue('12');
  await product.databaseServer?.restart();
  await expect(async () => {
    await sheet.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('enduring is saved', { exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  expect(await api.getKey(key.hash)).toMatchObject({ limit: 12, limit_remaining: 10.75 });

  await product.databaseServer?.crash();
  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'The keys could not be read' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Nothing was changed.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Audit log' })).toBeVisible();
  await expectAccessible(page);
  await product.databaseServer?.restart();
  await expect(async () => {
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('table', { name: 'Events' })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
});
