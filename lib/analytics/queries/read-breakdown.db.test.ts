import { beforeAll, describe, expect, it } from 'vitest';
import { queryRows } from '../../server/db';
import { createUsageModel, type UsageModel } from '../../testing/usage-model';
import type { BreakdownRequest } from '../breakdown';
import type { Dimension, Range } from '../contract';
import { SHOWN_MEASURES, type ShownMeasure } from '../measures-shown';
import { resolvePeriod } from '../period';
import { findUsageSpan } from './find-usage-span';
import { listUsedValues } from './list-values';
import { readBreakdown } from './read-breakdown';

let model: UsageModel;

beforeAll(async () => {
  model = await createUsageModel('breakdown', 1500, 14);
});

function request(changes: Partial<BreakdownRequest> = {}): BreakdownRequest {
  return {
    timeZone: 'Europe/Berlin',
    period: resolvePeriod({ kind: 'preset', preset: '30d' }, 'Europe/Berlin', model.now),
    measure: 'spend',
    by: 'key',
    thenBy: null,
    granularity: 'day',
    top: 5,
    filters: [],
    isCompared: true,
    ...changes,
  };
}

const read = (changes: Partial<BreakdownRequest> = {}) =>
  readBreakdown(model.workspace.callAt(model.now), model.workspace.id, request(changes));

const SUMS: Readonly<Partial<Record<ShownMeasure, string>>> = {
  spend: 'SUM(CASE WHEN is_byok THEN 0 ELSE cost_nano_usd END)',
  byok: 'SUM(CASE WHEN is_byok THEN cost_nano_usd ELSE 0 END)',
  requests: 'COUNT(*)',
  errors: 'COUNT(*) FILTER (WHERE status >= 400)',
  unpriced: `COUNT(*) FILTER (WHERE priced_by = 'unpriced')`,
  prompt_tokens: 'SUM(prompt_tokens)',
  completion_tokens: 'SUM(completion_tokens)',
  cached_prompt_tokens: 'SUM(cached_prompt_tokens)',
  cache_creation_tokens: 'SUM(cache_creation_tokens)',
};
const COLUMNS: Readonly<Record<Exclude<Dimension, 'tag'>, string>> = {
  key: 'k.hash',
  owner: 'k.owner',
  endpoint: 'e.endpoint',
  model: 'e.model',
  provider: 'e.provider',
  environment: 'e.environment::text',
  status_class: '(e.status / 100)::text',
};

/** A sum of the events of a range with some values, one event at a time. */
async function sumEvents(measure: ShownMeasure, { from, to }: Range, values: readonly [Dimension, string | null][]) {
  const where = values.map(([dimension], index) =>
    dimension === 'tag' ? 'true' : `${COLUMNS[dimension]} IS NOT DISTINCT FROM $${index + 4}::text`,
  );
  const [row] = await queryRows<{ sum: string | null }>(
    `SELECT ${SUMS[measure]}::text AS sum FROM usage_events e JOIN api_keys k ON k.workspace_id = e.workspace_id AND k.id = e.key_id
      WHERE e.workspace_id = $1 AND e.occurred_at >= $2 AND e.occurred_at < $3 AND ${['true', ...where].join(' AND ')}`,
    [model.workspace.id, from, to, ...values.map(([, value]) => value)],
  );
  return BigInt(row?.sum ?? 0);
}

