import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import {
  createMember,
  expectAccessible,
  expectAccessibleEverywhere,
  holdScripts,
  pressUntilShown,
  signIn,
} from '../fixtures/console';
import { test } from '../fixtures/test';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Add price' });
const book = (page: Page) => page.getByRole('table', { name: 'Prices' });
const unpriced = (page: Page) => page.getByRole('table', { name: 'Unpriced usage' });
const newModel = () => `model-${randomUUID().slice(0, 8)}`;

test('usage without a price gets one in one click, and what is on the books stays as it is', async ({
  page,
  product,
  api,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ workspace_id: workspace.id });
  const model = newModel();
  await api.record({ key: key.secret, model, provider: 'acme', prompt_tokens: 1_000_000, completion_tokens: 0 });
  await signIn(page, product, await createMember(product, workspace.slug, 'owner'), `/${workspace.slug}/prices`);
  await expect(page.getByText('A new price changes no event that is on the books')).toBeVisible();
  await expect(unpriced(page).getByRole('row', { name: model })).toContainText('1,000,000 in, 0 out');
  await expectAccessibleEverywhere(page);

  await page.getByRole('button', { name: `Set price of ${model}` }).click();
  await expect(dialog(page).getByLabel('Model', { exact: true })).toHaveValue(model);
  await expect(dialog(page).getByLabel('Provider')).toHaveValue('acme');
  await dialog(page).getByLabel('Input').fill('3');
  await dialog(page).getByLabel('Output').fill('15');
  await expect(dialog(page).getByText('1,000 input and 500 output tokens costs $0.0105.')).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toHaveCount(0);

  await expect(page.getByText('Everything with a model or a usage name has a price now.')).toBeVisible();
  await expect(page.getByText('1 event more came before their name had a price')).toBeVisible();
  await expect(book(page).getByRole('row', { name: model })).toContainText('In force');
  expect((await api.getKey(key.hash)).usage).toBe(0);
  await api.record({ key: key.secret, model, provider: 'acme', prompt_tokens: 1_000_000, completion_tokens: 0 });
  expect((await api.getKey(key.hash)).usage).toBe(3);
});

test('of several list prices of a model the reader takes one', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ workspace_id: workspace.id });
  // Two providers ask for this bare name, so nobody's price is taken by itself.
  await api.record({ key: key.secret, model: 'gpt-4o', prompt_tokens: 10 });
  await signIn(page, product, owner, `/${workspace.slug}/prices`);
  await page.getByRole('button', { name: 'Set price of gpt-4o' }).click();
  await dialog(page).getByLabel('Input').fill('1');
  await dialog(page).getByRole('button', { name: 'Take $2.50 in, $10 out' }).click();
  await expect(dialog(page).getByLabel('Input')).toHaveValue('2.5');
  await expect(dialog(page).getByLabel('Output')).toHaveValue('10');
  await expect(dialog(page).getByLabel('Cache read')).toHaveValue('1.25');
});

