import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastMonth, reachesAt } from './forecast';

const NOON = new Date('2026-11-18T12:00:00Z');

describe('the forecast of a month', () => {
  it('adds the mean of each weekday that is left, and today’s for the rest of the day', () => {
    // Wednesday noon: 18 November. $1 on weekdays, nothing on Saturdays and Sundays.
    const days = Array.from({ length: 28 }, (_, index) => {
      const weekday = new Date(NOON.getTime() - (28 - index) * 86_400_000).getUTCDay();
      return weekday === 0 || weekday === 6 ? 0n : 1_000_000_000n;
    });
    // Left: half of Wednesday, then until the 30th two Thursdays and Fridays, and Monday to Wednesday, and Monday.
    const left = 500_000_000n + 8_000_000_000n;
    expect(forecastMonth({ days, spentNanoUsd: 20n, now: NOON })).toBe(20n + left);
  });

  it('goes by the days since the first usage', () => {
    const days = [...Array.from({ length: 27 }, () => 0n), 1_000n];
    expect(forecastMonth({ days, spentNanoUsd: 1_500n, now: NOON })).toBe(1_500n + 500n + 12n * 1_000n);
  });

  it('is none before a whole day of usage', () => {
    expect(forecastMonth({ days: [], spentNanoUsd: 5n, now: NOON })).toBeNull();
    expect(forecastMonth({ days: [0n, 0n], spentNanoUsd: 5n, now: NOON })).toBeNull();
  });

  it('is never below what is spent, and at the end of the month it is that', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { maxLength: 28 }),
        fc.bigInt({ min: 0n, max: 10n ** 16n }),
        fc.date({ min: new Date('2026-01-01Z'), max: new Date('2027-01-01Z'), noInvalidDate: true }),
        (days, spentNanoUsd, now) => {
          const forecast = forecastMonth({ days, spentNanoUsd, now });
          if (forecast !== null) expect(forecast).toBeGreaterThanOrEqual(spentNanoUsd);
        },
      ),
    );
    expect(forecastMonth({ days: [7n], spentNanoUsd: 9n, now: new Date('2026-11-30T23:59:59.999Z') })).toBe(9n);
  });
});

describe('the pace', () => {
  it('tells when what is left is used up', () => {
    const week = 7 * 86_400_000;
    expect(reachesAt(2n, 7n, week, NOON)).toEqual(new Date('2026-11-20T12:00:00Z'));
    expect(reachesAt(2n, 0n, week, NOON)).toBeNull();
    expect(reachesAt(10n ** 18n, 1n, week, NOON)).toBeNull();
  });
});
