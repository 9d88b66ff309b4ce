const LATENCY_MS_MAX = 2_147_483_647;

/**
 * Latencies are counted by bucket, so that sums over any keys and any time give quantiles. A bucket's upper bound is at
 * most 2^¼ (19 %) above its lower one, so a quantile read from it is at most 9 % off; below 9 ms it is exact.
 */
export const LATENCY_BOUNDS_MS: readonly number[] = makeBounds();

export const QUANTILE_ERROR = 0.09;

/** The whole milliseconds at or above the powers of 2^¼, each once. */
function makeBounds(): number[] {
  const bounds: number[] = [];
  for (let step = 0; ; step += 1) {
    // A power of two is met exactly; the logarithm's rounding must not lift it to the next integer.
    const bound = Math.ceil(2 ** (step / 4) - 1e-9);
    if (bound > LATENCY_MS_MAX) return bounds;
    if (bounds.at(-1) !== bound) bounds.push(bound);
  }
}

/** The bucket of a latency: how many bounds it has reached, as PostgreSQL's `width_bucket` over the same bounds counts. */
export function latencyBucket(milliseconds: number): number {
  let low = 0;
  let high = LATENCY_BOUNDS_MS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((LATENCY_BOUNDS_MS[middle] ?? Number.POSITIVE_INFINITY) <= milliseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A latency that stands for a bucket: the harmonic mean of its first and last millisecond, which is as far off, in proportion, at either. */
export function bucketMilliseconds(bucket: number): number {
  if (bucket === 0) return 0;
  const first = LATENCY_BOUNDS_MS[bucket - 1] ?? LATENCY_MS_MAX;
  const last = (LATENCY_BOUNDS_MS[bucket] ?? LATENCY_MS_MAX) - 1;
  return (2 * first * last) / (first + last);
}

/** The quantile (0 to 1) of latencies counted by bucket, in milliseconds. NULL: none were counted. */
export function latencyQuantile(requestsByBucket: ReadonlyMap<number, bigint>, quantile: number): number | null {
  const buckets = [...requestsByBucket].toSorted(([left], [right]) => left - right);
  const total = buckets.reduce((sum, [, requests]) => sum + requests, 0n);
  if (total === 0n) return null;
  // The nearest rank: the smallest latency that this share of the requests does not pass.
  const rank = Math.max(1, Math.ceil(quantile * Number(total)));
  let seen = 0;
  for (const [bucket, requests] of buckets) {
    seen += Number(requests);
    if (seen >= rank) return bucketMilliseconds(bucket);
  }
  return bucketMilliseconds(buckets.at(-1)?.[0] ?? 0);
}
