import { expect, type Locator, type Page } from '@playwright/test';
import { createMember, expectAccessible, signIn, waitForForms } from '../fixtures/console';
import { test } from '../fixtures/test';
import { makeUsedWorkspace } from '../fixtures/usage';

/** What a reader's system asks for: less motion, its own colours, larger text; and a page that is read while it renews itself. */

/** Notes whatever begins to move for longer than an eye needs to see it. */
const WATCH_MOTION = `
  window.moved = [];
  for (const kind of ['animationstart', 'transitionrun']) addEventListener(kind, () => {
    for (const one of document.getAnimations()) {
      const { duration } = one.effect.getComputedTiming();
      if (duration > 10) window.moved.push((one.animationName ?? one.transitionProperty) + ' of ' + one.effect.target.className);
    }
  }, true);
`;

const hasEdge = (element: Locator) =>
  element.evaluate((one) => {
    const { borderTopWidth, borderTopStyle, outlineWidth, outlineStyle } = getComputedStyle(one);
    const isDrawn = (width: string, style: string) => Number.parseFloat(width) > 0 && style !== 'none';
    return isDrawn(borderTopWidth, borderTopStyle) || isDrawn(outlineWidth, outlineStyle);
  });

const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}` });

test('with less motion nothing moves, and in the system’s colours everything keeps its edge', async ({
  page,
  product,
  api,
  owner,
}) => {
  const workspace = await api.createWorkspace();
  const key = await api.createKey({ name: 'steady', workspace_id: workspace.id, limit: 10 });
  await api.record({ key_hash: key.hash, cost_usd: 5 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(WATCH_MOTION);
  await signIn(page, product, owner, `/${workspace.slug}/keys`);
  await waitForForms(page);
  await box(page, 'steady').check();
  await page.getByRole('button', { name: 'Actions for steady' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('dialog').getByLabel('Spend limit').fill('12');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('steady is saved', { exact: true })).toBeVisible();
  expect(await page.evaluate('window.moved')).toEqual([]);

  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  const bar = page.getByRole('toolbar', { name: 'Actions for 1 selected' });
  const current = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Keys/ });
  for (const element of [
    bar,
    current,
    page.getByRole('meter', { name: 'Limit of steady' }),
    page.getByRole('searchbox').locator('..'),
    page.getByRole('link', { name: 'Create key' }),
    box(page, 'steady'),
  ]) {
    expect(await hasEdge(element), await element.evaluate((one) => one.outerHTML.slice(0, 200))).toBe(true);
  }
  await bar.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('button', { name: 'Disable 1 key' })).toBeEnabled();
  expect(await hasEdge(page.getByRole('dialog', { name: 'Disable 1 key' }))).toBe(true);
  expect(await hasEdge(page.getByRole('button', { name: 'Disable 1 key' }))).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByText('Active', { exact: true }).hover();
  await expect(page.getByRole('tooltip')).toBeVisible();
  expect(await hasEdge(page.getByRole('tooltip'))).toBe(true);
});

test('text may be twice as large and further apart, and nothing is cut off or sticks out', async ({
  page,
  product,
  api,
}) => {
  const workspace = await makeUsedWorkspace(api);
  const admin = await createMember(product, workspace.slug, 'admin');
  // Twice as large on a screen of 1280 by 800.
  await page.setViewportSize({ width: 640, height: 400 });
  await signIn(page, product, admin, `/${workspace.slug}`);
  for (const path of ['', '/keys', `/keys/${workspace.keys.crawler.hash}`, '/explore', '/exports', '/settings']) {
    await page.goto(`${product.baseUrl}/${workspace.slug}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    // As WCAG 1.4.12 sets them.
    await page.addStyleTag({
      content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }',
    });
    expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(640);
    const cut = await page.getByRole('button').evaluateAll((buttons) =>
      buttons.flatMap((one) => {
        const words = document.createRange();
        words.selectNodeContents(one);
        const [text, room] = [words.getBoundingClientRect(), one.getBoundingClientRect()];
        const isCut = text.left < room.left - 1 || text.right > room.right + 1 || text.height > room.height + 1;
        // Initials in a square of their own are a picture, and have a name beside them.
        return !one.querySelector('span[aria-hidden]') && one.checkVisibility() && text.width > 0 && isCut
          ? [one.outerHTML.slice(0, 200)]
          : [];
      }),
    );
    expect(cut, path).toEqual([]);
  }
});

test('figures that renew themselves leave the focus, the place and the layout as they are', async ({
  page,
  product,
  api,
}) => {
  const workspace = await makeUsedWorkspace(api);
  await page.clock.install();
  await signIn(page, product, await createMember(product, workspace.slug, 'viewer'), `/${workspace.slug}?range=7d`);
  const figures = page.getByRole('region', { name: 'Figures' });
  const changes = page.getByRole('table', { name: 'Biggest changes' });
  await expect(page.getByRole('application').first()).toBeVisible();
  // The first row goes down when another key's spend goes up.
  const name = (await changes.getByRole('link').first().textContent()) ?? '';
  const link = changes.getByRole('link', { name, exact: true });
  const riser = workspace.keys[name === 'tester' ? 'crawler' : 'tester'];
  await link.focus();
  await link.scrollIntoViewIfNeeded();
  const place = await page.evaluate('scrollY');
  await page.evaluate(`
    window.shifted = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shifted += one.value; }).observe({ type: 'layout-shift' });
  `);
  const before = await figures.textContent();
  await api.record({ key_hash: riser.hash, cost_usd: '123.45' });
  await page.clock.runFor(16_000);
  await expect(figures).not.toHaveText(before ?? '');
  await expect(changes.getByRole('link').first()).not.toHaveText(name);
  await expect(link).toBeFocused();
  expect(await page.evaluate('scrollY')).toBe(place);
  expect(await page.evaluate('window.shifted')).toBeLessThan(0.01);
  await expectAccessible(page);
});
