import { beforeAll, describe, expect, it } from 'vitest';
import { queryRows } from '../../server/db';
import { createUsageModel, type UsageModel } from '../../testing/usage-model';
import { keepSeriesSlots } from '../commands/keep-series-slots';
import type { Range } from '../contract';
import { forecastOf } from '../overview';
import { PRESETS, resolvePeriod } from '../period';
import { findKeyFacts } from './find-key-facts';
import { readOverview } from './read-overview';

let model: UsageModel;

beforeAll(async () => {
  model = await createUsageModel('overview', 1500, 12);
});

interface Summed {
  requests: bigint;
  errors: bigint;
  unpriced: bigint;
  spendNanoUsd: bigint;
  byokNanoUsd: bigint;
}

/** The sums of a range, one event at a time: no roll-up, counter or rule of the product is asked. */
async function sumEvents({ from, to }: Range, where = 'true', value: string | null = null): Promise<Summed> {
  const [row] = await queryRows<{ requests: bigint; errors: bigint; unpriced: bigint; spend: string; byok: string }>(
    `SELECT COUNT(*) AS requests, COUNT(*) FILTER (WHERE status >= 400) AS errors,
            COUNT(*) FILTER (WHERE priced_by = 'unpriced') AS unpriced,
            COALESCE(SUM(cost_nano_usd) FILTER (WHERE NOT is_byok), 0)::text AS spend,
            COALESCE(SUM(cost_nano_usd) FILTER (WHERE is_byok), 0)::text AS byok
       FROM usage_events e WHERE workspace_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND ${where}
        AND $4::text IS NOT DISTINCT FROM $4`,
    [model.workspace.id, from, to, value],
  );
  return {
    requests: row?.requests ?? 0n,
    errors: row?.errors ?? 0n,
    unpriced: row?.unpriced ?? 0n,
    spendNanoUsd: BigInt(row?.spend ?? 0),
    byokNanoUsd: BigInt(row?.byok ?? 0),
  };
}

/** Only the shares say what has no price. */
function expectSums(actual: Partial<Summed> | null, expected: Summed): void {
  expect({ unpriced: expected.unpriced, ...actual }).toEqual(expected);
}

const WHERE = {
  key: 'key_id = (SELECT id FROM api_keys WHERE hash = $4)',
  model: 'model IS NOT DISTINCT FROM $4',
  endpoint: 'endpoint IS NOT DISTINCT FROM $4',
};

describe('every figure of the overview equals the sum over the events', () => {
  for (const timeZone of ['UTC', 'Asia/Kolkata']) {
    for (const preset of PRESETS) {
      it(`${preset} in ${timeZone}`, async () => {
        const by = preset === '7d' ? 'model' : preset === '90d' ? 'endpoint' : 'key';
        const environment = preset === '30d' ? 'test' : null;
        const filter = environment === null ? 'true' : `environment = '${environment}'`;
        const period = resolvePeriod({ kind: 'preset', preset }, timeZone, model.now);
        const call = model.workspace.callAt(model.now);
        const { usage, changes, shares, today, month, days } = await readOverview(call, model.workspace.id, {
          timeZone,
          period,
          by,
          environment,
        });
        expectSums(usage.total.sums, await sumEvents(period, filter));
        expect(shares.total.sums).toEqual(await sumEvents(period, filter));
        expectSums(usage.previous, await sumEvents(period.previous, filter));
        expectSums(today.sums, await sumEvents(today.range, filter));
        expectSums(today.previous, await sumEvents(today.previousRange, filter));
        expectSums(month.sums, await sumEvents(month.range, filter));
        expectSums(month.sumsOfAll, await sumEvents(month.range));
        for (const [answer, dimension] of [
          [usage, by],
          [changes, by],
          [shares, by === 'endpoint' ? 'model' : 'endpoint'],
        ] as const) {
          for (const { values, total, previous } of answer.groups) {
            const where = `${filter} AND ${WHERE[dimension]}`;
            const id = values[0]?.id ?? null;
            expectSums(total.sums, await sumEvents(answer.range, where, id));
            if (previous) expectSums(previous, await sumEvents(period.previous, where, id));
          }
        }
        for (const [index, { sums }] of (usage.series ?? []).entries()) {
          const [from, to] = [usage.bounds?.[index], usage.bounds?.[index + 1]];
          if (from && to) expectSums(sums, await sumEvents({ from, to }, filter));
        }
        // What is shown of the groups, with Other, is the whole.
        const spent = [...usage.groups, ...(usage.other ? [usage.other] : [])];
        expect(spent.reduce((sum, { total }) => sum + total.sums.spendNanoUsd, 0n)).toBe(usage.total.sums.spendNanoUsd);
        expect(days).toHaveLength(28);
      });
    }
  }

  it('forecasts at least what is spent', async () => {
    const period = resolvePeriod({ kind: 'preset', preset: 'mtd' }, 'UTC', model.now);
    const overview = await readOverview(model.workspace.callAt(model.now), model.workspace.id, {
      timeZone: 'UTC',
      period,
      by: 'key',
      environment: null,
    });
    const [without, included] = [forecastOf(overview, false) ?? 0n, forecastOf(overview, true) ?? 0n];
    expect(without).toBeGreaterThan(overview.month.sumsOfAll.spendNanoUsd);
    expect(included).toBeGreaterThan(without);
  });
});

describe('colours', () => {
  it('are ranked once and kept, and are nobody else’s to see', async () => {
    const now = model.now;
    const call = model.workspace.callAt(now);
    const first = await keepSeriesSlots(call, model.workspace.id, 'key');
    expect([...first.values()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const later = model.workspace.callAt(new Date(now.getTime() + 2 * 86_400_000));
    expect(new Map([...(await keepSeriesSlots(later, model.workspace.id, 'key'))].toSorted())).toEqual(
      new Map([...first].toSorted()),
    );
    expect((await keepSeriesSlots(call, model.workspace.id, 'endpoint')).size).toBe(3);
    const stranger = { ...call, workspace: '00000000-0000-4000-8000-000000000000' };
    await expect(keepSeriesSlots(stranger, model.workspace.id, 'key')).rejects.toMatchObject({ code: 'not_found' });
    expect(await findKeyFacts(stranger, model.workspace.id, [...first.keys()])).toEqual(new Map());
    const facts = await findKeyFacts(call, model.workspace.id, [...first.keys()]);
    expect([...facts.values()].map(({ owner }) => owner)).toContain('search');
  });
});
