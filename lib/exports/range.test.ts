import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallTime } from '../core/zone';
import { isRangeFault, readInclusiveRange, readRange } from './range';

const zone = fc.constantFrom(
  ...[
    'UTC',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/St_Johns',
    'America/Sao_Paulo',
  ],
  ...Intl.supportedValuesOf('timeZone'),
);
const HOUR = 3_600_000;

function inclusive(from: string, fromZone: string, to: string, toZone = fromZone) {
  const range = readInclusiveRange({ date: from, timezone: fromZone }, { date: to, timezone: toZone });
  if (isRangeFault(range)) throw new Error(`${range.field}: ${range.fault}`);
  return range;
}

function instants(from: string, to: string, timeZone: string) {
  const range = readRange(from, to, timeZone);
  if (isRangeFault(range)) throw new Error(`${range.field}: ${range.fault}`);
  return [range.from.toISOString(), range.to.toISOString(), range.period.start, range.period.end];
}

describe('a range with both ends', () => {
  it('reads the clock of its zone, whatever offset is written, and includes its last millisecond', () => {
    const range = inclusive('2024-01-01T00:00:00.000Z', 'Europe/Berlin', '2024-01-31T23:59:59.999+09:00', 'UTC');
    expect(range.from.toISOString()).toBe('2023-12-31T23:00:00.000Z');
    expect(range.last.toISOString()).toBe('2024-01-31T23:59:59.999Z');
    expect(range.to.toISOString()).toBe('2024-02-01T00:00:00.000Z');
    expect(range.period).toEqual({ start: '2024-01-01', end: '2024-01-31' });
  });

  it('takes dates for whole days of 23, 24 and 25 hours', () => {
    const hours = (date: string, name: string) => {
      const { from, to } = inclusive(date, name, date);
      return (to.getTime() - from.getTime()) / HOUR;
    };
    expect(hours('2024-03-31', 'Europe/Berlin')).toBe(23);
    expect(hours('2024-10-27', 'Europe/Berlin')).toBe(25);
    expect(hours('2024-06-01', 'Asia/Kathmandu')).toBe(24);
    expect(hours('2018-02-17', 'America/Sao_Paulo')).toBe(25);
    expect(hours('2018-11-04', 'America/Sao_Paulo')).toBe(23);
  });

  it('takes the first of a repeated time at its start and the second at its end, and moves skipped ones forward', () => {
    const repeated = inclusive('2024-10-27T02:30', 'Europe/Berlin', '2024-10-27T02:30:00.001');
    expect(repeated.from.toISOString()).toBe('2024-10-27T00:30:00.000Z');
    expect(repeated.last.toISOString()).toBe('2024-10-27T01:30:00.001Z');
    const skipped = inclusive('2024-03-31T02:00', 'Europe/Berlin', '2024-03-31T02:59:59.999');
    expect(skipped.from.toISOString()).toBe('2024-03-31T01:00:00.000Z');
    expect(skipped.last.toISOString()).toBe('2024-03-31T01:59:59.999Z');
    const apia = inclusive('2011-12-30', 'Pacific/Apia', '2011-12-31');
    expect(apia.from.toISOString()).toBe('2011-12-30T10:00:00.000Z');
    expect(apia.to.toISOString()).toBe('2011-12-31T10:00:00.000Z');
  });

  it('rounds what lies below the millisecond into itself', () => {
    const range = inclusive('2024-01-01T00:00:00.0001', 'UTC', '2024-01-01T00:00:00.0039999');
    expect(range.from.toISOString()).toBe('2024-01-01T00:00:00.001Z');
    expect(range.last.toISOString()).toBe('2024-01-01T00:00:00.003Z');
  });

  it('holds every instant whose day the wall of its zone shows, and no other', () => {
    const day = fc
      .integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2037, 0, 1) })
      .map((at) => new Date(at).toISOString().slice(0, 10));
    fc.assert(
      fc.property(zone, day, (name, date) => {
        const { from, to, period } = inclusive(date, name, date);
        const dateOf = (at: number) => new Date(wallTime(name, at)).toISOString().slice(0, 10);
        // A day that the zone skips whole is the day after it.
        if (dateOf(from.getTime()) !== date) return;
        expect(dateOf(to.getTime() - 1)).toBe(date);
        expect(dateOf(to.getTime())).not.toBe(date);
        expect(dateOf(from.getTime() - 1)).not.toBe(date);
        expect(period).toEqual({ start: date, end: date });
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [{ date: '2024-01-01', timezone: 'Mars/Olympus' }, { date: '2024-01-02', timezone: 'UTC' }, 'from.timezone'],
    [{ date: '2024-01-01', timezone: 'UTC' }, { date: '2024-01-02', timezone: '+02:00' }, 'to.timezone'],
    [{ date: 'yesterday', timezone: 'UTC' }, { date: '2024-01-02', timezone: 'UTC' }, 'from.date'],
    [{ date: '2024-01-01', timezone: 'UTC' }, { date: '2024-02-30', timezone: 'UTC' }, 'to.date'],
    [{ date: '2024-01-02', timezone: 'UTC' }, { date: '2024-01-01', timezone: 'UTC' }, 'to.date'],
    [{ date: '2024-01-01T00:00', timezone: 'UTC' }, { date: '2024-01-01T00:00', timezone: 'UTC' }, 'to.date'],
  ])('from %j to %j is refused for %s', (from, to, field) => {
    expect(readInclusiveRange(from, to)).toMatchObject({ field });
  });

  it('of all time has instants that the database takes', () => {
    const range = inclusive('1900-01-01', 'Pacific/Apia', '9999-12-31', 'Etc/GMT+12');
    expect(range.from.toISOString()).toMatch(/^1(899|900)-/);
    expect(range.to.toISOString()).toMatch(/^9999-/);
    expect(range.period.end).toBe('9999-12-31');
  });
});

