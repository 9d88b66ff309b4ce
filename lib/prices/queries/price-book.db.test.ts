import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Call, systemCall } from '../../core/call';
import { prisma } from '../../server/db';
import { createTestWorkspace, type TestWorkspace } from '../../testing/workspace';
import { recordUsage } from '../../usage/commands/record-usage';
import { createPrice, seedPrices } from '../commands';
import type { CreatePriceInput, PriceBookFilter } from '../contract';
import { listPriceBook, listPriceProviders } from './list-price-book';
import { listUnpricedUsage } from './list-unpriced-usage';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const account = systemCall('test', NOW, 'test');
let workspace: TestWorkspace;
let other: TestWorkspace;
let call: Call;

beforeAll(async () => {
  [workspace, other] = [await createTestWorkspace(), await createTestWorkspace()];
  call = workspace.callAt(NOW);
});

const newName = () => `model-${randomUUID()}`;
const day = (date: string) => `${date}T00:00:00Z`;
const tokens = (input: bigint) => ({ usd_per_million: { input, output: 2n * input } });

/** A price with a given instant of making, as two made in one millisecond would have no order. */
function add(by: Call, price: Partial<CreatePriceInput>, madeAt = NOW): Promise<string> {
  return createPrice({ ...by, now: madeAt }, price);
}

async function book(filter: Partial<PriceBookFilter>, by = call) {
  const page = await listPriceBook(
    by,
    { workspaceId: workspace.id, search: '', source: 'all', includeReplaced: true, ...filter },
    0,
    50,
  );
  const rows = page.rows.map(({ state, inputNanoUsdPerMillion, unitNanoUsd, validUntil }) => [
    state,
    inputNanoUsdPerMillion ?? unitNanoUsd,
    validUntil?.toISOString().slice(0, 10) ?? null,
  ]);
  return { ...page, rows };
}

describe('the price book', () => {
  it('says until when each price of a name holds, and what replaced it', async () => {
    const model = newName();
    await add(call, { model, valid_from: day('2026-01-01'), ...tokens(1n) });
    await add(call, { model, valid_from: day('2026-06-01'), ...tokens(2n) });
    await add(call, { model, valid_from: day('2027-01-01'), ...tokens(3n) });
    expect((await book({ search: model })).rows).toEqual([
      ['upcoming', 3n, null],
      ['in_force', 2n, '2027-01-01'],
      ['replaced', 1n, '2026-06-01'],
    ]);
    const shown = await book({ search: model.toUpperCase(), includeReplaced: false });
    expect(shown.rows.map(([state]) => state)).toEqual(['upcoming', 'in_force']);
    expect(shown).toMatchObject({ total: 2, replaced: 1 });
  });

  it('lets the later made of two prices that begin at once hold, also in the future', async () => {
    const model = newName();
    await add(call, { model, valid_from: day('2027-01-01'), ...tokens(1n) });
    await add(call, { model, valid_from: day('2027-01-01'), ...tokens(2n) }, new Date(NOW.getTime() + 1000));
    expect((await book({ search: model })).rows).toEqual([
      ['upcoming', 2n, null],
      ['replaced', 1n, '2027-01-01'],
    ]);
  });

  it('shows that a workspace overrides the account, and other workspaces nothing of it', async () => {
    const model = newName();
    await add(account, { model, valid_from: day('2026-01-01'), ...tokens(5n) });
    await add(call, { model, valid_from: day('2026-02-01'), ...tokens(4n) });
    expect((await book({ search: model })).rows).toEqual([
      ['in_force', 4n, null],
      ['overridden', 5n, null],
    ]);
    const theirs = await book({ search: model, workspaceId: other.id }, other.callAt(NOW));
    expect(theirs.rows).toEqual([['in_force', 5n, null]]);
    expect((await book({ search: model }, other.callAt(NOW))).rows).toEqual([]);
  });

  it('tells set prices from the catalogue, an exact name before longer ones', async () => {
    await seedPrices();
    const ofCatalogue = await book({ search: 'gpt-4o', source: 'catalogue' });
    expect(ofCatalogue.total).toBeGreaterThan(2);
    const first = await listPriceBook(
      call,
      { workspaceId: workspace.id, search: 'gpt-4o', source: 'all', includeReplaced: false },
      0,
      2,
    );
    expect(first.rows.map(({ model }) => model)).toEqual(['gpt-4o', 'gpt-4o']);
    expect((await book({ search: 'gpt-4o', source: 'set' })).total).toBe(0);
    expect(await listPriceProviders(call, workspace.id)).toContain('openai');
  });

  it('begins now where no time is given, and refuses a time that cannot be kept', async () => {
    const usageName = newName();
    const id = await add(call, { usage_name: usageName, usd_per_unit: 7n });
    expect((await prisma().price.findUniqueOrThrow({ where: { id } })).validFrom).toEqual(NOW);
    expect((await book({ search: usageName })).rows).toEqual([['in_force', 7n, null]]);
  });
});

