import { describe, expect, it } from 'vitest';
import { currentMonths } from './partitions';

describe('currentMonths', () => {
  it.each([
    ['2026-11-21T12:00:00Z', ['2026-11', '2026-12']],
    ['2026-12-31T23:59:59Z', ['2026-12', '2027-01']],
    // The next month is shorter than the days that are left of it.
    ['2027-01-31T23:59:59Z', ['2027-01', '2027-02']],
  ])('of %s are the running month and the next', (now, months) => {
    expect([...currentMonths(new Date(now))]).toEqual(months);
  });
});
