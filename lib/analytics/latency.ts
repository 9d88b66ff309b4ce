import { latencyQuantile } from '../usage/latency';
import type { Latency } from './contract';

/** Requests by bucket of their latency: what sums and differences of quantiles are made of. */
export type Histogram = ReadonlyMap<number, bigint>;

export const NO_REQUESTS: Histogram = new Map();

/** Out of two lists of the same length, in which a bucket may stand more than once. */
export function toHistogram(buckets: readonly number[], requests: readonly bigint[]): Histogram {
  return addHistograms(buckets.map((bucket, index) => new Map([[bucket, requests[index] ?? 0n]])));
}

export function addHistograms(histograms: readonly Histogram[]): Histogram {
  const sum = new Map<number, bigint>();
  for (const histogram of histograms) {
    for (const [bucket, requests] of histogram) sum.set(bucket, (sum.get(bucket) ?? 0n) + requests);
  }
  return sum;
}

export function subtractHistogram(from: Histogram, histogram: Histogram): Histogram {
  const negative = new Map([...histogram].map(([bucket, requests]) => [bucket, -requests]));
  return new Map([...addHistograms([from, negative])].filter(([, requests]) => requests !== 0n));
}

export function quantilesOf(histogram: Histogram): Latency {
  const at = (share: number) => latencyQuantile(histogram, share);
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}
