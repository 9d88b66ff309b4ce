import { expect, type Page } from '@playwright/test';
import { createMember, expectAccessible, expectAccessibleEverywhere, signIn, waitForForms } from '../fixtures/console';
import { test } from '../fixtures/test';

const settings = (page: Page) => page.getByRole('region', { name: 'Workspace' });
const budgets = (page: Page) => page.getByRole('region', { name: 'Budgets' });

test('an owner changes the settings, and new keys follow them', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace('Old name');
  await signIn(page, product, await createMember(product, workspace.slug, 'owner'), `/${workspace.slug}/settings`);
  await expectAccessibleEverywhere(page);
  await settings(page).getByLabel('Name').fill('New name');
  await settings(page).getByLabel('Time zone').click();
  await page.keyboard.type('kolk');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(settings(page).getByLabel('Time zone')).toHaveValue('Asia/Kolkata');
  await settings(page).getByLabel('Prefix of new keys').fill('acme');
  await settings(page).getByLabel('Limit proposed for a new key').fill('12.50');
  await settings(page).getByLabel('Counted').selectOption('per week');
  await settings(page).getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Settings saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^New name/ })).toBeVisible();

  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await page.getByRole('link', { name: 'Create key' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create key' });
  await expect(dialog.getByLabel('Spend limit')).toHaveValue('12.5');
  await expect(dialog.getByLabel('Counted')).toHaveValue('week');
  await dialog.getByLabel('Name', { exact: true }).fill('first');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByRole('region', { name: 'Secret' })).toContainText('acme_live_');
});

test('wrong settings are marked, and nothing that was typed is lost', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace('Kept');
  await signIn(page, product, owner, `/${workspace.slug}/settings`);
  await settings(page).getByLabel('Name').fill(' ');
  await settings(page).getByLabel('Prefix of new keys').fill('1st');
  await settings(page).getByLabel('Limit proposed for a new key').fill('1,000');
  await settings(page).getByRole('button', { name: 'Save settings' }).click();
  await expect(settings(page).getByText('Enter a name.')).toBeVisible();
  await expect(settings(page).getByText('a letter first.')).toBeVisible();
  await expect(settings(page).getByText('Write the amount without commas')).toBeVisible();
  await expect(settings(page).getByLabel('Limit proposed for a new key')).toHaveValue('1,000');
  await expectAccessible(page);
});

test('the four budgets are saved together, each below the next broader one', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ workspace_id: workspace.id });
  await api.record({ key: key.secret, cost_usd: 45 });
  await signIn(page, product, owner, `/${workspace.slug}/settings`);
  await expect(budgets(page).getByText('$45.00 used, no budget')).toHaveCount(4);
  await budgets(page).getByRole('textbox', { name: 'Per day' }).fill('60');
  await budgets(page).getByRole('textbox', { name: 'Per month' }).fill('50');
  await budgets(page).getByRole('button', { name: 'Save budgets' }).click();
  await expect(budgets(page).getByText('It must stay below the monthly budget, $50.')).toBeVisible();
  await expect(budgets(page).getByRole('textbox', { name: 'Per day' })).toBeFocused();
  await expect(budgets(page).getByRole('textbox', { name: 'Per day' })).toHaveValue('60');
  await expectAccessible(page);

  await budgets(page).getByRole('textbox', { name: 'Per month' }).fill('600');
  await budgets(page).getByLabel('Count spend through own provider keys').check();
  await budgets(page).getByRole('button', { name: 'Save budgets' }).click();
  await expect(page.getByText('Budgets saved', { exact: true })).toBeVisible();
  await expect(budgets(page).getByRole('meter', { name: 'Budget per day' })).toHaveAttribute(
    'aria-valuetext',
    '$45.00 of $60',
  );
  const listed = await api.get(`/api/v1/workspaces/${workspace.id}/budgets`);
  expect(listed.body).toMatchObject({
    data: [
      { reset_interval: 'daily', limit_usd: 60 },
      { reset_interval: 'monthly', limit_usd: 600 },
    ],
    include_byok_in_budgets: true,
  });

  // The budgets that were just saved are what the next change is made on.
  await budgets(page).getByRole('textbox', { name: 'Per day' }).fill('');
  await budgets(page).getByRole('button', { name: 'Save budgets' }).click();
  await expect(budgets(page).getByRole('meter')).toHaveCount(1);
});

test('who saves over another admin’s change is told so, and can look at it first', async ({
  page,
  product,
  api,
  browser,
}) => {
  const workspace = await api.createWorkspace('Ours');
  const [ana, ben] = [
    await createMember(product, workspace.slug, 'owner'),
    await createMember(product, workspace.slug, 'owner'),
  ];
  await signIn(page, product, ana, `/${workspace.slug}/settings`);
  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs, product, ben, `/${workspace.slug}/settings`);
  await settings(theirs).getByLabel('Name').fill('Ben’s');
  await settings(theirs).getByRole('button', { name: 'Save settings' }).click();
  await expect(theirs.getByText('Settings saved', { exact: true })).toBeVisible();

  await settings(page).getByLabel('Description').fill('Ana’s words');
  await settings(page).getByRole('button', { name: 'Save settings' }).click();
  await expect(settings(page).getByText(`${ben.email} changed this just now.`)).toBeVisible();
  await expect(settings(page).getByLabel('Description')).toHaveValue('Ana’s words');
  await expectAccessible(page);
  await settings(page).getByRole('button', { name: 'Reload' }).click();
  await expect(settings(page).getByLabel('Name')).toHaveValue('Ben’s');
  await expect(settings(page).getByLabel('Description')).toHaveValue('');
  await settings(page).getByLabel('Description').fill('Ana’s words');
  await settings(page).getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Settings saved', { exact: true })).toBeVisible();

  // Budgets are judged by their own amounts.
  await api.send('PUT', `/api/v1/workspaces/${workspace.id}/budgets/monthly`, { limit_usd: 9 });
  await budgets(page).getByRole('textbox', { name: 'Per day' }).fill('1');
  await budgets(page).getByRole('button', { name: 'Save budgets' }).click();
  await expect(budgets(page).getByText('Not saved.')).toBeVisible();
  await budgets(page).getByRole('button', { name: 'Reload' }).click();
  await expect(budgets(page).getByRole('textbox', { name: 'Per month' })).toHaveValue('9');
});

