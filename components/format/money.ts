import { divideRounded, groupThousands, minusSign } from './round';

/** Money is whole nano-dollars everywhere; these functions only write it. */
const nanoPerUsd = 1_000_000_000n;
const nanoPerCent = 10_000_000n;
const nanoPerTenThousandth = 100_000n;

export type MoneyDecimals = 2 | 4;

const unitsByDecimals = { 2: nanoPerCent, 4: nanoPerTenThousandth };

function signOf(nanoUsd: bigint): string {
  return nanoUsd < 0n ? minusSign : '';
}

function abs(nanoUsd: bigint): bigint {
  return nanoUsd < 0n ? -nanoUsd : nanoUsd;
}

/** The precision for a lone amount: four decimals where it rounds to less than $1 and is not zero. */
export function moneyDecimalsOf(nanoUsd: bigint): MoneyDecimals {
  const size = abs(nanoUsd);
  return size === 0n || size >= nanoPerUsd - nanoPerTenThousandth / 2n ? 2 : 4;
}

/** One precision for a column: four decimals only where every amount needs them. */
export function columnDecimalsOf(amounts: readonly bigint[]): MoneyDecimals {
  const seen = amounts.filter((amount) => amount !== 0n);
  return seen.length > 0 && seen.every((amount) => moneyDecimalsOf(amount) === 4) ? 4 : 2;
}

/**
 * `$1,284.20`, below a dollar `$0.0042`, `−$4.25`. Rounds halves away from zero. What is not zero never reads as zero:
 * an amount below the last decimal is `<$0.0001`, or `<$0.01` with two decimals.
 */
export function formatMoney(nanoUsd: bigint, decimals: MoneyDecimals = moneyDecimalsOf(nanoUsd)): string {
  const size = abs(nanoUsd);
  const unit = unitsByDecimals[decimals];
  if (size === 0n) return '$0.00';
  if (size < unit) return nanoUsd < 0n ? `>${minusSign}$${smallest(decimals)}` : `<$${smallest(decimals)}`;
  return `${signOf(nanoUsd)}$${writeUnits(divideRounded(size, unit), decimals)}`;
}

function smallest(decimals: MoneyDecimals): string {
  return decimals === 2 ? '0.01' : '0.0001';
}

function writeUnits(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  return `${groupThousands(digits.slice(0, -decimals))}.${digits.slice(-decimals)}`;
}

/** A difference, always signed: `+$293.29`, `−$4.25`, `$0.00`. */
export function formatMoneyChange(nanoUsd: bigint, decimals?: MoneyDecimals): string {
  const text = formatMoney(nanoUsd, decimals);
  return nanoUsd > 0n && !text.startsWith('<') ? `+${text}` : text;
}

/** A value that somebody set, without cents when whole: `$75`, `$4,500`, `$0.5025`. Every set digit is written. */
export function formatSetMoney(nanoUsd: bigint): string {
  const size = abs(nanoUsd);
  const whole = groupThousands((size / nanoPerUsd).toString());
  const rest = size % nanoPerUsd;
  if (rest === 0n) return `${signOf(nanoUsd)}$${whole}`;
  const fraction = rest.toString().padStart(9, '0').replace(/0+$/, '').padEnd(2, '0');
  return `${signOf(nanoUsd)}$${whole}.${fraction}`;
}

/** The two parts of a large figure, whose cents are dimmed: `$12,208` and `.91`. */
export function splitMoney(nanoUsd: bigint): { major: string; minor: string } {
  const text = formatMoney(nanoUsd);
  const point = text.indexOf('.');
  return { major: text.slice(0, point), minor: text.slice(point) };
}

/** Nano-dollars in full: `$12,208.912 609 307`. Nothing is rounded. */
export function formatExactMoney(nanoUsd: bigint): string {
  const { main, rest } = splitExactMoney(nanoUsd);
  return main + rest;
}

/** Exact money in the parts that look different: `$12,208.91` and `2 609 307`. */
export function splitExactMoney(nanoUsd: bigint): { main: string; rest: string } {
  const size = abs(nanoUsd);
  const fraction = (size % nanoPerUsd).toString().padStart(9, '0');
  const main = `${signOf(nanoUsd)}$${groupThousands((size / nanoPerUsd).toString())}.${fraction.slice(0, 2)}`;
  return { main, rest: `${fraction.slice(2, 3)} ${fraction.slice(3, 6)} ${fraction.slice(6)}` };
}

/** For axes, at most four digits: `$0`, `$0.25`, `$800`, `$1.5K`, `$2M`. */
export function formatCompactMoney(nanoUsd: bigint): string {
  const size = abs(nanoUsd);
  const sign = signOf(nanoUsd);
  if (size === 0n) return '$0';
  if (size < nanoPerUsd) return `${sign}$${trimZeros(writeUnits(divideRounded(size, nanoPerTenThousandth), 4))}`;
  const scales = [
    { from: 1_000_000_000n, mark: 'B' },
    { from: 1_000_000n, mark: 'M' },
    { from: 1_000n, mark: 'K' },
    { from: 1n, mark: '' },
  ];
  const scale = scales.find((one) => size >= one.from * nanoPerUsd);
  const from = scale?.from ?? 1n;
  return `${sign}$${trimZeros(writeUnits(divideRounded(size, (from * nanoPerUsd) / 100n), 2))}${scale?.mark ?? ''}`;
}

function trimZeros(decimal: string): string {
  return decimal.replace(/\.?0+$/, '');
}

/** Part ÷ whole as a fraction for a meter or a percent: only to draw and to read, never to count with. 0 of 0 is 0. */
export function fractionOf(part: bigint, whole: bigint): number {
  if (whole === 0n) return part === 0n ? 0 : Number.POSITIVE_INFINITY;
  return Number((part * 1_000_000n) / whole) / 1_000_000;
}
