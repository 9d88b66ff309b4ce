import type { Measure, Sums } from './contract';
import { measureColumn } from './statement';

/** A row of sums as a statement answers it: bigints by the column of their measure. */
export type SumsRow = Readonly<Record<string, unknown>>;

export function noSums<M extends Measure>(measures: readonly M[]): Sums<M> {
  return toSums({}, measures);
}

/** The sums of a row; a measure that it lacks is 0. */
export function toSums<M extends Measure>(row: SumsRow, measures: readonly M[], prefix = ''): Sums<M> {
  const sums = measures.map((measure) => [measure, bigintOf(row[`${prefix}${measureColumn(measure)}`])]);
  // Every measure asked for is set just above.
  return Object.fromEntries(sums) as Sums<M>;
}

function bigintOf(value: unknown): bigint {
  return typeof value === 'bigint' ? value : 0n;
}

/** A series that is the sum of some of `buckets` buckets each. */
export function addSeries<M extends Measure>(
  series: readonly (readonly Sums<M>[])[],
  buckets: number,
  measures: readonly M[],
): Sums<M>[] {
  return Array.from({ length: buckets }, (_, bucket) => {
    const sums = measures.map((measure) => [
      measure,
      series.reduce((sum: bigint, one) => sum + (one[bucket]?.[measure] ?? 0n), 0n),
    ]);
    return Object.fromEntries(sums) as Sums<M>;
  });
}

export function subtractSums<M extends Measure>(
  from: Sums<M>,
  rest: readonly Sums<M>[],
  measures: readonly M[],
): Sums<M> {
  const left = measures.map((measure) => [
    measure,
    rest.reduce((sum: bigint, sums) => sum - sums[measure], from[measure]),
  ]);
  return Object.fromEntries(left) as Sums<M>;
}

/** Errors among requests, 0 to 1. NULL: there were no requests. */
export function errorRate({ requests, errors }: Sums<'requests' | 'errors'>): number | null {
  return requests === 0n ? null : Number(errors) / Number(requests);
}

/** By what share a sum changed. NULL: there was nothing before. */
export function changeRate(now: bigint, before: bigint): number | null {
  return before === 0n ? null : Number(now - before) / Number(before);
}
