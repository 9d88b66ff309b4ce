import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilTo, cutRange, cutSeries, floorTo, type Grain, type Ladder, type Piece } from './range';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(text);
const NEVER = Number.POSITIVE_INFINITY;

const KEY_ENDPOINT: Ladder = {
  rungs: [
    { grain: 'week', rowsPerBucket: 8 },
    { grain: 'day', rowsPerBucket: 8 },
  ],
  eventsPerHour: 40,
};

const instant = fc.integer({ min: at('2026-08-01T00:00:00Z'), max: at('2026-11-21T00:00:00Z') });
const grain = fc.constantFrom<Grain>('half_hour', 'hour', 'day', 'week', 'month');
const ladder = fc.uniqueArray(grain, { maxLength: 5 }).map((grains): Ladder => {
  const order: Grain[] = ['month', 'week', 'day', 'hour', 'half_hour'];
  const rungs = order.filter((name) => grains.includes(name)).map((name) => ({ grain: name, rowsPerBucket: 4 }));
  return { rungs, eventsPerHour: 50 };
});

/** Whether a piece counts an event, as a sum over its rows would. */
const counts = ({ from, to, sign }: Piece, event: number) => (from <= event && event < to ? sign : 0);

describe('a range', () => {
  it('counts every event in it once and no other, whatever the ladder', () => {
    fc.assert(
      fc.property(instant, instant, ladder, fc.array(instant, { maxLength: 20 }), (one, two, steps, events) => {
        const [from, to] = [Math.min(one, two), Math.max(one, two)];
        const pieces = cutRange(from, to, steps, NEVER);
        // Bounds are where a mistake would show.
        for (const event of [...events, from, to, from - 1, to - 1]) {
          const times = pieces.reduce((sum, piece) => sum + counts(piece, event), 0);
          expect(times).toBe(from <= event && event < to ? 1 : 0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is cut at starts of buckets, but for the events', () => {
    fc.assert(
      fc.property(instant, instant, ladder, (one, two, steps) => {
        for (const { rung, from, to } of cutRange(Math.min(one, two), Math.max(one, two), steps, NEVER)) {
          if (rung === null) continue;
          const name = steps.rungs[rung]?.grain ?? 'hour';
          expect([floorTo(name, from), floorTo(name, to)]).toEqual([from, to]);
          expect(from).toBeLessThan(to);
        }
      }),
    );
  });

  it('of thirty days reads weeks, at most four days at an edge and events of little more than twelve hours', () => {
    fc.assert(
      fc.property(instant, (from) => {
        const pieces = cutRange(from, from + 30 * DAY, KEY_ENDPOINT, NEVER);
        const length = (rung: number | null) =>
          pieces.filter((piece) => piece.rung === rung).map((piece) => piece.to - piece.from);
        expect(length(0)).toHaveLength(1);
        expect(length(1).every((milliseconds) => milliseconds <= 4 * DAY)).toBe(true);
        expect(length(null).every((milliseconds) => milliseconds <= 13 * HOUR)).toBe(true);
        expect(pieces.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('that ends now takes the running bucket whole, less the events after now', () => {
    const now = at('2026-11-18T14:32:08.123Z');
    const pieces = cutRange(at('2026-11-02T00:00:00Z'), now, KEY_ENDPOINT, now + 300_000);
    expect(pieces).toEqual([
      { rung: 0, from: at('2026-11-02T00:00:00Z'), to: at('2026-11-23T00:00:00Z'), sign: 1 },
      { rung: null, from: now, to: at('2026-11-23T00:00:00Z'), sign: -1 },
    ]);
  });

  it('is counted right where no event is past the horizon', () => {
    fc.assert(
      fc.property(instant, instant, instant, ladder, fc.array(instant), (one, two, horizon, steps, events) => {
        const [from, to] = [Math.min(one, two), Math.max(one, two)];
        const pieces = cutRange(from, to, steps, horizon);
        for (const event of events.filter((time) => time < horizon)) {
          const times = pieces.reduce((sum, piece) => sum + counts(piece, event), 0);
          expect(times).toBe(from <= event && event < to ? 1 : 0);
        }
      }),
    );
  });
});

describe('a series', () => {
  it('counts every event in its bucket once and in no other', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(instant, { minLength: 2, maxLength: 8 }).map((bounds) => bounds.toSorted((a, b) => a - b)),
        grain,
        fc.array(instant, { maxLength: 20 }),
        (bounds, name, events) => {
          const { edges, corrections } = cutSeries(bounds, name, NEVER);
          for (const event of [...events, ...bounds, ...bounds.map((bound) => bound - 1)]) {
            for (let bucket = 0; bucket + 1 < bounds.length; bucket += 1) {
              const within = (from = 0, to = 0) => (from <= event && event < to ? 1 : 0);
              const whole = within(edges[bucket], edges[bucket + 1]);
              const corrected = corrections.reduce((sum, { from, to, plus, minus }) => {
                if (plus === bucket) return sum + within(from, to);
                return minus === bucket ? sum - within(from, to) : sum;
              }, whole);
              expect(corrected).toBe(within(bounds[bucket], bounds[bucket + 1]));
            }
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('has edges that are starts of buckets and never fall, and corrections of half a bucket at most', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(instant, { minLength: 2, maxLength: 8 }).map((bounds) => bounds.toSorted((a, b) => a - b)),
        grain,
        (bounds, name) => {
          const { edges, corrections } = cutSeries(bounds, name, NEVER);
          edges.forEach((edge, index) => {
            expect(floorTo(name, edge)).toBe(edge);
            expect(edge).toBeGreaterThanOrEqual(edges[index - 1] ?? 0);
          });
          for (const { from, to } of corrections) {
            const half = (ceilTo(name, from + 1) - floorTo(name, from)) / 2;
            expect(to - from).toBeLessThanOrEqual(half);
          }
        },
      ),
    );
  });

  it('in a zone of half hours reads half an hour of events at each bound, once', () => {
    const bounds = [0, 1, 2].map((day) => at('2026-11-15T18:30:00Z') + day * DAY);
    expect(cutSeries(bounds, 'hour', NEVER).corrections).toEqual([
      { from: at('2026-11-15T18:00:00Z'), to: at('2026-11-15T18:30:00Z'), plus: null, minus: 0 },
      { from: at('2026-11-16T18:00:00Z'), to: at('2026-11-16T18:30:00Z'), plus: 0, minus: 1 },
      { from: at('2026-11-17T18:00:00Z'), to: at('2026-11-17T18:30:00Z'), plus: 1, minus: null },
    ]);
  });
});
