import { test as base, expect, type Page } from '@playwright/test';
import { createOwner, expectAccessible, type Person } from '../fixtures/console';
import { type OidcProvider, startOidcProvider } from '../fixtures/oidc';
import { type Product, startProduct } from '../fixtures/product';

interface Fixtures {
  provider: OidcProvider;
  product: Product;
  ana: Person;
}

const test = base.extend<object, { world: Fixtures }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern.
    async ({}, use) => {
      const provider = await startOidcProvider();
      const product = await startProduct({
        database: 'embedded',
        environment: {
          OIDC_ISSUER: provider.issuer,
          OIDC_CLIENT_ID: provider.clientId,
          OIDC_CLIENT_SECRET: provider.clientSecret,
          OIDC_NAME: 'Fernhill SSO',
        },
      });
      const ana = await createOwner(product);
      provider.allow(`${product.baseUrl}/api/auth/callback/oidc`, {
        ana: { email: ana.email.toUpperCase(), isVerified: true },
        impostor: { email: ana.email, isVerified: false },
        stranger: { email: 'stranger@example.com', isVerified: true },
      });
      await use({ provider, product, ana });
      await product.dispose();
      await provider.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.describe.configure({ mode: 'serial' });

/** Goes from the sign-in page to the provider, and says there who it is. */
async function comeAs(page: Page, product: Product, person: string, path = '/sign-in'): Promise<void> {
  await page.goto(`${product.baseUrl}${path}`);
  await page.getByRole('button', { name: 'Continue with Fernhill SSO' }).click();
  await page.getByRole('button', { name: person }).click();
}

test('an unverified e-mail address links to nobody', async ({ page, world: { product } }) => {
  await comeAs(page, product, 'impostor');
  await expect(page.getByText('Fernhill SSO has not verified your email address')).toBeVisible();
  await expectAccessible(page);
});

test('somebody without an account is refused, and no account is made', async ({ page, world: { product } }) => {
  await comeAs(page, product, 'stranger');
  await expect(page.getByText('Nobody here has the email address that Fernhill SSO gave.')).toBeVisible();
  await page.goto(`${product.baseUrl}/default/keys`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('who says no at the provider comes back to the sign-in page', async ({ page, world: { product } }) => {
  await comeAs(page, product, 'nobody');
  await expect(page.getByText('Fernhill SSO did not complete the sign-in.')).toBeVisible();
});

test('a verified e-mail address signs its user in, and back to the page that was asked for', async ({
  page,
  world,
}) => {
  const { product, ana } = world;
  await comeAs(page, product, 'ana', '/default/management-keys');
  await page.waitForURL(`${product.baseUrl}/default/management-keys`);
  await expect(page.getByRole('button', { name: ana.email })).toBeVisible();
});

test('the second time the same identity is the same user', async ({ page, world: { product, ana } }) => {
  await comeAs(page, product, 'ana');
  await page.waitForURL('**/default');
  await expect(page.getByRole('button', { name: ana.email })).toBeVisible();
});

test('an answer that this browser did not ask for is refused', async ({ page, world: { product } }) => {
  await page.goto(`${product.baseUrl}/api/auth/callback/oidc?code=stolen&state=forged`);
  await expect(page.getByText('Fernhill SSO did not complete the sign-in.')).toBeVisible();
});
