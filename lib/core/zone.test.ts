import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInZone, GRANULARITIES, instantOfWall, isTimeZone, wallTime, zonedBounds, zonedBucket } from './zone';

const at = (text: string) => Date.parse(text);
const hours = ({ start, end }: { start: number; end: number }) => (end - start) / 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Cairo',
  'America/Havana',
];

const DATED = ['day', 'week', 'month'] as const;

describe('a bucket of a zone', () => {
  it.each([
    // Half past six in the evening of the day before, because the zone is five and a half hours ahead.
    ['Asia/Kolkata', 'day', '2026-11-18T12:00:00Z', '2026-11-17T18:30:00.000Z', 24],
    ['Asia/Kathmandu', 'day', '2026-11-18T12:00:00Z', '2026-11-17T18:15:00.000Z', 24],
    ['Asia/Kolkata', 'hour', '2026-11-18T12:10:00Z', '2026-11-18T11:30:00.000Z', 1],
    // The clock goes forward at one in the morning of UTC, and back.
    ['Europe/Berlin', 'day', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Berlin', 'day', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', 25],
    ['Europe/Berlin', 'week', '2026-10-25T12:00:00Z', '2026-10-18T22:00:00.000Z', 7 * 24 + 1],
    ['Europe/Berlin', 'month', '2026-03-29T12:00:00Z', '2026-02-28T23:00:00.000Z', 31 * 24 - 1],
    // The two hours called two o'clock.
    ['Europe/Berlin', 'hour', '2026-10-25T00:30:00Z', '2026-10-25T00:00:00.000Z', 1],
    ['Europe/Berlin', 'hour', '2026-10-25T01:30:00Z', '2026-10-25T01:00:00.000Z', 1],
    // Clocks that go forward at midnight: the day begins at one.
    ['Africa/Cairo', 'day', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00.000Z', 23],
    // Midnight comes twice: the day begins with the first.
    ['America/Havana', 'day', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00.000Z', 25],
    // Half an hour of daylight saving.
    ['Australia/Lord_Howe', 'day', '2026-10-04T00:00:00Z', '2026-10-03T13:30:00.000Z', 23.5],
    ['Australia/Lord_Howe', 'day', '2026-04-05T00:00:00Z', '2026-04-04T13:00:00.000Z', 24.5],
    // Apia crossed the date line and had no 30 December.
    ['Pacific/Apia', 'day', '2011-12-30T09:59:59Z', '2011-12-29T10:00:00.000Z', 24],
    ['Pacific/Apia', 'day', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00.000Z', 24],
    ['Pacific/Apia', 'week', '2011-12-30T10:00:00Z', '2011-12-26T10:00:00.000Z', 6 * 24],
  ] as const)('in %s: the %s of %s starts at %s and takes %s hours', (zone, granularity, instant, start, length) => {
    const bucket = zonedBucket(zone, granularity, at(instant));
    expect(iso(bucket.start)).toBe(start);
    expect(hours(bucket)).toBe(length);
  });

  it('contains its instant and tiles time without gap or overlap', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom(...GRANULARITIES),
        fc.integer({ min: at('2011-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') }),
        (zone, granularity, instant) => {
          const { start, end } = zonedBucket(zone, granularity, instant);
          expect(start <= instant && instant < end).toBe(true);
          expect(zonedBucket(zone, granularity, start)).toEqual({ start, end });
          expect(zonedBucket(zone, granularity, end - 1)).toEqual({ start, end });
          expect(zonedBucket(zone, granularity, end).start).toBe(end);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('begins where a formatter of dates shows another day, week or month, and only there', () => {
    const written = new Map(ZONES.map((timeZone) => [timeZone, new Intl.DateTimeFormat('sv-SE', { timeZone })]));
    /** The first day of what an instant belongs to, out of the date as it is written alone. */
    const nameOf = (zone: string, granularity: (typeof DATED)[number], instant: number) => {
      const date = written.get(zone)?.format(instant) ?? '';
      if (granularity === 'day') return date;
      if (granularity === 'month') return date.slice(0, 7);
      const day = new Date(`${date}T00:00:00Z`);
      return iso(day.getTime() - ((day.getUTCDay() + 6) % 7) * 86_400_000).slice(0, 10);
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom(...DATED),
        fc.integer({ min: at('2012-01-02T00:00:00Z'), max: at('2028-01-01T00:00:00Z') }),
        fc.integer({ min: 1, max: 100 * 86_400_000 }),
        (zone, granularity, from, length) => {
          const bounds = zonedBounds(zone, granularity, from, from + length, 1000) ?? [];
          expect([bounds[0], bounds.at(-1)]).toEqual([from, from + length]);
          const names = bounds.slice(0, -1).map((start, index) => {
            const name = nameOf(zone, granularity, start);
            expect(nameOf(zone, granularity, (bounds[index + 1] ?? 0) - 1)).toBe(name);
            return name;
          });
          expect(names).toEqual([...new Set(names)].sort());
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of a day holds one date of the wall calendar alone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: at('2012-01-02T00:00:00Z'), max: at('2028-01-01T00:00:00Z') }),
        (zone, instant) => {
          const { start, end } = zonedBucket(zone, 'day', instant);
          const date = iso(wallTime(zone, instant)).slice(0, 10);
          expect(iso(wallTime(zone, start)).slice(0, 10)).toBe(date);
          expect(iso(wallTime(zone, end - 1)).slice(0, 10)).toBe(date);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the bounds of a range', () => {
  it('begin and end with the range and are starts of buckets between', () => {
    const bounds = zonedBounds('Asia/Kolkata', 'day', at('2026-11-17T01:02:03.004Z'), at('2026-11-19T18:30:00Z'), 10);
    expect(bounds?.map(iso)).toEqual([
      '2026-11-17T01:02:03.004Z',
      '2026-11-17T18:30:00.000Z',
      '2026-11-18T18:30:00.000Z',
      '2026-11-19T18:30:00.000Z',
    ]);
  });

  it('are refused past the number asked for', () => {
    expect(zonedBounds('UTC', 'day', 0, 86_400_000 * 3, 3)).toHaveLength(4);
    expect(zonedBounds('UTC', 'day', 0, 86_400_000 * 3 + 1, 3)).toBeNull();
  });
});

describe('a wall time', () => {
  it('that is skipped moves forward, one that is repeated is the first or the second', () => {
    const wall = (text: string) => at(`${text}Z`);
    expect(iso(instantOfWall('Europe/Berlin', wall('2026-03-29T02:30:00')))).toBe('2026-03-29T01:30:00.000Z');
    expect(iso(instantOfWall('Europe/Berlin', wall('2026-10-25T02:30:00')))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(instantOfWall('Europe/Berlin', wall('2026-10-25T02:30:00'), 'second'))).toBe('2026-10-25T01:30:00.000Z');
    expect(iso(instantOfWall('Asia/Kolkata', wall('2026-10-25T02:30:00')))).toBe('2026-10-24T21:00:00.000Z');
  });
});

it('is written with the offset of its zone', () => {
  expect(formatInZone('Asia/Kolkata', at('2026-11-17T18:30:00Z'))).toBe('2026-11-18T00:00:00.000+05:30');
  expect(formatInZone('America/New_York', at('2026-07-01T04:00:00Z'))).toBe('2026-07-01T00:00:00.000-04:00');
  expect(formatInZone('UTC', at('2026-07-01T04:00:00Z'))).toBe('2026-07-01T04:00:00.000Z');
});

it('is a zone by name, not by offset', () => {
  expect(['Europe/Berlin', 'UTC', 'Asia/Kathmandu'].every(isTimeZone)).toBe(true);
  expect(['+01:00', 'Nowhere/City', '', 'Europe/Berlin\0'].some(isTimeZone)).toBe(false);
});