describe('a range that ends before its end', () => {
  it('takes instants with an offset, and times and dates of its zone without one', () => {
    expect(instants('2024-01-01T00:00:00Z', '2024-01-02T01:30:00+05:30', 'Europe/Berlin')).toEqual([
      '2024-01-01T00:00:00.000Z',
      '2024-01-01T20:00:00.000Z',
      '2024-01-01',
      '2024-01-01',
    ]);
    expect(instants('2024-01-01', '2024-02-01', 'Europe/Berlin')).toEqual([
      '2023-12-31T23:00:00.000Z',
      '2024-01-31T23:00:00.000Z',
      '2024-01-01',
      '2024-01-31',
    ]);
    expect(instants('2024-01-01T12:00', '2024-01-01T12:00:00.001', 'Asia/Kolkata').slice(0, 2)).toEqual([
      '2024-01-01T06:30:00.000Z',
      '2024-01-01T06:30:00.001Z',
    ]);
  });

  it('meets the one that follows it, also where the clock changes', () => {
    const wall = fc
      .integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2037, 0, 1) })
      .map((at) => new Date(at).toISOString().slice(0, -1));
    fc.assert(
      fc.property(zone, wall, (name, text) => {
        const [before, after] = [readRange('1971-01-01', text, name), readRange(text, '2038-01-01', name)];
        if (isRangeFault(before) || isRangeFault(after)) throw new Error('Both are ranges.');
        expect(before.to).toEqual(after.from);
      }),
    );
  });

  it.each([
    ['2024-01-01', '2024-01-02', 'nowhere', 'time_zone'],
    ['x', '2024-01-02', 'UTC', 'from'],
    ['2024-01-01', '', 'UTC', 'to'],
    ['2024-01-01', '2024-01-01', 'UTC', 'to'],
  ])('from %s to %s in %s is refused for %s', (from, to, name, field) => {
    expect(readRange(from, to, name)).toMatchObject({ field });
  });
});
