/**
 * Money is a 64-bit integer of nano-USD: 1 USD = 1,000,000,000. Per-token prices need nine decimals, and binary
 * fractions lose them. On the wire money is a JSON number, exact to nine decimals up to 15 significant digits.
 */
export const NANO_USD_PER_USD = 1_000_000_000n;
export const DECIMALS_MAX = 9;
/** The largest single cost that is taken: one billion dollars. */
export const COST_NANO_USD_MAX = 1_000_000_000n * NANO_USD_PER_USD;
export const INT64_MAX = 9_223_372_036_854_775_807n;

/** A decimal number in text, with an optional exponent as JavaScript prints it (`1e-9`). */
const DECIMAL = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?(?:e([+-]?\d{1,3}))?$/i;

/** Why an amount was not understood; the text completes the sentence "The amount …". */
export type AmountFault =
  | 'is not a decimal number'
  | 'has more than 9 decimals'
  | 'is too large'
  | 'has more than 15 significant digits';

export type Amount = { ok: true; nanoUsd: bigint } | { ok: false; fault: AmountFault };

/**
 * Reads US dollars from a JSON number or a decimal string, exactly: nothing is rounded.
 * A number stands for its 15 significant digits, so the dust of a float sum (0.1 + 0.2) is wiped off; a number whose
 * further digits are more than dust is ambiguous and has to be sent as a string.
 */
export function parseUsd(value: number | string): Amount {
  if (typeof value === 'string') return parseDecimal(value.trim());
  if (!Number.isFinite(value)) return { ok: false, fault: 'is not a decimal number' };
  const digits = value.toPrecision(15);
  if (Math.abs(Number(digits) - value) > 4 * Number.EPSILON * Math.abs(value))
    return { ok: false, fault: 'has more than 15 significant digits' };
  return parseDecimal(digits);
}

function parseDecimal(text: string): Amount {
  const match = DECIMAL.exec(text);
  if (!match) return { ok: false, fault: 'is not a decimal number' };
  const [, sign, whole = '0', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) - fraction.length + DECIMALS_MAX;
  if (shift > 60) return { ok: false, fault: 'is too large' };
  const digits = BigInt(whole + fraction);
  const divisor = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  if (digits % divisor !== 0n) return { ok: false, fault: 'has more than 9 decimals' };
  const magnitude = shift < 0 ? digits / divisor : digits * 10n ** BigInt(shift);
  if (magnitude > INT64_MAX) return { ok: false, fault: 'is too large' };
  return { ok: true, nanoUsd: sign === '-' ? -magnitude : magnitude };
}

/** The shortest exact decimal text: `12.5`, `0.000000001`, `-3`. */
export function formatUsd(nanoUsd: bigint): string {
  const magnitude = nanoUsd < 0n ? -nanoUsd : nanoUsd;
  const whole = (magnitude / NANO_USD_PER_USD).toString();
  const fraction = (magnitude % NANO_USD_PER_USD).toString().padStart(DECIMALS_MAX, '0').replace(/0+$/, '');
  return `${nanoUsd < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** US dollars as a JSON number: the double nearest to the exact decimal, which prints back as that decimal. */
export function usdNumber(nanoUsd: bigint): number {
  return Number(formatUsd(nanoUsd));
}

/**
 * The product's one rounding rule: the quotient of two non-negative integers, halves rounded up.
 * Costs are rounded once, at the end, so that no order of additions changes a cent.
 */
export function divideRoundHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n) throw new RangeError('divideRoundHalfUp takes 0 or more over more than 0.');
  return (2n * numerator + denominator) / (2n * denominator);
}
