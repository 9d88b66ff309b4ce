import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRelativeTime } from './relative-time';
import {
  formatClockInBoth,
  formatDateRange,
  formatDaysShort,
  formatExactTime,
  formatMoment,
  formatPeriod,
  formatWeekday,
  zonedPartsOf,
} from './time';

const at = (text: string) => new Date(text);
const now = at('2026-11-18T14:32:08Z');
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('dates', () => {
  it('always write the zone of an instant', () => {
    expect(formatExactTime(at('2026-11-18T14:29:11Z'))).toBe('18 Nov 2026, 14:29:11 UTC');
    expect(formatExactTime(at('2026-11-18T23:30:00Z'), 'Europe/Berlin')).toBe('19 Nov 2026, 00:30:00 Europe/Berlin');
    expect(formatMoment(at('2026-12-01T00:00:00Z'), now)).toBe('1 Dec, 00:00 UTC');
    expect(formatMoment(at('2027-02-16T00:00:00Z'), now)).toBe('16 Feb 2027, 00:00 UTC');
    expect(formatClockInBoth(at('2026-11-18T00:00:00Z'), 'Europe/Berlin')).toBe('00:00 UTC, 01:00 in Berlin');
    expect(formatClockInBoth(at('2026-11-18T00:00:00Z'), 'UTC')).toBe('00:00 UTC');
  });

  it('name the weekday in the zone', () => {
    expect(formatWeekday(at('2026-11-20T12:00:00Z'))).toBe('Fri 20 Nov');
    expect(formatWeekday(at('2026-11-20T23:30:00Z'), 'Europe/Berlin')).toBe('Sat 21 Nov');
  });

  it('write midnight as 00', () => {
    expect(zonedPartsOf(at('2026-11-18T00:00:00Z')).hour).toBe(0);
  });

  it('equal the calendar of UTC', () => {
    fc.assert(
      fc.property(fc.date({ min: at('2000-01-01'), max: at('2100-01-01'), noInvalidDate: true }), (date) => {
        const parts = zonedPartsOf(date);
        expect([parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
        ]);
      }),
    );
  });
});

describe('formatDateRange', () => {
  it.each([
    ['2026-11-01', '2026-11-19', '1–18 Nov 2026'],
    ['2026-10-20', '2026-11-19', '20 Oct – 18 Nov 2026'],
    ['2026-12-20', '2027-01-02', '20 Dec 2026 – 1 Jan 2027'],
    ['2026-11-18', '2026-11-19', '18 Nov 2026'],
  ])('writes the days of [%s, %s) as %s', (from, to, text) => {
    expect(formatDateRange(at(from), at(to))).toBe(text);
  });
});

describe('formatPeriod', () => {
  it.each([
    ['2026-11-01T00:00Z', '2026-11-19T00:00Z', '1–18 Nov 2026'],
    ['2026-11-18T06:00Z', '2026-11-18T15:00Z', '18 Nov 2026, 06:00–15:00'],
    ['2026-11-17T15:00Z', '2026-11-18T15:00Z', '17 Nov, 15:00 – 18 Nov 2026, 15:00'],
  ])('writes [%s, %s) as %s', (from, to, text) => {
    expect(formatPeriod(new Date(from), new Date(to))).toBe(text);
  });

  it('leaves out the year where it is known', () => {
    expect(formatDaysShort(at('2026-10-01'), at('2026-10-19'))).toBe('1–18 Oct');
    expect(formatDaysShort(at('2026-12-20'), at('2027-01-02'))).toBe('20 Dec 2026 – 1 Jan');
  });
});

describe('formatRelativeTime', () => {
  it.each([
    ['2026-11-18T14:32:00Z', 'Just now'],
    ['2026-11-18T14:29:00Z', '3 min ago'],
    ['2026-11-18T12:33:00Z', '1 h ago'],
    ['2026-11-10T12:00:00Z', '8 d ago'],
    ['2026-10-19T14:00:00Z', '30 d ago'],
    ['2026-10-18T14:00:00Z', '18 Oct 2026'],
    ['2026-11-22T15:00:00Z', 'in 4 d'],
  ])('writes %s as %s', (instant, text) => {
    expect(plain(formatRelativeTime(at(instant), now))).toBe(text);
  });
});
