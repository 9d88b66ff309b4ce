import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketFigures } from './breakdown';
import { askedFor, isAdditive, SHOWN_MEASURES, unitOf } from './measures-shown';

describe('the figures of buckets', () => {
  it('leave the open bucket and those without usage out of the mean', () => {
    expect(bucketFigures([10n, 0n, 5n, 100n], true)).toEqual({
      mean: 8n,
      meanBuckets: 2,
      highest: 100n,
      highestBucket: 3,
    });
    expect(bucketFigures([10n, 0n, 5n, 100n], false)).toMatchObject({ mean: 38n, meanBuckets: 3 });
    expect(bucketFigures([0.5, null, 0.25], false)).toEqual({
      mean: 0.375,
      meanBuckets: 2,
      highest: 0.5,
      highestBucket: 0,
    });
    expect(bucketFigures([7n], true)).toEqual({ mean: null, meanBuckets: 0, highest: 7n, highestBucket: 0 });
    expect(bucketFigures([], false)).toEqual({ mean: null, meanBuckets: 0, highest: null, highestBucket: null });
  });

  it('the mean is within the lowest and the highest', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 18n }), { minLength: 1 }), (series) => {
        const { mean, highest } = bucketFigures(series, false);
        expect(mean !== null && mean <= (highest ?? 0)).toBe(true);
        expect(mean !== null && series.some((value) => value <= mean)).toBe(true);
      }),
    );
  });
});

it('every measure has a unit and asks for what it needs', () => {
  for (const measure of SHOWN_MEASURES) {
    expect(askedFor(measure).measures).toContain(askedFor(measure).orderBy.measure);
    expect(unitOf(measure) === 'fraction' || unitOf(measure) === 'milliseconds').toBe(!isAdditive(measure));
  }
});