describe('every figure of a breakdown equals the sum over the events', () => {
  for (const measure of SHOWN_MEASURES.filter((candidate) => SUMS[candidate])) {
    it(measure, async () => {
      const asked = request({ measure, by: 'owner', thenBy: 'model' });
      const { whole, groups, other, range, bounds } = await read({ measure, by: 'owner', thenBy: 'model' });
      expect(whole.value).toBe(await sumEvents(measure, range, []));
      expect(whole.previous).toBe(await sumEvents(measure, asked.period.previous, []));
      for (const group of groups) {
        const owner: [Dimension, string | null] = ['owner', group.values[0]?.id ?? null];
        expect(group.value).toBe(await sumEvents(measure, range, [owner]));
        expect(group.previous).toBe(await sumEvents(measure, asked.period.previous, [owner]));
        for (const part of group.parts) {
          const both: [Dimension, string | null][] = [owner, ['model', part.values[0]?.id ?? null]];
          expect(part.value).toBe(await sumEvents(measure, range, both));
        }
        const shown = [...group.parts, ...(group.otherParts ? [group.otherParts] : [])];
        expect(shown.reduce((sum, { value }) => sum + BigInt(value ?? 0), 0n)).toBe(group.value);
      }
      const [first, second] = [bounds[3], bounds[4]];
      if (first && second) expect(whole.series[3]).toBe(await sumEvents(measure, { from: first, to: second }, []));
      const rows = [...groups, ...(other ? [other] : [])];
      expect(rows.reduce((sum, { value }) => sum + BigInt(value ?? 0), 0n)).toBe(whole.value);
    });
  }

  it('where more pairs exist than are named, the rest is Other and ties out', async () => {
    const { groups, other, whole, groupCount } = await read({ by: 'key', thenBy: 'endpoint', top: 5 });
    expect(groups).toHaveLength(5);
    expect(groupCount).toBeGreaterThan(5);
    expect([...groups, ...(other ? [other] : [])].reduce((sum, { value }) => sum + BigInt(value ?? 0), 0n)).toBe(
      whole.value,
    );
  });
});

describe('figures that do not add up', () => {
  it('the error rate is errors among requests, by bucket too', async () => {
    const { groups, range } = await read({ measure: 'error_rate', by: 'model' });
    for (const { values, value } of groups) {
      const id: [Dimension, string | null] = ['model', values[0]?.id ?? null];
      const [errors, requests] = [await sumEvents('errors', range, [id]), await sumEvents('requests', range, [id])];
      expect(value).toBeCloseTo(Number(errors) / Number(requests), 12);
    }
  });

  it('latencies are compared with what they were, and stand for nothing where there was none', async () => {
    const { groups, previousSeries, whole } = await read({ measure: 'latency_p95', by: 'key' });
    expect(previousSeries).toBeNull();
    expect(whole.value).toBeGreaterThan(0);
    expect(whole.previous).toBeGreaterThan(0);
    expect(groups.some(({ previous }) => typeof previous === 'number')).toBe(true);
  });

  it('tags overlap, so rows are no exact sum', async () => {
    expect(await read({ by: 'tag' })).toMatchObject({ isExactSum: false, other: null });
    expect(await read({ by: 'owner' })).toMatchObject({ isExactSum: true });
  });
});

it('filters hold for the whole, groups and parts', async () => {
  const filters = [{ dimension: 'environment' as const, values: ['test'] }];
  const { whole, range } = await read({ by: 'model', thenBy: 'endpoint', filters });
  expect(whole.value).toBe(await sumEvents('spend', range, [['environment', 'test']]));
});

it('values to choose from are those that were used, and the span is that of the events', async () => {
  const call = model.workspace.callAt(model.now);
  const range = resolvePeriod({ kind: 'preset', preset: '90d' }, 'UTC', model.now);
  const values = await listUsedValues(call, model.workspace.id, 'endpoint', range);
  expect(values.map(({ id }) => id)).toEqual(expect.arrayContaining(['/v1/chat', null]));
  expect(values[0]?.requests).toBeGreaterThanOrEqual(values[1]?.requests ?? 0n);
  const times = model.events.map(({ at }) => at);
  expect(await findUsageSpan(call, model.workspace.id)).toEqual({
    first: new Date(Math.min(...times)),
    last: new Date(Math.max(...times)),
  });
  const stranger = { ...call, workspace: '00000000-0000-4000-8000-000000000000' };
  expect(await findUsageSpan(stranger, model.workspace.id)).toBeNull();
});
