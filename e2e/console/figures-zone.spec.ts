import { expect, type Page } from '@playwright/test';
import fc from 'fast-check';
import { signIn } from '../fixtures/console';
import { cents, exact } from '../fixtures/ledger';
import { query } from '../fixtures/query';
import { test } from '../fixtures/test';

/**
 * Days of a zone whose clocks change among them, against sums that this file makes of the events that it sent. What day and
 * hour it was there is told by `Intl` alone.
 */

const ZONE = 'Europe/Berlin';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MODELS = ['atlas-4', 'corvid-2', 'lyra'] as const;
const EVENTS = 400;

const dates = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE });
const dateOf = (at: number) => dates.format(at);
const clocks = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, timeStyle: 'short', hourCycle: 'h23' });
const offsets = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset', year: 'numeric' });

/** When the clocks last changed, at least five days ago. */
function lastChange(now: number): number {
  const at = Math.floor(now / HOUR) * HOUR - 5 * DAY;
  for (let hours = 0; hours < 300 * 24; hours += 1) {
    const instant = at - hours * HOUR;
    if (offsets.format(instant) !== offsets.format(instant - HOUR)) return instant;
  }
  throw new Error(`The clocks of ${ZONE} did not change.`);
}

interface Sent {
  readonly key: 'early' | 'late';
  readonly model: (typeof MODELS)[number];
  readonly at: number;
  readonly nano: bigint;
  readonly status: number;
}

function makeEvents(seed: number, change: number): Sent[] {
  const days = Array.from({ length: 9 }, (_, day) => change + (day - 4) * DAY);
  const arbitrary = fc.record({
    key: fc.constantFrom('early' as const, 'late' as const),
    model: fc.constantFrom(...MODELS),
    at: fc.oneof(
      fc.integer({ min: change - 4 * DAY, max: change + 4 * DAY }),
      // Beside the change, and beside midnights of the zone, where an hour more or less is another day.
      fc.integer({ min: change - 2 * HOUR, max: change + 2 * HOUR }),
      fc.constantFrom(...days).chain((day) => fc.integer({ min: day - 3 * HOUR, max: day + HOUR })),
    ),
    nano: fc.bigInt(10_000_001n, 3_999_999_999n),
    status: fc.constantFrom(200, 200, 200, 500),
  });
  return fc.sample(arbitrary, { numRuns: EVENTS, seed });
}

const spendOf = (events: readonly Sent[]) => events.reduce((sum, { nano }) => sum + nano, 0n);
const usd = (nano: bigint) => `${nano / 1_000_000_000n}.${(nano % 1_000_000_000n).toString().padStart(9, '0')}`;

/** One column of a chart’s table, row by row: each cell in full. */
async function readTotals(page: Page, name: RegExp, column: number): Promise<(string | undefined)[]> {
  const figure = page.getByRole('figure').filter({ has: page.getByRole('heading', { name }) });
  await figure.getByRole('button', { name: 'Show as table' }).click();
  await expect(figure.getByRole('table')).toBeVisible();
  const rows = await figure
    .getByRole('table')
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.title || (cell.textContent ?? ''))),
    );
  return rows.map((cells) => cells.at(column));
}

test('days of 23 and 25 hours are summed as the wall clock has them', async ({
  page,
  product,
  api,
  owner,
}, testInfo) => {
  test.setTimeout(120_000);
  const seed = Number(process.env.FIGURES_SEED ?? Date.now() % 1_000_000_007);
  testInfo.annotations.push({ type: 'seed', description: String(seed) });
  const workspace = await api.createWorkspace('Zone');
  await query(product, 'UPDATE workspaces SET time_zone = $2 WHERE id = $1', [workspace.id, ZONE]);
  const hashes = {
    early: (await api.createKey({ name: 'early', workspace_id: workspace.id })).hash,
    late: (await api.createKey({ name: 'late', workspace_id: workspace.id })).hash,
  };
  const change = lastChange(Date.now());
  const events = makeEvents(seed, change);
  await api.record(
    ...events.map(({ key, at, nano, ...rest }) => ({
      ...rest,
      key_hash: hashes[key],
      occurred_at: new Date(at).toISOString(),
      cost_usd: usd(nano),
    })),
  );
  const days = Array.from({ length: 7 }, (_, index) => dateOf(change + (index - 3) * DAY));
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const inPeriod = events.filter(({ at }) => dateOf(at) >= first && dateOf(at) <= last);
  const range = `from=${first}&to=${last}`;
  const ofDays = days.map((day) => exact(spendOf(events.filter(({ at }) => dateOf(at) === day))));

  await test.step('the overview', async () => {
    await signIn(page, product, owner, `/${workspace.slug}?${range}`);
    expect(await readTotals(page, /^Spend by key$/, -2)).toEqual(ofDays);
    const shares = page.getByRole('table', { name: /^Spend by endpoint/ });
    await expect(
      shares
        .getByRole('row')
        .last()
        .getByTitle(exact(spendOf(inPeriod))),
    ).toBeVisible();
  });

  await test.step('a key', async () => {
    await page.goto(`${product.baseUrl}/${workspace.slug}/keys/${hashes.late}?${range}`);
    const own = events.filter(({ key }) => key === 'late');
    expect(await readTotals(page, /^Spend over time$/, 0)).toEqual(
      days.map((day) => exact(spendOf(own.filter(({ at }) => dateOf(at) === day)))),
    );
  });

  await test.step('Explore, by model', async () => {
    await page.goto(`${product.baseUrl}/${workspace.slug}/explore?by=model&${range}`);
    const table = page.getByRole('region', { name: 'Figures' }).getByRole('table');
    for (const model of MODELS) {
      const own = inPeriod.filter((event) => event.model === model);
      await expect(table.getByRole('row', { name: new RegExp(`^${model} `) })).toContainText(cents(spendOf(own)));
    }
    await expect(table.getByRole('row', { name: 'Total' })).toContainText(cents(spendOf(inPeriod)));
  });

  await test.step('Explore, hour by hour of the day of the change', async () => {
    const day = dateOf(change);
    await page.goto(`${product.baseUrl}/${workspace.slug}/explore?by=key&every=hour&from=${day}&to=${day}`);
    const hours = Array.from({ length: 49 }, (_, index) => Math.floor(change / HOUR + index - 24) * HOUR).filter(
      (hour) => dateOf(hour) === day,
    );
    expect([23, 25]).toContain(hours.length);
    expect(clocks.format(hours[0])).toBe('00:00');
    expect(await readTotals(page, /^Spend by key$/, -2)).toEqual(
      hours.map((hour) => exact(spendOf(events.filter(({ at }) => at >= hour && at < hour + HOUR)))),
    );
  });

  await test.step('a file', async () => {
    await page.goto(`${product.baseUrl}/${workspace.slug}/exports?format=usage-events&${range}`);
    await expect(page.getByText('Will add up to').locator('..')).toContainText(cents(spendOf(inPeriod)));
    await expect(page.getByText('Covers').locator('..')).toContainText(`${inPeriod.length} requests`);
  });
});