test('settings are saved without scripts too', async ({ page, product, api, browser, owner }) => {
  const workspace = await api.createWorkspace('Plain');
  await signIn(page, product, owner, `/${workspace.slug}/settings`);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(`${product.baseUrl}/${workspace.slug}/settings`);
  await settings(plain).getByLabel('Name').fill('Plain and simple');
  await settings(plain).getByRole('button', { name: 'Save settings' }).click();
  await expect(settings(plain).getByText('Saved.')).toBeVisible();
  await expect(settings(plain).getByLabel('Name')).toHaveValue('Plain and simple');
  await budgets(plain).getByRole('textbox', { name: 'Per day' }).fill('-3');
  await budgets(plain).getByRole('button', { name: 'Save budgets' }).click();
  await expect(budgets(plain).getByText('An amount cannot be below $0.')).toBeVisible();
});

for (const role of ['viewer', 'admin'] as const) {
  test(`who is ${role} reads the settings and is told who changes them`, async ({ page, product, api }) => {
    const workspace = await api.createWorkspace('Theirs');
    await signIn(page, product, await createMember(product, workspace.slug, role), `/${workspace.slug}/settings`);
    await expect(page.getByText('Only owners change settings.')).toBeVisible();
    await expect(settings(page).getByText('Theirs')).toBeVisible();
    await expect(page.getByRole('main').getByRole('button', { name: /Save|Delete/ })).toHaveCount(0);
    await expectAccessible(page);
  });
}

test('a workspace is deleted once it has no keys, and its name was typed', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace('Short-lived');
  const key = await api.createKey({ workspace_id: workspace.id });
  await signIn(page, product, owner, `/${workspace.slug}/settings`);
  const button = page.getByRole('button', { name: 'Delete workspace' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('It still has 1 key. Delete them first.')).toBeVisible();
  await api.delete(`/api/v1/keys/${key.hash}`);
  await page.reload();
  await button.click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete Short-lived' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('textbox').fill('Short-lived');
  await dialog.getByRole('button', { name: 'Delete workspace' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith(`/${workspace.slug}`));
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  expect((await page.goto(`${product.baseUrl}/${workspace.slug}/settings`))?.status()).toBe(404);
  await page.goto(`${product.baseUrl}/default/settings`);
  await expect(page.getByText('The default workspace stays')).toBeVisible();
});

test('an owner of the account sees all workspaces, and what they come to', async ({ page, product, api, owner }) => {
  const name = `Sum-${Date.now()}`;
  const [first, second] = [await api.createWorkspace(`${name} one`), await api.createWorkspace(`${name} two`)];
  for (const [workspace, cost] of [[first, '1.005'] as const, [second, '2.006'] as const]) {
    const key = await api.createKey({ workspace_id: workspace.id });
    await api.record({ key: key.secret, cost_usd: cost });
  }
  await api.send('PUT', `/api/v1/workspaces/${second.id}/budgets/monthly`, { limit_usd: 4 });
  await createMember(product, first.slug, 'viewer');
  await signIn(page, product, owner, `/${first.slug}/keys`);
  await page.getByRole('button', { name: `${name} one` }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'All workspaces' }).click();
  await page.getByRole('searchbox', { name: 'Name or address' }).fill(name.toUpperCase());
  const table = page.getByRole('table', { name: 'Workspaces' });
  await expect(table.locator('tbody tr')).toHaveCount(2);
  await expect(table.locator('tbody tr').first()).toContainText(`${name} two`);
  await expect(table.getByRole('meter')).toHaveAttribute('aria-valuetext', '$2.01 of $4 / mo');
  // The sum is of whole nano-dollars, not of the rounded rows.
  await expect(table.getByRole('row', { name: 'All 2 workspaces' })).toContainText('$3.01');
  await expectAccessibleEverywhere(page);
  await table.getByRole('link', { name: `${name} one` }).click();
  await page.waitForURL(`**/${first.slug}`);
});

test('a workspace is created from the list of all', async ({ page, product, owner }) => {
  await signIn(page, product, owner, '/workspaces');
  await page.getByRole('link', { name: 'Create workspace' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create workspace' });
  await dialog.getByLabel('Name').fill('Users');
  await dialog.getByRole('button', { name: 'Create workspace' }).click();
  await expect(dialog.getByText('Keyledger has a page of this address. Choose another.')).toBeVisible();
  const slug = `made-${Date.now()}`;
  await dialog.getByLabel('Address').fill(slug);
  await dialog.getByRole('button', { name: 'Create workspace' }).click();
  await page.waitForURL(`**/${slug}`);
});

test('a member is told that the account’s pages are for its owners', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  await signIn(page, product, await createMember(product, workspace.slug, 'owner'), '/workspaces');
  await waitForForms(page);
  await expect(page.getByRole('heading', { name: 'Only owners of the account see this' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'All workspaces' })).toHaveCount(0);
  await expectAccessible(page);
});
