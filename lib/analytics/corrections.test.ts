import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutCorrections } from './corrections';
import { planRange } from './plan';
import { cutSeries, floorTo } from './range';

const HOUR = 3_600_000;
const instant = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2026-12-01T00:00:00Z') });
const bounds = fc.uniqueArray(instant, { minLength: 2, maxLength: 8 }).map((all) => all.toSorted((a, b) => a - b));
const grain = fc.constantFrom('half_hour' as const, 'hour' as const, 'day' as const, 'week' as const, 'month' as const);
const need = fc.record({
  columns: fc.constantFrom([], ['endpoint' as const], ['model' as const], ['key' as const], [
    'endpoint',
    'model',
  ] as const),
  measures: fc.constantFrom(['requests' as const], ['requests', 'unpriced'] as const),
  keys: fc.constant('all' as const),
});

it('counts every event in its bucket once and in no other, out of whatever finer roll-ups there are', () => {
  fc.assert(
    fc.property(
      bounds,
      grain,
      need,
      instant,
      fc.array(instant, { maxLength: 20 }),
      (all, name, asked, horizon, some) => {
        const { edges, corrections } = cutSeries(all, name, horizon);
        const { pieces } = cutCorrections(corrections, name, planRange(asked), horizon);
        const events = [...some, ...all, ...all.map((bound) => bound - 1)].filter((event) => event < horizon);
        for (const event of events) {
          for (let bucket = 0; bucket + 1 < all.length; bucket += 1) {
            const within = (from = 0, to = 0) => (from <= event && event < to ? 1 : 0);
            const beside = pieces.flatMap(({ from, to, buckets }) =>
              buckets.filter((one) => one.bucket === bucket).map(({ sign }) => sign * within(from, to)),
            );
            const counted = beside.reduce((sum, one) => sum + one, within(edges[bucket], edges[bucket + 1]));
            expect(counted).toBe(within(all[bucket], all[bucket + 1]));
          }
        }
      },
    ),
    { numRuns: 1000 },
  );
});

it('reads whole buckets of roll-ups that are finer than the series', () => {
  fc.assert(
    fc.property(bounds, grain, need, (all, name, asked) => {
      const { corrections } = cutSeries(all, name, Number.POSITIVE_INFINITY);
      for (const { source, from, to } of cutCorrections(corrections, name, planRange(asked), Number.POSITIVE_INFINITY)
        .pieces) {
        if (source === null) continue;
        expect(source.grain).not.toBe(name);
        expect([floorTo(source.grain, from), floorTo(source.grain, to)]).toEqual([from, to]);
      }
    }),
  );
});

it('in a zone of half hours reads a workspace’s days without a single event', () => {
  const start = Date.parse('2026-11-15T18:30:00Z');
  const { corrections } = cutSeries([start, start + 24 * HOUR, start + 48 * HOUR], 'day', Number.POSITIVE_INFINITY);
  const plan = planRange({ columns: ['endpoint'], measures: ['requests'], keys: 'all' });
  const { pieces } = cutCorrections(corrections, 'day', plan, Number.POSITIVE_INFINITY);
  expect(new Set(pieces.map(({ source }) => source?.name))).toEqual(new Set(['endpoint_half_hour']));
});
