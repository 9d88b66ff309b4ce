import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRoundHalfUp, formatUsd, INT64_MAX, parseUsd, usdNumber } from './money';

const nano = fc.bigInt({ min: -INT64_MAX, max: INT64_MAX });

describe('parseUsd', () => {
  it.each([
    [25.5, 25_500_000_000n],
    [0.1 + 0.2, 300_000_000n],
    [1e-9, 1n],
    [0, 0n],
    [-0, 0n],
    [1_000_000_000, 1_000_000_000_000_000_000n],
    ['0.000000001', 1n],
    ['0.50', 500_000_000n],
    ['9223372036.854775807', INT64_MAX],
    [' 12 ', 12_000_000_000n],
    ['1e3', 1_000_000_000_000n],
    ['-4.25', -4_250_000_000n],
  ])('reads %s exactly', (value, expected) => {
    expect(parseUsd(value)).toEqual({ ok: true, nanoUsd: expected });
  });

  it.each([
    ['0.0000000001', 'has more than 9 decimals'],
    [1 / 3, 'has more than 15 significant digits'],
    ['9223372036.854775808', 'is too large'],
    ['1e400', 'is too large'],
    [Number.POSITIVE_INFINITY, 'is not a decimal number'],
    [Number.NaN, 'is not a decimal number'],
    ['', 'is not a decimal number'],
    ['12,5', 'is not a decimal number'],
    ['0x10', 'is not a decimal number'],
    ['1_000', 'is not a decimal number'],
    [Number('123456789.123456789'), 'has more than 15 significant digits'],
  ])('refuses %s, which %s', (value, fault) => {
    expect(parseUsd(value)).toEqual({ ok: false, fault });
  });

  it('takes back every amount that formatUsd wrote', () => {
    fc.assert(
      fc.property(nano, (amount) => {
        expect(parseUsd(formatUsd(amount))).toEqual({ ok: true, nanoUsd: amount });
      }),
    );
  });

  it('takes back every JSON number of up to 15 significant digits', () => {
    const fifteenDigits = fc.bigInt({ min: 0n, max: 999_999_999_999_999n });
    fc.assert(
      fc.property(fifteenDigits, (amount) => {
        expect(parseUsd(JSON.parse(JSON.stringify(usdNumber(amount))))).toEqual({ ok: true, nanoUsd: amount });
      }),
    );
  });

  it('reads a float sum of exact amounts as the exact sum', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(cents, cents, (left, right) => {
        expect(parseUsd(left / 100 + right / 100)).toEqual({ ok: true, nanoUsd: BigInt(left + right) * 10_000_000n });
      }),
    );
  });
});

describe('divideRoundHalfUp', () => {
  it.each([
    [1n, 2n, 1n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [5n, 2n, 3n],
    [0n, 7n, 0n],
  ])('divides %s by %s to %s', (numerator, denominator, expected) => {
    expect(divideRoundHalfUp(numerator, denominator)).toBe(expected);
  });

  it('is never more than half a unit away, and only ever above at exactly a half', () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 30n });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), positive, (numerator, denominator) => {
        const errorTwice = 2n * (divideRoundHalfUp(numerator, denominator) * denominator - numerator);
        expect(errorTwice > -denominator && errorTwice <= denominator).toBe(true);
      }),
    );
  });

  it('refuses a negative numerator and a denominator that is not positive', () => {
    expect(() => divideRoundHalfUp(-1n, 2n)).toThrow(RangeError);
    expect(() => divideRoundHalfUp(1n, 0n)).toThrow(RangeError);
  });
});
