import { expect, it } from 'vitest';
import { leftWords, shortResetWords } from './key-words';

const USD = 1_000_000_000n;
const NOW = new Date('2026-11-18T14:32:00.000Z');

it('says what is left of a limit, and where more was spent than it lets, by how much', () => {
  const row = (used: bigint, remaining: bigint) => ({
    limitNanoUsd: 10n * USD,
    usedNanoUsd: used,
    remainingNanoUsd: remaining,
  });
  expect(leftWords(row(4n * USD, 6n * USD))).toBe('$6.00 left');
  expect(leftWords(row(10n * USD, 0n))).toBe('$0.00 left');
  expect(leftWords(row(10n * USD + 1n, 0n))).toBe('<$0.01 over');
  expect(leftWords(row(10n * USD + 980_000_000n, 0n))).toBe('$0.98 over');
});

it('says shortly when a limit resets, and leaves out no hour but midnight', () => {
  expect(shortResetWords(new Date('2026-12-01T00:00:00.000Z'), NOW)).toBe('resets 1 Dec');
  expect(shortResetWords(new Date('2027-01-01T00:00:00.000Z'), NOW)).toBe('resets 1 Jan 2027');
  expect(shortResetWords(null, NOW)).toBe('never resets');
});
