import type { Granularity } from '@/lib/core/zone';
import type { SeriesColor } from './series-color';

/** `money`: nano-USD. `fraction`: 0 to 1, of which there is none without anything to divide by. */
export type ChartUnit = 'money' | 'count' | 'fraction' | 'milliseconds';
/** Exact where it is a sum. NULL: missing, which is a gap and not 0. */
export type ChartValue = bigint | number | null;

export interface ChartBuckets {
  /** One more than buckets, rising. */
  readonly bounds: readonly Date[];
  readonly granularity: Granularity;
  /** IANA zone of the bounds. */
  readonly zone: string;
  /** The last bucket is not over yet. */
  readonly isLastOpen: boolean;
  /** What the buckets are called in the place of their dates, where they are those of more than one period. */
  readonly names?: readonly BucketName[] | undefined;
}

export interface BucketName {
  /** Under the axis: `18`, `Mon`. */
  readonly tick: string;
  /** In a tooltip and a table. */
  readonly words: string;
}

export interface ChartSeries {
  readonly id: string;
  readonly name: string;
  readonly color: SeriesColor;
  /** One for each bucket. */
  readonly values: readonly ChartValue[];
  /** How its line is drawn, in the view of lines. */
  readonly look?: LineLook | undefined;
  /** What its line rises from, before the first bucket. */
  readonly origin?: ChartValue | undefined;
}

/** `main`: what the chart is about, with a dot where it stands. `forecast`: what is not yet. `faint`: what was long ago. */
export type LineLook = 'main' | 'forecast' | 'faint';

/** A level that the series are held against, such as a limit, named at the right. */
export interface ChartLevel {
  readonly id: string;
  readonly label: string;
  readonly value: bigint | number;
  /** `word`: no line, only its name at its height. */
  readonly tone: 'danger' | 'accent' | 'word';
}

/** What the same buckets of the period before came to. It may be shorter. */
export interface ChartPrevious {
  /** Its range: `1–18 Oct`. */
  readonly label: string;
  readonly bounds: readonly Date[];
  readonly values: readonly ChartValue[];
  /** What its line rises from, before the first bucket. */
  readonly origin?: ChartValue | undefined;
}

/**
 * `stacked`: parts of a sum. `lines`: each on its own, for what does not add up. `share`: parts of 100 %. `cumulative`: what
 * each bucket and those before it come to.
 */
export const CHART_VIEWS = ['stacked', 'lines', 'share', 'cumulative'] as const;
export type ChartView = (typeof CHART_VIEWS)[number];

/** For drawing alone: money in dollars. */
export function toDrawn(value: ChartValue, unit: ChartUnit): number | null {
  if (value === null) return null;
  return unit === 'money' ? Number(value) / 1e9 : Number(value);
}

/** The sum of what the series have in a bucket. NULL: none has anything. Sums of whole numbers are exact. */
export function totalOf(series: readonly ChartSeries[], bucket: number): ChartValue {
  const values = series.flatMap(({ values }) => values[bucket] ?? []);
  if (values.length === 0) return null;
  if (values.every((value) => typeof value === 'bigint')) return values.reduce((sum, value) => sum + value, 0n);
  return values.reduce<number>((sum, value) => sum + Number(value), 0);
}

/** What each bucket and those before it come to; after the last known value there is none. */
export function accumulate(values: readonly ChartValue[]): ChartValue[] {
  let sum: ChartValue = null;
  return values.map((value) => {
    if (value === null) return sum;
    sum =
      sum === null
        ? value
        : typeof sum === 'bigint' && typeof value === 'bigint'
          ? sum + value
          : Number(sum) + Number(value);
    return sum;
  });
}
