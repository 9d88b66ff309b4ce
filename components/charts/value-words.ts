import { formatCompactMoney, formatExactMoney, formatMoney, type MoneyDecimals } from '../format/money';
import { formatCompactCount, formatCount, formatDuration, formatPercent } from '../format/number';
import type { ChartUnit, ChartValue } from './chart-data';

/** From here on an axis is in minutes; below, `80 s` has room where `1 min 20 s` has none. */
const MINUTES_FROM = 600_000;

/** A value of an axis, in dollars where it is money: `$1.5K`, `500K`, `0.5%`, `2 s`. */
export function formatTick(value: number, unit: ChartUnit): string {
  switch (unit) {
    case 'money':
      return formatCompactMoney(BigInt(Math.round(value * 1e9)));
    case 'count':
      return formatCompactCount(value);
    case 'fraction':
      return formatPercent(value, 2).replace(/\.?0+%$/, '%');
    case 'milliseconds':
      return value === 0
        ? '0'
        : value % 1000 === 0 && value < MINUTES_FROM
          ? `${value / 1000}\u00a0s`
          : formatDuration(value);
  }
}

/** A value in a table or a tooltip. `decimals`: of money, one precision for a column. */
export function formatValue(value: ChartValue, unit: ChartUnit, decimals: MoneyDecimals = 2): string {
  if (value === null) return '–';
  switch (unit) {
    case 'money':
      return formatMoney(BigInt(value), decimals);
    case 'count':
      return formatCount(value);
    case 'fraction':
      return formatPercent(Number(value), 2);
    case 'milliseconds':
      return formatDuration(Number(value));
  }
}

/** Every digit, to show on hover. NULL: the value is written in full anyway. */
export function formatExactValue(value: ChartValue, unit: ChartUnit): string | undefined {
  return unit === 'money' && value !== null ? formatExactMoney(BigInt(value)) : undefined;
}