describe('unpriced usage', () => {
  async function record(by: Call, secret: string, event: object): Promise<void> {
    const results = await recordUsage(by, [{ key: secret, occurred_at: NOW.toISOString(), ...event }]);
    expect(results).toMatchObject([{ status: 'recorded' }]);
  }

  it('is grouped by name, most events first, with what was metered and what list prices there are', async () => {
    await seedPrices();
    const mine = await createTestWorkspace();
    const by = mine.callAt(NOW);
    const { secret } = await mine.createKey();
    const model = newName();
    const units = newName();
    await record(by, secret, { model, provider: 'here', prompt_tokens: 5, completion_tokens: 2 });
    await record(by, secret, { model, provider: 'here', prompt_tokens: 6, completion_tokens: 3 });
    await record(by, secret, { usage_name: units, usage: '40' });
    // Two providers ask for this bare name, so nobody's price is taken.
    await record(by, secret, { model: 'gpt-4o', prompt_tokens: 1 });
    await record(by, secret, { model, cost_usd: 1 });
    await record(by, secret, {});
    await record(by, secret, { model, occurred_at: new Date(NOW.getTime() - 31 * 86_400_000).toISOString() });
    const report = await listUnpricedUsage(by, mine.id);
    expect(report).toMatchObject({ pricedSinceEvents: 0, isCut: false });
    expect(
      report.rows.map(({ model: name, usageName, provider, events }) => [name ?? usageName, provider, events]),
    ).toEqual([
      [model, 'here', 2],
      ['gpt-4o', null, 1],
      [units, null, 1],
    ]);
    expect(report.rows[0]).toMatchObject({ promptTokens: 11n, completionTokens: 5n, lastAt: NOW });
    expect(report.rows[1]?.listPrices[0]?.providers).toEqual(['azure', 'openai']);
    expect(report.rows[2]).toMatchObject({ units: 40n, listPrices: [] });
    expect(await listUnpricedUsage(other.callAt(NOW), mine.id)).toMatchObject({ rows: [] });
  });

  it('leaves the list once it has a price, and the events on the books stay as they are', async () => {
    const mine = await createTestWorkspace();
    const by = mine.callAt(NOW);
    const { secret } = await mine.createKey();
    const model = newName();
    await record(by, secret, { model, prompt_tokens: 1_000_000 });
    await createPrice(by, { model, valid_from: day('2020-01-01'), usd_per_million: { input: 9n, output: 9n } });
    expect(await listUnpricedUsage(by, mine.id)).toEqual({ rows: [], pricedSinceEvents: 1, isCut: false });
    const before = await prisma().usageEvent.findFirstOrThrow({ where: { workspaceId: mine.id } });
    expect(before).toMatchObject({ costNanoUsd: 0n, pricedBy: 'unpriced' });
    await record(by, secret, { model, prompt_tokens: 1_000_000 });
    expect(await prisma().usageEvent.count({ where: { workspaceId: mine.id, costNanoUsd: 9n } })).toBe(1);
  });
});
