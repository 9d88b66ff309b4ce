import { expect, type Page } from '@playwright/test';
import { createMember, signIn } from '../fixtures/console';
import { test } from '../fixtures/test';

const secretOf = async (page: Page) =>
  /[a-z]+_(?:live|mgmt)_\w{33,}/.exec((await page.getByRole('region', { name: 'Secret' }).textContent()) ?? '')?.[0] ??
  '';

test('lists are there without scripts too', async ({ page, product, api, browser }) => {
  const workspace = await api.createWorkspace();
  await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  const member = await createMember(product, workspace.slug, 'admin');
  await signIn(page, product, member, `/${workspace.slug}/keys`);
  const plain = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage();
  await plain.goto(`${product.baseUrl}/${workspace.slug}/keys`);
  await expect(plain.getByRole('link', { name: 'crawler' })).toBeVisible();
  await plain.getByRole('link', { name: 'crawler' }).click();
  await expect(plain.getByRole('heading', { name: 'crawler' })).toBeVisible();
  await plain.goto(`${product.baseUrl}/${workspace.slug}/members`);
  await expect(plain.getByRole('table').getByText(member.email)).toBeVisible();
  await plain.getByRole('link', { name: 'Settings' }).click();
  await expect(plain.getByRole('heading', { name: 'Settings' }).last()).toBeVisible();
});

test('what is a dialog with scripts is a page without them', async ({ page, product, api, browser, owner }) => {
  const workspace = await api.createWorkspace('Plain');
  const base = `${product.baseUrl}/${workspace.slug}`;
  const key = await api.createKey({ name: 'crawler', workspace_id: workspace.id });
  const other = await createMember(product, (await api.createWorkspace()).slug, 'viewer');
  await signIn(page, product, owner, `/${workspace.slug}/members`);
  const plain = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage();
  const press = (name: string) => plain.getByRole('button', { name, exact: true }).first().click();

  await plain.goto(`${base}/members`);
  await press('Add member');
  await plain.getByRole('link', { name: 'Cancel' }).click();
  await press('Add member');
  await plain.getByLabel('Email').fill('nobody@example.com');
  await press('Add member');
  await expect(plain.getByRole('alert').first()).toBeVisible();
  await expect(plain.getByLabel('Email')).toHaveValue('nobody@example.com');
  await plain.getByLabel('Email').fill(other.email);
  await press('Add member');
  await expect(plain.getByRole('row', { name: other.email })).toContainText('Viewer');

  await plain.goto(`${base}/prices`);
  await press('Add price');
  await plain.getByText('A usage name', { exact: true }).click();
  // A list price belongs to all workspaces, so its name is this test's alone.
  const usageName = `pages-${workspace.slug}`;
  await plain.getByLabel('Model or usage name').fill(usageName);
  await plain.getByRole('textbox', { name: 'Price', exact: true }).fill('0.25');
  await press('Add price');
  await expect(plain.getByRole('row', { name: usageName })).toContainText('0.25');

  await plain.goto(`${base}/management-keys`);
  await press('Create management key');
  await plain.getByRole('checkbox', { name: 'keys:read' }).check();
  await press('Create key');
  await expect(plain.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await expect(plain.getByRole('checkbox', { name: 'keys:read' })).toBeChecked();
  await plain.getByLabel('Name').fill('ci');
  await press('Create key');
  await expect(plain.getByRole('heading', { name: 'Save the secret of ci' })).toBeVisible();
  expect((await api.as(await secretOf(plain)).get('/api/v1/keys')).status).toBe(200);

  await plain.goto(`${base}/keys/${key.hash}`);
  await press('Edit');
  await plain.getByLabel('Spend limit').fill('12.5');
  await press('Save');
  await expect(plain).toHaveURL(`${base}/keys/${key.hash}`);
  expect((await api.getKey(key.hash)).limit).toBe(12.5);
  await press('Rotate');
  await press('Rotate and show new secret');
  await expect(plain.getByRole('heading', { name: 'Save the new secret of crawler' })).toBeVisible();
  const secret = await secretOf(plain);
  expect(secret).not.toBe(key.secret);
  expect((await api.as(secret).get('/api/v1/key')).status).toBe(200);
  await plain.goto(`${base}/keys/${key.hash}`);
  await press('Disable');
  await press('Disable key');
  await expect(plain.getByRole('button', { name: 'Enable', exact: true })).toBeVisible();
  expect((await api.as(secret).get('/api/v1/key')).status).not.toBe(200);
  await press('Enable');
  await plain.getByRole('link', { name: 'delete it' }).click();
  await plain.getByLabel('Type crawler to confirm').fill('crawlers');
  await press('Delete key');
  await expect(plain.getByText('Type the name as it stands here.')).toBeVisible();
  await plain.getByLabel('Type crawler to confirm').fill('crawler');
  await press('Delete key');
  await expect(plain).toHaveURL(`${base}/keys`);
  expect((await api.get(`/api/v1/keys/${key.hash}`)).status).toBe(404);
});
