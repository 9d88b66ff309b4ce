import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnDecimalsOf,
  formatCompactMoney,
  formatExactMoney,
  formatMoney,
  formatMoneyChange,
  formatSetMoney,
  fractionOf,
  splitExactMoney,
  splitMoney,
} from './money';

const usd = 1_000_000_000n;
const anyAmount = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

describe('formatMoney', () => {
  it.each([
    [0n, '$0.00'],
    [1_284_200_000_000n, '$1,284.20'],
    [4_200_000n, '$0.0042'],
    [-4_250_000_000n, '−$4.25'],
    [99_999n, '<$0.0001'],
    [-1n, '>−$0.0001'],
    [100_000n, '$0.0001'],
    [999_940_000n, '$0.9999'],
    [999_950_000n, '$1.00'],
    [1_005_000_000n, '$1.01'],
  ])('writes %s nano-dollars as %s', (amount, text) => {
    expect(formatMoney(amount)).toBe(text);
  });

  it('keeps one precision for a column when it is told to', () => {
    expect(formatMoney(4_200_000n, 2)).toBe('<$0.01');
    expect(formatMoney(500_000_000n, 2)).toBe('$0.50');
    expect(columnDecimalsOf([4_200_000n, 0n])).toBe(4);
    expect(columnDecimalsOf([4_200_000n, 3n * usd])).toBe(2);
    expect(columnDecimalsOf([])).toBe(2);
  });

  it('never shows as zero what is not zero', () => {
    fc.assert(fc.property(anyAmount, (amount) => (formatMoney(amount) === '$0.00') === (amount === 0n)));
  });

  it('is off by at most half of its last digit', () => {
    fc.assert(
      fc.property(anyAmount, (amount) => {
        const text = formatMoney(amount);
        fc.pre(!/[<>]/.test(text));
        const [whole = '', fraction = ''] = text.replace(/[$,−]/g, '').split('.');
        const shown = BigInt(whole + fraction.padEnd(9, '0')) * (text.startsWith('−') ? -1n : 1n);
        const distance = shown > amount ? shown - amount : amount - shown;
        expect(distance * 2n <= 10n ** BigInt(9 - fraction.length)).toBe(true);
      }),
    );
  });

  it('parts a large figure where its cents begin', () => {
    expect(splitMoney(12_208_912_609_307n)).toEqual({ major: '$12,208', minor: '.91' });
  });
});

describe('formatMoneyChange', () => {
  it('signs every difference but none', () => {
    expect(formatMoneyChange(293_290_000_000n)).toBe('+$293.29');
    expect(formatMoneyChange(-4_250_000_000n)).toBe('−$4.25');
    expect(formatMoneyChange(0n)).toBe('$0.00');
  });
});

describe('formatSetMoney', () => {
  it('leaves the cents out of a whole amount and writes every other digit', () => {
    expect(formatSetMoney(75n * usd)).toBe('$75');
    expect(formatSetMoney(4_500n * usd)).toBe('$4,500');
    expect(formatSetMoney(75_500_000_000n)).toBe('$75.50');
    expect(formatSetMoney(502_500_000n)).toBe('$0.5025');
  });
});

describe('formatExactMoney', () => {
  it('groups the nano-dollars', () => {
    expect(formatExactMoney(12_208_912_609_307n)).toBe('$12,208.912 609 307');
    expect(formatExactMoney(-21_300_412n)).toBe('−$0.021 300 412');
    expect(splitExactMoney(0n)).toEqual({ main: '$0.00', rest: '0 000 000' });
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(anyAmount, (amount) => {
        const text = formatExactMoney(amount);
        const digits = BigInt(text.replace(/[^\d]/g, ''));
        expect(text.startsWith('−') ? -digits : digits).toBe(amount);
      }),
    );
  });
});

describe('formatCompactMoney', () => {
  it.each([
    [0n, '$0'],
    [250_000_000n, '$0.25'],
    [800n * usd, '$800'],
    [1_500n * usd, '$1.5K'],
    [2_000_000n * usd, '$2M'],
    [25n * usd, '$25'],
  ])('writes %s for an axis as %s', (amount, text) => {
    expect(formatCompactMoney(amount)).toBe(text);
  });
});

describe('fractionOf', () => {
  it('is exact at the borders that change a colour', () => {
    expect(fractionOf(80n * usd, 100n * usd)).toBe(0.8);
    expect(fractionOf(100n * usd, 100n * usd)).toBe(1);
    expect(fractionOf(100n * usd - 1n, 100n * usd)).toBeLessThan(1);
    expect(fractionOf(0n, 0n)).toBe(0);
    expect(fractionOf(1n, 0n)).toBe(Number.POSITIVE_INFINITY);
  });
});
