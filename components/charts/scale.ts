import type { ChartUnit } from './chart-data';

/** Steps that read well, of each power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];
/** Below this the axis' words could not tell two ticks apart: a ten-thousandth dollar, a whole request, 0.01 %. */
const STEP_MIN: Readonly<Record<ChartUnit, number>> = { money: 0.0001, count: 1, fraction: 0.0001, milliseconds: 1 };

/** Ticks from 0 to at least `top`, at most `ticksMax` of them. */
export function niceTicks(top: number, unit: ChartUnit, ticksMax = 5): number[] {
  const intervalsMax = ticksMax - 1;
  const raw = Math.max((top > 0 ? top : STEP_MIN[unit] * intervalsMax) / intervalsMax, STEP_MIN[unit]);
  const power = 10 ** Math.floor(Math.log10(raw));
  // Counts and milliseconds have no halves: 2.5 of a step of one is none.
  const isWhole = unit === 'count' || unit === 'milliseconds';
  const fits = (step: number) => step * (1 + 1e-9) >= raw && (!isWhole || Number.isInteger(step));
  const step = STEPS.map((factor) => clean(factor * power)).find(fits) ?? clean(10 * power);
  const intervals = Math.max(1, Math.ceil(clean(top / step) - 1e-9));
  return Array.from({ length: intervals + 1 }, (_, index) => clean(index * step));
}

/** Without the dust of binary fractions. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * Which buckets get a label: each so many that labels have room, and always the last, whose neighbour gives way.
 * `steps` are the distances that read well.
 */
export function labelledBuckets(
  count: number,
  widthPerBucket: number,
  labelWidth: number,
  steps: readonly number[],
): number[] {
  if (count === 0) return [];
  const step = steps.find((candidate) => candidate * widthPerBucket >= labelWidth) ?? count;
  const last = count - 1;
  const buckets = Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
  return [...buckets.filter((bucket) => (last - bucket) * widthPerBucket >= labelWidth * 0.6), last];
}

/**
 * Heights near those wanted, at least `gap` apart and between `top` and `bottom` as far as there is room; each keeps its
 * place among the others.
 */
export function spreadHeights(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).toSorted((left, right) => (wanted[left] ?? 0) - (wanted[right] ?? 0));
  const heights = [...wanted];
  let least = top;
  for (const index of order) {
    heights[index] = Math.max(heights[index] ?? 0, least);
    least = (heights[index] ?? 0) + gap;
  }
  let most = bottom;
  for (const index of order.toReversed()) {
    heights[index] = Math.min(heights[index] ?? 0, most);
    most = (heights[index] ?? 0) - gap;
  }
  return heights;
}
