import { expect, type Locator, type Page } from '@playwright/test';
import fc from 'fast-check';
import type { Api } from '../fixtures/api';
import { signIn } from '../fixtures/console';
import { cents, exact } from '../fixtures/ledger';
import { test } from '../fixtures/test';

/**
 * Every figure of the overview, the keys and a key's page against sums that this file makes of the events that it sent. None
 * of the product's own sums, roll-ups or rules is asked, so a figure that is wrong anywhere between an event and the eye
 * shows here.
 */

const DAY = 86_400_000;
const DAYS = 75;
const EVENTS = 700;
const BODY_EVENTS = 500;
/** So far from an edge that moves with the clock no event lies: the test takes a while. */
const CLEAR = 20 * 60_000;

const KEYS = [
  { name: 'alpha-worker', limit: 900, limit_reset: 'monthly', include_byok_in_limit: false, environment: 'live' },
  { name: 'bravo-batch', limit: 5000, limit_reset: 'weekly', include_byok_in_limit: true, environment: 'live' },
  { name: 'charlie-eval', limit: null, limit_reset: null, include_byok_in_limit: false, environment: 'test' },
] as const;
type KeyName = (typeof KEYS)[number]['name'];
const ENDPOINTS = ['POST /v1/chat/completions', '/v1/embeddings', '/v1/rerank', null] as const;
const MODELS = ['acme/atlas-4', 'acme/atlas-4-mini', 'corvid/two', null] as const;

interface Sent {
  readonly key: KeyName;
  readonly at: number;
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly status: number;
  readonly nano: bigint;
  readonly isByok: boolean;
  readonly prompt: number;
  readonly cached: number;
  readonly created: number;
  readonly output: number;
}

function makeEvents(seed: number, now: number): Sent[] {
  const today = Math.floor(now / DAY) * DAY;
  const arbitrary = fc.record({
    key: fc.constantFrom(...KEYS.map(({ name }) => name)),
    // The younger the more, so that today and this month have some of everything.
    age: fc.oneof(fc.nat(now - today), fc.nat(20 * DAY), fc.nat(DAYS * DAY)),
    endpoint: fc.constantFrom(...ENDPOINTS),
    model: fc.constantFrom(...MODELS),
    status: fc.constantFrom(200, 200, 200, 200, 201, 304, 400, 429, 500, 503),
    nano: fc.bigInt(10_000_001n, 3_999_999_999n),
    isByok: fc.constantFrom(false, false, false, true),
    prompt: fc.integer({ min: 10, max: 9_000 }),
    cached: fc.nat(4),
    created: fc.nat(4),
    output: fc.nat(3_000),
  });
  return fc.sample(arbitrary, { numRuns: EVENTS, seed }).flatMap(({ age, ...rest }): Sent[] => {
    const at = now - 60_000 - age;
    const isAtEdge = Math.abs(now - 30 * DAY - at) < CLEAR;
    return isAtEdge ? [] : [{ ...rest, at }];
  });
}

async function record(api: Api, hashes: ReadonlyMap<string, string>, events: readonly Sent[]) {
  const bodies = events.map((event, index) => ({
    key_hash: hashes.get(event.key),
    idempotency_key: `event-${index}`,
    occurred_at: new Date(event.at).toISOString(),
    ...(event.endpoint === null ? {} : { endpoint: event.endpoint }),
    ...(event.model === null ? {} : { model: event.model }),
    status: event.status,
    prompt_tokens: event.prompt,
    cached_prompt_tokens: event.cached,
    cache_creation_tokens: event.created,
    completion_tokens: event.output,
    cost_usd: usdText(event.nano),
    is_byok: event.isByok,
  }));
  for (let start = 0; start < bodies.length; start += BODY_EVENTS) {
    const part = bodies.slice(start, start + BODY_EVENTS);
    expect(await api.record(...part)).toMatchObject({ recorded: part.length });
    // What is sent again counts once.
    expect(await api.record(...part.slice(0, 50))).toMatchObject({ duplicate: Math.min(50, part.length) });
  }
}

function usdText(nano: bigint): string {
  return `${nano / 1_000_000_000n}.${(nano % 1_000_000_000n).toString().padStart(9, '0')}`;
}

