/**
 * `npm run screenshots`: pictures of the built product with the demo's data for docs/screenshots, at 1440 and 390 wide,
 * light and dark, all of one run. `npm run screenshots -- keys audit` takes those pictures alone.
 */
import { chromium, type Page } from '@playwright/test';
import { signIn, waitForRest } from '../e2e/fixtures/console';
import { startProduct } from '../e2e/fixtures/product';
import { CHROMIUM_ARGUMENTS } from './chromium-arguments.mjs';
import { chromiumPath } from './ensure-test-tools.mjs';
import { OWNER, prepareScene, removeKeys, type Scene, spoilBooks } from './screenshots/scene';
import { REVEAL_SHOT, SETUP_SHOT, SHOTS, type Shot, SPOILT_SHOT } from './screenshots/shots';

const SIZES = [
  { suffix: '', viewport: { width: 1440, height: 900 } },
  { suffix: '-mobile', viewport: { width: 390, height: 844 } },
];
const wanted = new Set(process.argv.slice(2));
const isWanted = (name: string) => wanted.size === 0 || wanted.has(name);

const THEMES = ['light', 'dark'] as const;

/** A browser of one width. */
interface Sitting {
  readonly page: Page;
  /** Of its files. */
  readonly suffix: string;
}

async function openSittings(): Promise<Sitting[]> {
  const sittings: Sitting[] = [];
  for (const { suffix, viewport } of SIZES) {
    const context = await browser.newContext({ viewport, colorScheme: 'light', baseURL: product.baseUrl });
    sittings.push({ page: await context.newPage(), suffix });
  }
  return sittings;
}

/** Writes a picture of what is shown in each theme, once it rests. */
async function picture({ page, suffix }: Sitting, name: string, isWhole = false): Promise<void> {
  const viewport = page.viewportSize();
  if (viewport === null) throw new Error('The window has no size.');
  await waitForRest(page);
  if (isWhole) {
    // A window as high as the page: what is fixed to the window's edges is then at the page's.
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, height) });
  }
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    await waitForRest(page);
    await page.screenshot({ path: `docs/screenshots/${name}-${colorScheme}${suffix}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (isWhole) await page.setViewportSize(viewport);
}

async function take(sitting: Sitting, scene: Scene, { name, path, prepare, isWhole }: Shot): Promise<void> {
  if (!isWanted(name)) return;
  const { page } = sitting;
  await page.goto(typeof path === 'string' ? path : path(scene));
  await page.waitForLoadState('networkidle');
  await prepare?.(page, scene);
  await picture(sitting, name, isWhole);
}

const product = await startProduct({ database: 'embedded', isFirstStart: true });
const executablePath = await chromiumPath();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: CHROMIUM_ARGUMENTS,
});
try {
  const sittings = await openSittings();
  for (const sitting of sittings) {
    await sitting.page.goto(product.setupUrl, { waitUntil: 'networkidle' });
    // A font that comes late is not used until the next page.
    await sitting.page.reload({ waitUntil: 'networkidle' });
    if (isWanted(SETUP_SHOT)) await picture(sitting, SETUP_SHOT);
  }
  const scene = await prepareScene(product);
  for (const sitting of sittings) {
    await sitting.page.goto('/sign-in');
    if (isWanted('sign-in')) await picture(sitting, 'sign-in');
    await signIn(sitting.page, product, OWNER);
    for (const shot of SHOTS) await take(sitting, scene, shot);
    await take(sitting, scene, REVEAL_SHOT);
    await removeKeys(product, 'invoice-matcher');
  }
  await spoilBooks(product);
  for (const sitting of sittings) await take(sitting, scene, SPOILT_SHOT);
} finally {
  await browser.close();
  await product.dispose();
}
