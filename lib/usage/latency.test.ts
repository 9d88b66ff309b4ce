import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketMilliseconds, LATENCY_BOUNDS_MS, latencyBucket, latencyQuantile, QUANTILE_ERROR } from './latency';

const latency = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 2_147_483_647 }));

describe('latency buckets', () => {
  it('counts the bounds that a latency has reached', () => {
    fc.assert(
      fc.property(latency, (milliseconds) => {
        expect(latencyBucket(milliseconds)).toBe(LATENCY_BOUNDS_MS.filter((bound) => bound <= milliseconds).length);
      }),
    );
  });

  it('stands for its latencies within the stated error', () => {
    fc.assert(
      fc.property(latency, (milliseconds) => {
        const error = Math.abs(bucketMilliseconds(latencyBucket(milliseconds)) - milliseconds);
        expect(error).toBeLessThanOrEqual(milliseconds * QUANTILE_ERROR);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the nearest-rank quantile within the stated error, and NULL for nothing', () => {
    expect(latencyQuantile(new Map(), 0.5)).toBeNull();
    fc.assert(
      fc.property(
        fc.array(latency, { minLength: 1, maxLength: 50 }),
        fc.constantFrom(0, 0.5, 0.95, 1),
        (all, quantile) => {
          const counts = new Map<number, bigint>();
          for (const one of all) counts.set(latencyBucket(one), (counts.get(latencyBucket(one)) ?? 0n) + 1n);
          const sorted = all.toSorted((left, right) => left - right);
          const exact = sorted[Math.max(1, Math.ceil(quantile * all.length)) - 1] ?? 0;
          const estimate = latencyQuantile(counts, quantile) ?? Number.NaN;
          expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(exact * QUANTILE_ERROR);
        },
      ),
    );
  });
});