test('a price is followed by the next on its day, and the replaced ones can be shown', async ({
  page,
  product,
  api,
  owner,
}) => {
  const workspace = await api.createWorkspace();
  const model = newModel();
  const price = { model, provider: 'acme', workspace_id: workspace.id };
  await api.createPrice({ ...price, usd_per_million: { input: 5, output: 6 } });
  await api.createPrice({ ...price, usd_per_million: { input: 7, output: 8 }, valid_from: '2026-02-01T00:00:00Z' });

  await signIn(page, product, owner, `/${workspace.slug}/prices`);
  await page.getByRole('searchbox', { name: 'Model, usage name or provider' }).fill(model);
  await expect(book(page).getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(new RegExp(`\\?q=${model}$`));
  await expect(page.getByText('1 replaced price hidden')).toBeVisible();

  await page.getByRole('button', { name: `Actions for acme/${model}` }).click();
  await page.getByRole('menuitem', { name: 'Add the next price' }).click();
  await expect(dialog(page).getByLabel('Input')).toHaveValue('7');
  await dialog(page).getByLabel('Input').fill('6.5');
  await dialog(page).getByLabel('Valid from').selectOption('A day…');
  await dialog(page).getByLabel('Day').fill('2099-01-01');
  await dialog(page).getByRole('button', { name: 'Add price' }).click();
  await expect(book(page).getByRole('row', { name: model }).first()).toContainText('From 1 Jan 2099');

  await page.getByRole('link', { name: 'Show 1 replaced price' }).click();
  await expect(book(page).getByRole('row', { name: model })).toHaveCount(3);
  const replaced = book(page).getByRole('row', { name: model }).last();
  await expect(replaced).toContainText('Replaced');
  await expect(replaced).toContainText('1 Jan 2020 – 1 Feb 2026');
  await expectAccessible(page);
});

test('an owner of the account prices a usage name everywhere', async ({ page, product, api, owner }) => {
  const [here, there] = [await api.createWorkspace(), await api.createWorkspace()];
  const usageName = `pages-${randomUUID().slice(0, 8)}`;
  await signIn(page, product, owner, `/${here.slug}/prices`);
  await pressUntilShown(page, 'c', dialog(page));
  await dialog(page)
    .getByRole('radio', { name: /A usage name/ })
    .check();
  await dialog(page).getByLabel('Usage name', { exact: true }).fill(usageName);
  await dialog(page).getByLabel('Price', { exact: true }).fill('0.002');
  await dialog(page)
    .getByRole('radio', { name: /Whole account/ })
    .check();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Add price' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.goto(`${product.baseUrl}/${there.slug}/prices?q=${usageName}`);
  await expect(book(page).getByRole('row', { name: usageName })).toContainText('Whole account');
  await expect(book(page).getByRole('row', { name: usageName })).toContainText('$0.002');
});

test('a price that is wrong is not added, and says what to enter', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  await signIn(page, product, owner, `/${workspace.slug}/prices`);
  await page.getByRole('button', { name: 'Add price' }).first().click();
  await dialog(page).getByLabel('Input').fill('1,50');
  await dialog(page).getByRole('button', { name: 'Add price' }).click();
  await expect(dialog(page).getByText('Enter the model as services name it')).toBeVisible();
  await expect(dialog(page).getByText('Write the price without commas')).toBeVisible();
  await expect(dialog(page).getByText('Enter a price such as 2.50.')).toBeVisible();
  await expect(dialog(page).getByLabel('Input')).toHaveValue('1,50');
  await expectAccessible(page);
});

for (const role of ['viewer', 'admin'] as const) {
  test(`who is ${role} reads the prices and is told why there is no more`, async ({ page, product, api }) => {
    const workspace = await api.createWorkspace();
    await signIn(page, product, await createMember(product, workspace.slug, role), `/${workspace.slug}/prices`);
    await expect(book(page).getByRole('row').nth(1)).toBeVisible();
    const button = page.getByRole('button', { name: 'Add price' }).first();
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await button.hover();
    await expect(page.getByRole('tooltip')).toContainText('Only owners set prices.');
    await page.keyboard.press('c');
    await expect(dialog(page)).toHaveCount(0);
  });
}

test('a pointer that rests on a button before the page comes alive is told why it does nothing', async ({
  page,
  product,
  api,
}) => {
  const workspace = await api.createWorkspace();
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), '/profile');
  const letScriptsCome = await holdScripts(page);
  await page.goto(`${product.baseUrl}/${workspace.slug}/prices`, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Add price' }).first().hover();
  letScriptsCome();
  await expect(page.getByRole('tooltip')).toContainText('Only owners set prices.');
});

test('a search without a match says so and leads back', async ({ page, product, api, owner }) => {
  const workspace = await api.createWorkspace();
  await signIn(page, product, owner, `/${workspace.slug}/prices?q=no-such-model&source=set`);
  await expect(page.getByRole('heading', { name: 'Nothing matches “no-such-model”' })).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.getByRole('link', { name: 'Show the whole book' }).click();
  await expect(book(page)).toBeVisible();
});
