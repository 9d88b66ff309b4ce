import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayAfterKey, dayWords, monthWords, weeksOf } from './calendar-days';

describe('the calendar', () => {
  it('begins its weeks on Monday and leaves out other months', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks.at(-1)).toEqual(['2026-11-30', null, null, null, null, null, null]);
    expect(weeks).toHaveLength(6);
  });

  it('holds every day of every month once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const name = `${year}-${String(month).padStart(2, '0')}`;
        const days = weeksOf(name)
          .flat()
          .filter((day) => day !== null);
        expect(days).toHaveLength(new Date(Date.UTC(year, month, 0)).getUTCDate());
        expect(days).toEqual([...new Set(days)].toSorted());
      }),
    );
  });

  it('moves by days, weeks and months, and stays inside a shorter month', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(
      ['ArrowUp', 'ArrowRight', 'Home', 'End', 'PageDown', 'x'].map((key) => dayAfterKey(key, '2026-11-18')),
    ).toEqual(['2026-11-11', '2026-11-19', '2026-11-16', '2026-11-22', '2026-12-18', null]);
  });

  it('has words', () => {
    expect(dayWords('2026-11-18')).toBe('Wednesday 18 November 2026');
    expect(monthWords('2026-02')).toBe('February 2026');
  });
});
