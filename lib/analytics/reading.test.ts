import fc from 'fast-check';
import { expect, it } from 'vitest';
import { composeRanges, composeSeries } from './compose';
import { floorTo, type Grain } from './range';
import { type Reading, splitReading } from './reading';
import type { Subject } from './statement';
import type { GroupColumn } from './table';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 8, 1);
const HOURS = 90 * 24;
const COLUMNS: GroupColumn[][] = [[], ['key'], ['key', 'model'], ['endpoint', 'status_class'], ['key', 'status_class']];

const instant = fc.oneof(
  fc.nat(HOURS).map((hours) => START + hours * HOUR),
  fc.nat(HOURS * HOUR).map((milliseconds) => START + milliseconds),
);

const subjects = fc.record({ columns: fc.constantFrom(...COLUMNS), keyIds: fc.constantFrom(null, [1n, 2n]) }).map(
  (given): Subject => ({
    workspaceId: 'w',
    measures: ['requests'],
    filters: [],
    latencyBounds: [],
    ...given,
  }),
);

const readings = fc
  .tuple(subjects, fc.uniqueArray(instant, { minLength: 2, maxLength: 12 }), fc.boolean())
  .map(([subject, instants, isSeries]): Reading => {
    const bounds = instants.toSorted((left, right) => left - right);
    const moment = { horizon: START + HOURS * HOUR, prunedBefore: null };
    if (isSeries) return composeSeries(subject, bounds, moment);
    const ranges = bounds.slice(1).map((to, bucket) => ({ from: bounds[bucket] ?? to, to, bucket }));
    return composeRanges(subject, ranges, moment);
  });

/** All that a reading reads: what, from when to when. */
function piecesOf({ runs, laid, eventRuns }: Reading) {
  return [
    ...runs.map(({ table, place, sign, from, to }) => ({
      what: [table.name, table.where, place, sign],
      grain: table.grain,
      from,
      to,
    })),
    ...laid.flatMap(({ table, runs }) =>
      runs.map(({ buckets, from, to }) => ({ what: [table.name, table.where, buckets], grain: table.grain, from, to })),
    ),
    ...eventRuns.map(({ buckets, from, to }) => ({ what: ['events', buckets], grain: null as Grain | null, from, to })),
  ].map(({ what, ...piece }) => ({ ...piece, what: JSON.stringify(what) }));
}

it('splits all that is read in two, of which one has nothing that is recorded later', () => {
  fc.assert(
    fc.property(readings, instant, (reading, at) => {
      const { steady, moving } = splitReading(reading, at);
      const [first, second] = [piecesOf(steady), piecesOf(moving)];
      for (const { grain, to } of first) expect(to).toBeLessThanOrEqual(grain ? floorTo(grain, at) : at);
      for (const { grain, from } of second)
        expect(from).toBeGreaterThanOrEqual(grain ? floorTo(grain, at) : Number.NEGATIVE_INFINITY);
      for (const { grain, from, to } of [...first, ...second]) {
        expect(from).toBeLessThan(to);
        if (grain) expect([floorTo(grain, from), floorTo(grain, to)]).toEqual([from, to]);
      }
      // Joined where they were split they are what was to be read.
      const joined = new Map<string, { from: number; to: number }[]>();
      for (const { what, grain, from, to } of [...first, ...second]) {
        const spans = joined.get(what) ?? [];
        const cut = grain && floorTo(grain, at);
        const index = from === cut ? spans.findIndex((span) => span.to === cut) : -1;
        if (index >= 0) spans[index] = { from: spans[index]?.from ?? from, to };
        else spans.push({ from, to });
        joined.set(what, spans);
      }
      const listed = [...joined].flatMap(([what, spans]) => spans.map(({ from, to }) => `${what} ${from} ${to}`));
      expect(listed.toSorted()).toEqual(
        piecesOf(reading)
          .map(({ what, from, to }) => `${what} ${from} ${to}`)
          .toSorted(),
      );
    }),
  );
});

it('splits a range up to now alike from one moment to the next', () => {
  const subject = {
    workspaceId: 'w',
    columns: ['key' as const],
    measures: ['requests' as const],
    filters: [],
    latencyBounds: [],
  };
  const now = START + 80 * 24 * HOUR + 11 * 60_000;
  const steadyAt = (at: number) => {
    const moment = { horizon: at + 300_000, prunedBefore: null };
    const ranges = [{ from: START, to: at - 30 * 24 * HOUR, bucket: 0 }];
    return splitReading(composeRanges({ ...subject, keyIds: null }, ranges, moment), floorTo('day', at)).steady;
  };
  expect(steadyAt(now).runs.length).toBeGreaterThan(0);
  expect(steadyAt(now + 7)).toEqual(steadyAt(now));
});