const sum = (events: readonly Sent[], of: (event: Sent) => bigint) =>
  events.reduce((total, event) => total + of(event), 0n);
const spendOf = (events: readonly Sent[]) => sum(events, ({ isByok, nano }) => (isByok ? 0n : nano));
const byokOf = (events: readonly Sent[]) => sum(events, ({ isByok, nano }) => (isByok ? nano : 0n));
const errorsOf = (events: readonly Sent[]) => events.filter(({ status }) => status >= 400);
const between = (events: readonly Sent[], from: number, to: number) => events.filter(({ at }) => at >= from && at < to);
/** `12,345` */
const grouped = (count: number) => String(count).replace(/(\d)(?=(\d{3})+$)/g, '$1,');

function by<Value>(events: readonly Sent[], groupOf: (event: Sent) => Value): Map<Value, Sent[]> {
  const groups = new Map<Value, Sent[]>();
  for (const event of events) groups.set(groupOf(event), [...(groups.get(groupOf(event)) ?? []), event]);
  return groups;
}

/** The table of a chart, row by row: what each cell says, in full where it has more digits than are shown. */
async function readChart(page: Page, heading: string): Promise<string[][]> {
  const figure = page.getByRole('figure').filter({ has: page.getByRole('heading', { name: heading, exact: true }) });
  await figure.getByRole('button', { name: 'Show as table' }).click();
  await expect(figure.getByRole('table')).toBeVisible();
  return figure
    .getByRole('table')
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.title || (cell.textContent ?? ''))),
    );
}

const TEST_MILLISECONDS_MAX = 240_000;
/** How far from midnight of UTC the test begins, at least: about twice as long as it takes. */
const CLEAR_MILLISECONDS = 150_000;

const rowOf = (table: Locator, name: string) =>
  table.getByRole('row').filter({ has: table.page().getByText(name, { exact: true }) });

