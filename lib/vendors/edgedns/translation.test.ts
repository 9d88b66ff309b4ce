import { expect, it } from 'vitest';
import { rangeOf, toPeriod } from './translation';

const NOW = new Date('2026-03-01T10:20:30.456Z');

it.each([
  ['7d', '2026-02-22T10:20:30.456Z', '2026-03-01T10:20:30.456Z'],
  ['30d', '2026-01-30T10:20:30.456Z', '2026-03-01T10:20:30.456Z'],
  ['current', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
] as const)('the period %s is from %s to %s', (period, period_start, period_end) => {
  expect(toPeriod(period, rangeOf(period, NOW), NOW)).toEqual({ period, period_start, period_end });
});

it('a period that rolls holds what a clock a little ahead has sent', () => {
  expect(rangeOf('7d', NOW).to.toISOString()).toBe('2026-03-02T00:00:00.000Z');
  expect(rangeOf('7d', new Date('2026-03-01T23:58:00.000Z')).to.toISOString()).toBe('2026-03-03T00:00:00.000Z');
});
