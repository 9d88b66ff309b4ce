import { expect, type Page } from '@playwright/test';
import { createMember, expectAccessibleEverywhere, signIn } from '../fixtures/console';
import type { Product } from '../fixtures/product';
import { query } from '../fixtures/query';
import { test } from '../fixtures/test';

/** Last in the sidebar of every page. */
const badge = (page: Page) =>
  page.getByRole('complementary', { name: 'Sidebar' }).getByRole('link', { name: /ooks|Not checked/ });
const panel = (page: Page) => page.getByRole('region', { name: 'Books' });
const checkNow = (page: Page) => panel(page).getByRole('button', { name: 'Check now' });
const clock = /\d\d:\d\d$/;

test('every page says whether the books balance: never checked, balanced, not checked for days, and again', async ({
  page,
  product,
  api,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'proved', workspace_id: workspace.id });
  await api.record({ key: key.secret, cost_usd: '1.25' });
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}/keys`);
  await expect(badge(page)).toHaveText('Books not checked yet');
  await badge(page).click();
  await expect(page).toHaveURL(`${product.baseUrl}/${workspace.slug}#books`);
  await checkNow(page).click();
  await expect(badge(page)).toHaveText(new RegExp(`^Books balanced${clock.source}`));
  for (const path of [`/${workspace.slug}/keys/${key.hash}`, `/${workspace.slug}/settings`, '/profile']) {
    await page.goto(product.baseUrl + path);
    await expect(badge(page)).toHaveText(new RegExp(`^Books balanced${clock.source}`));
    await expect(badge(page)).toHaveAttribute('href', `/${workspace.slug}#books`);
  }

  await setLastCheck(product, workspace.id, 74);
  await page.goto(`${product.baseUrl}/${workspace.slug}`);
  await expect(badge(page)).toHaveText('Not checked for 3 d');
  await expect(badge(page)).toHaveAttribute('title', /^Books balanced when last checked\. Checked \d+ \w+.* UTC\.$/);
  await expect(panel(page)).toContainText('Books balanced when last checked');
  await expectAccessibleEverywhere(page);
  await checkNow(page).click();
  await expect(badge(page)).toHaveText(new RegExp(`^Books balanced${clock.source}`));
});

test('a counter that was tampered with is told on every page, with what differs, until the books are repaired', async ({
  page,
  product,
  api,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'tampered', workspace_id: workspace.id });
  await api.record({ key: key.secret, cost_usd: '1.25' });
  await query(product, `UPDATE key_months SET spend_nano_usd = spend_nano_usd + 1 WHERE workspace_id = $1`, [
    workspace.id,
  ]);
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}`);
  await checkNow(page).click();
  await expect(panel(page).getByRole('heading', { name: 'Books do not balance' })).toBeVisible();
  await expect(panel(page)).toContainText('did not agree with the ledger.');
  await expect(panel(page).getByRole('list', { name: 'Differences' })).toContainText(
    '1250000000 by the entries, 1250000001 by the counter',
  );
  await expect(badge(page)).toHaveText('Books do not balance');
  await expectAccessibleEverywhere(page);
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible();
  await expect(badge(page)).toHaveText('Books do not balance');

  product.run(['reconcile', '--repair']);
  await badge(page).click();
  await checkNow(page).click();
  await expect(badge(page)).toHaveText(new RegExp(`^Books balanced${clock.source}`));
});

test('a check that is under way is said in both places, and one that fails leaves what was known', async ({
  page,
  product,
  api,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ workspace_id: workspace.id });
  await api.record({ key: key.secret, cost_usd: '1.25' });
  await setLastCheck(product, workspace.id, 74);
  // Refuses to keep the outcome of this workspace's check.
  await query(
    product,
    `CREATE FUNCTION refuse_checks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
    [],
  );
  await query(
    product,
    `CREATE TRIGGER refuse_checks BEFORE INSERT ON reconciliations FOR EACH ROW
       WHEN (NEW.workspace_id = '${workspace.id}') EXECUTE FUNCTION refuse_checks()`,
    [],
  );
  await signIn(page, product, await createMember(product, workspace.slug, 'admin'), `/${workspace.slug}`);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(`${product.baseUrl}/${workspace.slug}`, async (route) => {
    if (route.request().method() === 'POST') await released;
    await route.continue();
  });
  await checkNow(page).click();
  await expect(badge(page)).toHaveText('Checking the books');
  await expect(panel(page)).toContainText('Checking the books');
  release();
  await expect(panel(page).getByRole('alert')).toBeVisible();
  await expect(badge(page)).toHaveText('Not checked for 3 d');

  await query(product, 'DROP TRIGGER refuse_checks ON reconciliations', []);
  await query(product, 'DROP FUNCTION refuse_checks', []);
  await checkNow(page).click();
  await expect(badge(page)).toHaveText(new RegExp(`^Books balanced${clock.source}`));
  await expect(panel(page).getByRole('alert')).toHaveCount(0);
});

test('on a phone the badge is under More, and follows to the proof', async ({ page, product, api }) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ workspace_id: workspace.id });
  await api.record({ key: key.secret, cost_usd: '1.25' });
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}/keys`);
  await page.getByRole('button', { name: 'More' }).click();
  const more = page.getByRole('dialog', { name: 'More' });
  await more.getByRole('link', { name: 'Books not checked yet' }).click();
  await expect(more).toHaveCount(0);
  await expect(panel(page)).toBeInViewport();
});

/** Says of the books that they balanced so many hours ago. */
async function setLastCheck(product: Product, workspaceId: string, hoursAgo: number): Promise<void> {
  await query(
    product,
    `INSERT INTO reconciliations AS r (workspace_id, checked_at, events, cost_nano_usd, differences)
     VALUES ($1, now() - make_interval(hours => $2), 1, 1250000000, 0)
     ON CONFLICT (workspace_id) DO UPDATE SET checked_at = EXCLUDED.checked_at`,
    [workspaceId, hoursAgo],
  );
}