test('every figure of the console is the exact sum of the events behind it', async ({
  page,
  product,
  api,
  owner,
}, testInfo) => {
  test.setTimeout(TEST_MILLISECONDS_MAX + CLEAR_MILLISECONDS);
  // Midnight would move what “today” means while the figures are read; the few minutes before it are let pass.
  await expect
    .poll(() => DAY - (Date.now() % DAY), { intervals: [1000], timeout: CLEAR_MILLISECONDS + 10_000 })
    .toBeGreaterThan(CLEAR_MILLISECONDS);
  const seed = Number(process.env.FIGURES_SEED ?? Date.now() % 1_000_000_007);
  testInfo.annotations.push({ type: 'seed', description: String(seed) });
  const workspace = await api.createWorkspace('Exact');
  const hashes = new Map<string, string>();
  for (const { environment, ...key } of KEYS) {
    const { hash } = await api.createKey({ ...key, environment, workspace_id: workspace.id });
    hashes.set(key.name, hash);
  }
  const now = Date.now();
  const events = makeEvents(seed, now);
  await record(api, hashes, events);
  await api.createHold(hashes.get('alpha-worker') ?? '', 1.234567891);

  const today = Math.floor(now / DAY) * DAY;
  const end = today + DAY;
  const date = new Date(now);
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  // ISO weeks begin on Monday.
  const week = today - ((date.getUTCDay() + 6) % 7) * DAY;
  const from = end - 30 * DAY;
  const inPeriod = between(events, from, end);
  const before = between(events, from - 30 * DAY, now - 30 * DAY);
  const inMonth = between(events, month, end);

  await test.step('the overview', async () => {
    await signIn(page, product, owner, `/${workspace.slug}?range=30d`);
    const figures = page.getByRole('region', { name: 'Figures' });
    await expect(figures).toContainText(`Spend today${cents(spendOf(between(events, today, end)))}`);
    await expect(figures).toContainText(cents(spendOf(inMonth)));
    await expect(figures.getByTitle(grouped(inPeriod.length), { exact: true })).toBeVisible();
    await expect(figures).toContainText(`${grouped(errorsOf(inPeriod).length)} errors`);
    const changes = page.getByRole('table', { name: 'Biggest changes' });
    for (const { name } of KEYS) {
      const of = (all: readonly Sent[]) => cents(spendOf(all.filter(({ key }) => key === name)));
      await expect(rowOf(changes, name)).toContainText(of(inPeriod));
      await expect(rowOf(changes, name)).toContainText(of(before));
    }
    const shares = page.getByRole('table', { name: 'Spend by endpoint' });
    for (const [endpoint, part] of by(inPeriod, (event) => event.endpoint)) {
      await expect(rowOf(shares, endpoint ?? '(none)').getByTitle(exact(spendOf(part)))).toBeVisible();
    }
    await expect(
      shares
        .getByRole('row')
        .last()
        .getByTitle(exact(spendOf(inPeriod))),
    ).toBeVisible();
    const days = await readChart(page, 'Spend by key');
    expect(days).toHaveLength(30);
    for (const [index, cells] of days.entries()) {
      const ofDay = between(events, from + index * DAY, from + (index + 1) * DAY);
      for (const { name } of KEYS) expect(cells).toContain(exact(spendOf(ofDay.filter(({ key }) => key === name))));
      expect(cells.at(-2)).toBe(exact(spendOf(ofDay)));
    }
    const requests = await readChart(page, 'Requests');
    expect(requests.map(([count]) => count)).toEqual(
      days.map((_, index) => grouped(between(events, from + index * DAY, from + (index + 1) * DAY).length)),
    );
  });

  await test.step('the keys', async () => {
    await page.setViewportSize({ width: 1900, height: 900 });
    await page.goto(`${product.baseUrl}/${workspace.slug}/keys`);
    const keys = page.getByRole('table', { name: 'API keys' });
    for (const { name, limit, limit_reset, include_byok_in_limit } of KEYS) {
      const own = inMonth.filter(({ key }) => key === name);
      const row = keys.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
      await expect(row).toContainText(cents(spendOf(own)));
      await expect(row).toContainText(`+ ${cents(byokOf(own))} BYOK`);
      await expect(row).toContainText(grouped(own.length));
      await expect(
        row.getByTitle(`${grouped(errorsOf(own).length)} of ${grouped(own.length)}`, { exact: true }),
      ).toBeVisible();
      if (limit === null) continue;
      const counted = between(events, limit_reset === 'weekly' ? week : month, end).filter(({ key }) => key === name);
      const used = spendOf(counted) + (include_byok_in_limit ? byokOf(counted) : 0n);
      const held = name === 'alpha-worker' ? 1_234_567_891n : 0n;
      await expect(row).toContainText(`${cents(used)}of $${grouped(limit)} /`);
      await expect(row).toContainText(`${cents(BigInt(limit) * 1_000_000_000n - used - held)} left`);
    }
    await expect(keys.getByRole('row', { name: /All 3 keys/ })).toContainText(cents(spendOf(inMonth)));
  });

  for (const { name, limit, limit_reset, include_byok_in_limit } of KEYS) {
    const address = `${product.baseUrl}/${workspace.slug}/keys/${hashes.get(name)}`;
    const own = inPeriod.filter(({ key }) => key === name);
    const ever = events.filter(({ key }) => key === name);

    await test.step(`the usage of ${name}`, async () => {
      await page.goto(address);
      const figures = page.getByRole('region', { name: 'Figures' });
      await expect(figures).toContainText(`Spend in 30 days+ ${cents(byokOf(own))} BYOK${cents(spendOf(own))}`);
      await expect(figures).toContainText(`Requests in 30 days${grouped(own.length)}`);
      await expect(figures).toContainText(`Errors in 30 days${grouped(errorsOf(own).length)}`);
      const models = page.getByRole('table', { name: 'Models' });
      for (const [model, part] of by(own, (event) => event.model)) {
        const row = rowOf(models, model ?? '(none)');
        await expect(row).toContainText(grouped(part.length));
        const tokens = {
          noCache: part.reduce((total, { prompt, cached, created }) => total + prompt - cached - created, 0),
          cached: part.reduce((total, { cached }) => total + cached, 0),
          created: part.reduce((total, { created }) => total + created, 0),
          output: part.reduce((total, { output }) => total + output, 0),
        };
        for (const count of Object.values(tokens).filter((one) => one > 0)) {
          await expect(row.getByTitle(grouped(count), { exact: true }).first()).toBeVisible();
        }
        for (const amount of [spendOf(part), byokOf(part)].filter((one) => one > 0n)) {
          await expect(row.getByTitle(exact(amount), { exact: true }).first()).toBeVisible();
        }
      }
      await expect(
        models
          .getByRole('row')
          .last()
          .getByTitle(exact(spendOf(own)), { exact: true }),
      ).toBeVisible();
      await expect(models.getByRole('row').last()).toContainText(grouped(own.length));

      const shares = page.getByRole('table', { name: 'Spend by endpoint' });
      const endpoints = by(own, (event) => event.endpoint);
      for (const [endpoint, part] of endpoints) {
        await expect(rowOf(shares, endpoint ?? '(none)').getByTitle(exact(spendOf(part)))).toBeVisible();
      }
      await page.getByRole('radiogroup', { name: 'Share of' }).getByText('Requests').click();
      const distribution = page.getByRole('table', { name: 'Requests by endpoint' });
      for (const [endpoint, part] of endpoints) {
        await expect(
          rowOf(distribution, endpoint ?? '(none)')
            .getByRole('cell')
            .first(),
        ).toHaveText(grouped(part.length));
      }

      const ofDay = (index: number) => between(own, from + index * DAY, from + (index + 1) * DAY);
      const spend = await readChart(page, 'Spend over time');
      expect(spend.map(([amount]) => amount)).toEqual(spend.map((_, index) => exact(spendOf(ofDay(index)))));
      const requests = await readChart(page, 'Requests');
      expect(requests.map(([count]) => count)).toEqual(requests.map((_, index) => grouped(ofDay(index).length)));
      const rates = await readChart(page, 'Error rate');
      expect(rates.map(([rate]) => rate === '–')).toEqual(rates.map((_, index) => ofDay(index).length === 0));
      const errors = await readChart(page, 'Errors by status');
      expect(errors.map((cells) => cells.at(-1))).toEqual(
        errors.map((_, index) => grouped(errorsOf(ofDay(index)).length)),
      );
      const tokens = await readChart(page, 'Tokens');
      expect(tokens.map((cells) => cells.at(-1))).toEqual(
        tokens.map((_, index) =>
          grouped(ofDay(index).reduce((total, { prompt, output }) => total + prompt + output, 0)),
        ),
      );
      for (const rows of [spend, requests, rates, errors, tokens]) expect(rows).toHaveLength(30);
    });

    await test.step(`the limits of ${name}`, async () => {
      await page.goto(`${address}/limits`);
      const counted = (all: readonly Sent[]) => spendOf(all) + (include_byok_in_limit ? byokOf(all) : 0n);
      if (limit !== null) {
        const used = counted(between(ever, limit_reset === 'weekly' ? week : month, end));
        const held = name === 'alpha-worker' ? 1_234_567_891n : 0n;
        const whole = BigInt(limit) * 1_000_000_000n;
        const ledger = page.getByRole('table', { name: 'What the limit is made of' });
        await expect(ledger.getByRole('row').nth(0)).toContainText(exact(used));
        await expect(ledger.getByRole('row').nth(1)).toContainText(exact(held));
        await expect(ledger.getByRole('row').nth(2)).toContainText(exact(whole - used - held));
        await expect(ledger.getByRole('row').nth(3)).toContainText(exact(whole));
        await expect(page.getByRole('table', { name: 'Limits', exact: true })).toContainText(cents(used));
      }
      // What another limit would have refused: of each month what goes beyond it, and nothing else.
      await page.getByRole('radiogroup', { name: 'Counted per' }).getByText('Month').click();
      await page.getByRole('textbox', { name: 'Try', exact: true }).fill('40');
      const months = by(ever, ({ at }) => new Date(at).toISOString().slice(0, 7));
      const refused = [...months.values()].reduce((total, part) => {
        const beyond = counted(part) - 40_000_000_000n;
        return beyond > 0n ? total + beyond : total;
      }, 0n);
      await expect(page.getByRole('row', { name: /^\$40 tried/ })).toContainText(cents(refused));
    });
  }
});
