import { expect, it } from 'vitest';
import { daysBefore, describeDays } from './describe-days';

it.each([
  [null, null, null],
  ['2026-11-01', '2026-11-18', '1–18 Nov 2026'],
  ['2026-11-18', '2026-11-18', '18 Nov 2026'],
  ['2026-11-18', null, 'since 18 Nov 2026'],
  [null, '2026-11-18', 'until 18 Nov 2026'],
  ['2026-11-18', '2026-11-01', 'no day'],
])('writes %s to %s as %s', (from, to, words) => {
  expect(describeDays(from, to)).toBe(words);
});

it('counts days back over months and years', () => {
  expect(daysBefore('2026-01-01', 1)).toBe('2025-12-31');
  expect(daysBefore('2026-11-21', 0)).toBe('2026-11-21');
});
