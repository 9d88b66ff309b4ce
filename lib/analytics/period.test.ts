import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallTime } from '../core/zone';
import { granularityOf, isPeriodText, nameOfRange, type PeriodName, PRESETS, resolvePeriod } from './period';

const NOW = new Date('2026-11-18T14:32:08Z');
const preset = (name: (typeof PRESETS)[number]): PeriodName => ({ kind: 'preset', preset: name });
const iso = (...instants: Date[]) => instants.map((instant) => instant.toISOString());

describe('a preset', () => {
  it.each([
    [
      'today',
      '2026-11-18T00:00:00.000Z',
      '2026-11-19T00:00:00.000Z',
      '2026-11-17T00:00:00.000Z',
      '2026-11-17T14:32:08.000Z',
    ],
    [
      '24h',
      '2026-11-17T15:00:00.000Z',
      '2026-11-18T15:00:00.000Z',
      '2026-11-16T15:00:00.000Z',
      '2026-11-17T14:32:08.000Z',
    ],
    [
      '7d',
      '2026-11-12T00:00:00.000Z',
      '2026-11-19T00:00:00.000Z',
      '2026-11-05T00:00:00.000Z',
      '2026-11-11T14:32:08.000Z',
    ],
    [
      '30d',
      '2026-10-20T00:00:00.000Z',
      '2026-11-19T00:00:00.000Z',
      '2026-09-20T00:00:00.000Z',
      '2026-10-19T14:32:08.000Z',
    ],
    [
      'mtd',
      '2026-11-01T00:00:00.000Z',
      '2026-11-19T00:00:00.000Z',
      '2026-10-01T00:00:00.000Z',
      '2026-10-18T14:32:08.000Z',
    ],
    [
      'last-month',
      '2026-10-01T00:00:00.000Z',
      '2026-11-01T00:00:00.000Z',
      '2026-09-01T00:00:00.000Z',
      '2026-10-01T00:00:00.000Z',
    ],
    [
      '90d',
      '2026-08-21T00:00:00.000Z',
      '2026-11-19T00:00:00.000Z',
      '2026-05-23T00:00:00.000Z',
      '2026-08-20T14:32:08.000Z',
    ],
  ] as const)('%s is from %s to %s, after %s to %s', (name, ...expected) => {
    const { from, to, previous } = resolvePeriod(preset(name), 'UTC', NOW);
    expect(iso(from, to, previous.from, previous.to)).toEqual(expected);
  });

  it('begins at midnight of the zone, also across a change of the clock', () => {
    const { from, to, previous } = resolvePeriod(preset('30d'), 'Europe/Berlin', NOW);
    // Summer time ended on 25 October.
    expect(iso(from, to, previous.from, previous.to)).toEqual([
      '2026-10-19T22:00:00.000Z',
      '2026-11-18T23:00:00.000Z',
      '2026-09-19T22:00:00.000Z',
      '2026-10-19T13:32:08.000Z',
    ]);
  });

  it('of the month compares with the end of a shorter month', () => {
    const { previous } = resolvePeriod(preset('mtd'), 'UTC', new Date('2027-03-31T08:00:00Z'));
    expect(iso(previous.from, previous.to)).toEqual(['2027-02-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z']);
  });

  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'Asia/Kolkata',
    'America/St_Johns',
    'Pacific/Apia',
    'Australia/Lord_Howe',
  );
  it('has elapsed as far as the period before it, and neither is empty', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PRESETS),
        zones,
        fc.date({ min: new Date('2024-01-01Z'), max: new Date('2030-01-01Z'), noInvalidDate: true }),
        (name, zone, now) => {
          const period = resolvePeriod(preset(name), zone, now);
          expect(period.from < period.until && period.until <= period.to).toBe(true);
          expect(period.previous.from < period.previous.to).toBe(true);
          expect(period.previous.to.getTime()).toBeLessThanOrEqual(period.from.getTime() + 3 * 3_600_000 + 1);
          expect(period.isOpen).toBe(name !== 'last-month');
          if (period.isOpen && name !== 'mtd' && name !== '24h') {
            const wall = (at: Date) => wallTime(zone, at.getTime()) % 86_400_000;
            const skipped = Math.abs(wall(period.previous.to) - wall(period.until));
            // A reading that a change of the clock skips moves on by what was skipped.
            expect(skipped === 0 || skipped === 3_600_000 || skipped === 1_800_000 || skipped === 1).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a custom period', () => {
  const custom = (from: string, to: string): PeriodName => ({ kind: 'custom', from, to });

  it('holds its last day, and ends at its last minute', () => {
    expect(iso(resolvePeriod(custom('2026-11-01', '2026-11-03'), 'UTC', NOW).to)).toEqual(['2026-11-04T00:00:00.000Z']);
    const { from, to } = resolvePeriod(custom('2026-11-01T06:00', '2026-11-01T12:30'), 'Asia/Kolkata', NOW);
    expect(iso(from, to)).toEqual(['2026-11-01T00:30:00.000Z', '2026-11-01T07:00:00.000Z']);
  });

  it('is compared with the days just before, for the time that has elapsed', () => {
    const over = resolvePeriod(custom('2026-11-01', '2026-11-10'), 'UTC', NOW);
    expect(iso(over.previous.from, over.previous.to)).toEqual(['2026-10-22T00:00:00.000Z', '2026-11-01T00:00:00.000Z']);
    const running = resolvePeriod(custom('2026-11-16', '2026-11-30'), 'UTC', NOW);
    expect(iso(running.until, running.previous.to)).toEqual([NOW.toISOString(), '2026-11-03T14:32:08.000Z']);
  });

  it.each([
    ['2026-11-01', '2026-11-01', true],
    ['2026-11-02', '2026-11-01', false],
    ['2026-11-01T10:00', '2026-11-01T10:00', false],
    ['2026-11-31', '2026-12-02', false],
    ['2026-02-29', '2026-03-02', false],
    ['2028-02-29', '2028-03-02', true],
    ['1026-11-01', '2026-11-02', false],
    ['2026-11-01T24:00', '2026-11-03', false],
    ['yesterday', 'today', false],
  ])('%s to %s: %s', (from, to, isPeriod) => {
    expect(isPeriodText(from, to)).toBe(isPeriod);
  });

  it('has a name that leads back to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 24 * 60 }),
        fc.integer({ min: 1, max: 60 * 24 * 60 }),
        fc.constantFrom(1, 60, 24 * 60),
        (start, length, unit) => {
          const from = new Date(Date.UTC(2026, 0, 1) + Math.floor(start / unit) * unit * 60_000);
          const to = new Date(from.getTime() + Math.ceil(length / unit) * unit * 60_000);
          const { from: again, to: end } = resolvePeriod(nameOfRange({ from, to }, 'Asia/Tokyo'), 'Asia/Tokyo', NOW);
          expect([again, end]).toEqual([from, to]);
        },
      ),
    );
  });
});

it('reads two days in hours, a quarter in days, a year in weeks', () => {
  const of = (days: number) => granularityOf({ from: NOW, to: new Date(NOW.getTime() + days * 86_400_000) });
  expect([1, 2, 3, 92, 101, 366, 800].map(of)).toEqual(['hour', 'hour', 'day', 'day', 'week', 'week', 'month']);
});
