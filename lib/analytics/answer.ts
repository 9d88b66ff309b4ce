import type { Group, Measure, Sums } from './contract';
import { addHistograms, type Histogram, NO_REQUESTS, quantilesOf, subtractHistogram } from './latency';
import { noSums, subtractSums } from './sums';

/** Sums of a range and of the one before, which is 0 where none was asked for. */
export interface ComparedSums<M extends Measure> {
  readonly sums: Sums<M>;
  readonly previous: Sums<M>;
}

/** What was read of the whole or of a group. */
export interface Part<M extends Measure> extends ComparedSums<M> {
  /** One for each bucket. NULL: no series asked for. */
  readonly series: readonly Sums<M>[] | null;
  /** One for each bucket, or one in all where there is no series. NULL: not asked for. */
  readonly latencies: readonly Histogram[] | null;
}

/** A part's figures as an answer has them. */
export function toFigures<M extends Measure>(
  { sums, previous, series, latencies }: Part<M>,
  isCompared: boolean,
): Omit<Group<M>, 'values'> {
  return {
    total: { sums, latency: latencies && quantilesOf(addHistograms(latencies)) },
    previous: isCompared ? previous : null,
    series:
      series?.map((ofBucket, bucket) => ({
        sums: ofBucket,
        latency: latencies && quantilesOf(latencies[bucket] ?? NO_REQUESTS),
      })) ?? null,
  };
}

/** What is left of a whole without some of its parts, which do not overlap. */
export function subtractParts<M extends Measure>(
  whole: Part<M>,
  parts: readonly Part<M>[],
  measures: readonly M[],
): Part<M> {
  const less = (from: Sums<M>, sumsOf: (part: Part<M>) => Sums<M> | undefined) =>
    subtractSums(
      from,
      parts.map((part) => sumsOf(part) ?? noSums(measures)),
      measures,
    );
  return {
    sums: less(whole.sums, ({ sums }) => sums),
    previous: less(whole.previous, ({ previous }) => previous),
    series: whole.series?.map((from, bucket) => less(from, ({ series }) => series?.[bucket])) ?? null,
    latencies:
      whole.latencies?.map((from, bucket) =>
        subtractHistogram(from, addHistograms(parts.map(({ latencies }) => latencies?.[bucket] ?? NO_REQUESTS))),
      ) ?? null,
  };
}
