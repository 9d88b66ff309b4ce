import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatCompactCount,
  formatCount,
  formatDuration,
  formatPercent,
  formatPercentChange,
  formatPoints,
} from './number';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('formatCount', () => {
  it('groups every digit, beyond what a float can hold too', () => {
    expect(formatCount(7_288_155)).toBe('7,288,155');
    expect(formatCount(9_007_199_254_740_993n)).toBe('9,007,199,254,740,993');
    expect(formatCount(-1234)).toBe('−1,234');
    expect(formatCount(0)).toBe('0');
  });
});

describe('formatCompactCount', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [999.6, '1K'],
    [42_697, '42.7K'],
    [500_000, '500K'],
    [9_517_314, '9.52M'],
    [15_840_000, '15.8M'],
    [999_999, '1M'],
    [1_500_000_000, '1.5B'],
  ])('writes %s as %s', (count, text) => {
    expect(formatCompactCount(count)).toBe(text);
  });
});

describe('formatPercent', () => {
  it.each([
    [0.544, 1, '54.4%'],
    [0.0033, 2, '0.33%'],
    [0.00005, 2, '<0.01%'],
    [0, 1, '0.0%'],
    [1, 1, '100.0%'],
    [0.9999, 1, '99.9%'],
    [1.468, 1, '146.8%'],
    [41.2, 1, '41×'],
    [-0.05, 1, '−5.0%'],
    [Number.NaN, 1, '–'],
  ])('writes %s with %s decimals as %s', (fraction, decimals, text) => {
    expect(formatPercent(fraction, decimals)).toBe(text);
  });

  it('says 0 only of nothing and 100 only of all', () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: 1, maxExcluded: true, noNaN: true }), (fraction) => {
        expect(formatPercent(fraction)).not.toBe('0.0%');
        expect(formatPercent(fraction)).not.toBe('100.0%');
      }),
    );
  });

  it('signs changes and counts points', () => {
    expect(formatPercentChange(0.207)).toBe('+20.7%');
    expect(formatPercentChange(-0.1)).toBe('−10.0%');
    expect(plain(formatPoints(0.0003))).toBe('0.03 pp');
  });
});

describe('formatDuration', () => {
  it.each([
    [2, '2 ms'],
    [1_840, '1.84 s'],
    [59_999, '59.99 s'],
    [892_000, '14 min 52 s'],
    [34_020_000, '9 h 27 min'],
    [7_200_000, '2 h'],
    [136_800_000, '1 day 14 h'],
    [2 * 86_400_000, '2 days'],
  ])('writes %s ms as %s', (ms, text) => {
    expect(plain(formatDuration(ms))).toBe(text);
  });

  it('never lets a number and its unit break apart', () => {
    fc.assert(fc.property(fc.nat(), (ms) => !formatDuration(ms).includes(' ')));
  });
});
