import { groupThousands, minusSign, noBreakSpace } from './round';

/** Every digit: `7,288,155`. */
export function formatCount(count: number | bigint): string {
  const digits = (typeof count === 'bigint' ? count : BigInt(Math.round(count))).toString();
  return digits.startsWith('-') ? `${minusSign}${groupThousands(digits.slice(1))}` : groupThousands(digits);
}

/** Three digits and a scale, for large figures and axes: `950`, `42.7K`, `9.52M`. Show the exact count on hover. */
export function formatCompactCount(count: number | bigint): string {
  const size = Math.abs(Number(count));
  const sign = Number(count) < 0 ? minusSign : '';
  if (size < 999.5) return `${sign}${Math.round(size)}`;
  const marks = ['K', 'M', 'B', 'T'];
  let scaled = size / 1000;
  let index = 0;
  while (scaled >= 999.5 && index < marks.length - 1) {
    scaled /= 1000;
    index += 1;
  }
  const decimals = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return `${sign}${scaled.toFixed(decimals).replace(/\.0+$|(?<=\.\d*[1-9])0+$/, '')}${marks[index]}`;
}

/**
 * A fraction as a percent: `54.4%`; with two decimals, for errors, `0.33%`. What is not zero never reads as zero
 * (`<0.01%`), what is not all never reads as 100%, and above 1000% it becomes a factor, `41×`.
 */
export function formatPercent(fraction: number, decimals = 1): string {
  const size = Math.abs(fraction);
  const sign = fraction < 0 ? minusSign : '';
  if (!Number.isFinite(fraction)) return '–';
  if (size > 10) return `${sign}${Math.round(size)}×`;
  const step = 10 ** -(decimals + 2);
  if (size === 0) return `${(0).toFixed(decimals)}%`;
  if (size < step) return `${sign}<${(step * 100).toFixed(decimals)}%`;
  const isCut = size < 1 && Number((size * 100).toFixed(decimals)) >= 100;
  return `${sign}${isCut ? (100 - step * 100).toFixed(decimals) : (size * 100).toFixed(decimals)}%`;
}

/** A change as a percent, always signed: `+20.7%`. */
export function formatPercentChange(fraction: number, decimals = 1): string {
  const text = formatPercent(fraction, decimals);
  return fraction > 0 && Number.isFinite(fraction) ? `+${text}` : text;
}

/** A difference of two percents, in points: `0.03 pp`. */
export function formatPoints(fraction: number, decimals = 2): string {
  const sign = fraction < 0 ? minusSign : '';
  return `${sign}${(Math.abs(fraction) * 100).toFixed(decimals)}${noBreakSpace}pp`;
}

/** `2 ms`, `1.84 s`, `14 min 52 s`, `9 h 27 min`, `1 day 14 h`. Two units at most; the smaller is cut, not rounded. */
export function formatDuration(durationMs: number): string {
  const size = Math.max(0, durationMs);
  if (size < 1000) return unit(Math.floor(size), 'ms');
  if (size < 60_000) return unit((Math.floor(size / 10) / 100).toString(), 's');
  const seconds = Math.floor(size / 1000);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const days = Math.floor(minutes / 1440);
  return pair(days, days === 1 ? 'day' : 'days', Math.floor((minutes % 1440) / 60), 'h');
}

function unit(amount: number | string, name: string): string {
  return `${amount}${noBreakSpace}${name}`;
}

function pair(major: number, majorName: string, minor: number, minorName: string): string {
  return minor === 0 ? unit(major, majorName) : `${unit(major, majorName)}${noBreakSpace}${unit(minor, minorName)}`;
}
