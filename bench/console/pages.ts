/**
 * `npm run bench:console`: how fast the console's pages are, on the built product with the demo's data: the server's time
 * of each page, compressed JavaScript, the largest paint and layout shift in a headless browser, and long tasks while the
 * keys table is scrolled and filtered. Against an installation that runs already, such as one with a large ledger:
 *
 *   npm run bench:console -- --url http://127.0.0.1:3000 --workspace prod --email you@example.com --password …
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { fillSignIn, PASSWORD } from '../../e2e/fixtures/console';
import { startProduct } from '../../e2e/fixtures/product';
import { CHROMIUM_ARGUMENTS } from '../../scripts/chromium-arguments.mjs';
import { chromiumPath } from '../../scripts/ensure-test-tools.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    workspace: { type: 'string', default: 'demo' },
    email: { type: 'string', default: 'bench@example.com' },
    password: { type: 'string', default: PASSWORD },
    rounds: { type: 'string', default: '30' },
    loads: { type: 'string', default: '5' },
  },
});
const ROUNDS = Number(options.rounds);
const LOADS = Number(options.loads);
/** The first requests of a page compile what it runs. */
const WARM_UP_ROUNDS = 3;
const SETTLE_MILLISECONDS = 40_000;
const BARS = {
  serverMilliseconds: 150,
  scriptKibibytes: 250,
  paintMilliseconds: 1000,
  shift: 0.02,
  taskMilliseconds: 50,
};
const TYPED = 'search';
const SCROLLS = 30;

interface Place {
  readonly baseUrl: string;
  readonly slug: string;
}

interface PageFigures {
  readonly name: string;
  readonly p50: number;
  readonly p95: number;
  readonly scriptBytes: number;
  readonly paint: number;
  readonly shift: number;
}

/** Collects what the browser tells of paints, shifts and long tasks from the first moment of a page. */
const OBSERVE = `window.bench = { paint: 0, shift: 0, tasks: [] };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.bench.paint = entry.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.bench.shift += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.bench.tasks.push(entry.duration); })
    .observe({ type: 'longtask' });`;

const executablePath = chromiumPath();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: CHROMIUM_ARGUMENTS,
});
try {
  if (options.url === undefined) await withDemo((place) => run(browser, place));
  else await run(browser, { baseUrl: options.url.replace(/\/$/, ''), slug: options.workspace });
} finally {
  await browser.close();
}

async function withDemo(work: (place: Place) => Promise<void>): Promise<void> {
  const product = await startProduct({ database: 'embedded' });
  try {
    product.run(['demo', '--seed', '1']);
    product.run(['reconcile']);
    product.run(['user', 'create', '--email', options.email, '--name', 'Bench', '--owner'], `${options.password}\n`);
    // The embedded database looks after what was written, a table at a time, when nobody waits.
    await sleep(SETTLE_MILLISECONDS);
    await work({ baseUrl: product.baseUrl, slug: options.workspace });
  } finally {
    await product.dispose();
  }
}

async function run(chrome: Browser, place: Place): Promise<void> {
  const session = await signedIn(chrome, place);
  const figures: PageFigures[] = [];
  for (const { name, path } of await listPages(session, place)) {
    figures.push({
      name,
      ...(await timeServer(session, place, path)),
      ...(await loadPage(chrome, session, place, path)),
    });
  }
  printPages(figures);
  printTasks(await workOnKeys(chrome, session, place));
}

async function signedIn(chrome: Browser, { baseUrl }: Place): Promise<BrowserContext> {
  const context = await chrome.newContext();
  const page = await context.newPage();
  await page.goto(`${baseUrl}/sign-in`);
  await fillSignIn(page, options.email, options.password);
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.close();
  return context;
}

async function listPages(session: BrowserContext, { baseUrl, slug }: Place) {
  const page = await session.newPage();
  await page.goto(`${baseUrl}/${slug}/keys`);
  const key = await page.locator('a[data-row-link]').first().getAttribute('href');
  await page.close();
  return [
    { name: 'Overview', path: `/${slug}` },
    { name: 'Keys', path: `/${slug}/keys` },
    ...(key === null ? [] : [{ name: 'One key', path: key }]),
    { name: 'Explore', path: `/${slug}/explore` },
    { name: 'Explore, key and model', path: `/${slug}/explore?then=model` },
    { name: 'Exports', path: `/${slug}/exports` },
    { name: 'Audit log', path: `/${slug}/audit` },
    { name: 'Prices', path: `/${slug}/prices` },
    { name: 'Members', path: `/${slug}/members` },
    { name: 'Settings', path: `/${slug}/settings` },
  ];
}

/** From the request to the end of the answer, one request at a time. */
async function timeServer(session: BrowserContext, { baseUrl }: Place, path: string) {
  const cookies = await session.cookies(baseUrl);
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), accept: 'text/html' };
  const times: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const beganAt = performance.now();
    const answer = await fetch(`${baseUrl}${path}`, { headers, redirect: 'manual' });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    if (round >= 0) times.push(performance.now() - beganAt);
  }
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** A first visit with nothing in the browser's cache; medians of some. */
async function loadPage(chrome: Browser, session: BrowserContext, { baseUrl }: Place, path: string) {
  const loads: { scriptBytes: number; paint: number; shift: number }[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const context = await chrome.newContext({
      storageState: await session.storageState(),
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    await page.addInitScript(OBSERVE);
    const sizes: Promise<{ url: string; bytes: number }>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'script') return;
      sizes.push(request.sizes().then(({ responseBodySize: bytes }) => ({ url: request.url(), bytes })));
    });
    await page.goto(`${baseUrl}${path}`, { waitUntil: 'networkidle' });
    const own = await ownScripts(page);
    const scripts = await Promise.all(sizes);
    const scriptBytes = scripts.reduce((sum, { url, bytes }) => sum + (own.has(url) ? bytes : 0), 0);
    loads.push({ scriptBytes, ...(await read(page)) });
    await context.close();
  }
  const median = (of: (load: (typeof loads)[number]) => number) => quantile(loads.map(of), 0.5);
  return {
    scriptBytes: median((load) => load.scriptBytes),
    paint: median((load) => load.paint),
    shift: Math.max(...loads.map((load) => load.shift)),
  };
}

/** The scripts that the page's own HTML names; those of pages that a link may lead to come when it is idle. */
async function ownScripts(page: Page): Promise<ReadonlySet<string>> {
  const html = await (await page.context().request.get(page.url())).text();
  const paths = html.matchAll(/\/_next\/static\/chunks\/[\w.~-]+\.js/g);
  return new Set([...paths].map(([path]) => new URL(path, page.url()).href));
}

async function read(page: Page): Promise<{ paint: number; shift: number }> {
  return page.evaluate<{ paint: number; shift: number }>('({ paint: window.bench.paint, shift: window.bench.shift })');
}

/** Long tasks while the keys table is scrolled, and while it is filtered by typing. */
async function workOnKeys(chrome: Browser, session: BrowserContext, { baseUrl, slug }: Place) {
  const context = await chrome.newContext({
    storageState: await session.storageState(),
    viewport: { width: 1440, height: 600 },
  });
  const page = await context.newPage();
  await page.addInitScript(OBSERVE);
  await page.goto(`${baseUrl}/${slug}/keys`, { waitUntil: 'networkidle' });
  const takeTasks = () => page.evaluate<number[]>('window.bench.tasks.splice(0)');
  await takeTasks();
  await page.mouse.move(700, 400);
  for (let step = 0; step < SCROLLS; step += 1) {
    await page.mouse.wheel(0, step < SCROLLS / 2 ? 120 : -120);
    await nextFrame(page);
  }
  const scrolling = await takeTasks();
  await page.keyboard.press('/');
  for (const letter of TYPED) {
    await page.keyboard.type(letter);
    await nextFrame(page);
  }
  await page.waitForURL(/q=/);
  await page.waitForLoadState('networkidle');
  const filtering = await takeTasks();
  await context.close();
  return { scrolling, filtering };
}

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => resolve()))');
}

/** The value that a share of all does not pass. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function printPages(figures: readonly PageFigures[]): void {
  const write = (value: number, bar: number, decimals: number) =>
    `${value.toFixed(decimals)}${value >= bar ? ' ✗' : ''}`;
  console.log('| page | server p50, ms | server p95, ms | JavaScript, KiB | largest paint, ms | layout shift |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const { name, p50, p95, scriptBytes, paint, shift } of figures) {
    const cells = [
      name,
      p50.toFixed(0),
      write(p95, BARS.serverMilliseconds, 0),
      write(scriptBytes / 1024, BARS.scriptKibibytes, 0),
      write(paint, BARS.paintMilliseconds, 0),
      write(shift, BARS.shift, 3),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function printTasks(tasks: { readonly scrolling: readonly number[]; readonly filtering: readonly number[] }): void {
  for (const [what, durations] of Object.entries(tasks)) {
    const long = durations.filter((duration) => duration > BARS.taskMilliseconds);
    const longest = Math.max(0, ...durations);
    console.log(
      `${what} the keys: ${long.length === 0 ? 'no long task' : `${long.length} long tasks, the longest ${longest.toFixed(0)} ms ✗`}`,
    );
  }
}
