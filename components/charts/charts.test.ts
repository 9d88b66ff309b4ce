import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketTick, bucketWords, bucketWordsShort, openWord } from './bucket-words';
import { accumulate, type ChartSeries, totalOf } from './chart-data';
import { drawSeries } from './drawn-series';
import { barsPath, linePath, type Placing, stackOutline } from './paths';
import { labelledBuckets, niceTicks, spreadHeights } from './scale';
import { describeSelection } from './selection';
import { formatTick, formatValue } from './value-words';

const series = (id: string, values: ChartSeries['values'], color: ChartSeries['color'] = 1): ChartSeries => ({
  id,
  name: id,
  color,
  values,
});

describe('ticks of an axis', () => {
  it.each([
    [797, 'money', [0, 200, 400, 600, 800]],
    [0, 'money', [0, 0.0001]],
    [0.00013, 'money', [0, 0.0001, 0.0002]],
    [3, 'count', [0, 1, 2, 3]],
    [1, 'count', [0, 1]],
    [0.0058, 'fraction', [0, 0.002, 0.004, 0.006]],
    [1, 'fraction', [0, 0.25, 0.5, 0.75, 1]],
  ] as const)('up to %d %s are %j', (top, unit, ticks) => {
    expect(niceTicks(top, unit)).toEqual(ticks);
  });

  it('hold the top, are few, and say different things', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        fc.constantFrom('money', 'count', 'fraction', 'milliseconds'),
        fc.constantFrom(3, 5),
        (top, unit, ticksMax) => {
          const size = unit === 'fraction' ? top / 1e12 : top;
          const ticks = niceTicks(size, unit, ticksMax);
          expect(ticks.length).toBeGreaterThan(1);
          expect(ticks.length).toBeLessThanOrEqual(ticksMax);
          expect(ticks.at(-1)).toBeGreaterThanOrEqual(size * (1 - 1e-9));
          const words = ticks.map((tick) => formatTick(tick, unit));
          expect(new Set(words).size).toBe(words.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('labels under an axis', () => {
  it('keep their distance and always name the last bucket', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 800 }), fc.integer({ min: 200, max: 1100 }), (count, width) => {
        const labelled = labelledBuckets(count, width / count, 56, [1, 2, 4, 5, 7, 10, 14, 28, 56, 168]);
        expect(labelled.at(-1)).toBe(count - 1);
        labelled.slice(1).forEach((bucket, index) => {
          expect((bucket - (labelled[index] ?? 0)) * (width / count)).toBeGreaterThanOrEqual(56 * 0.6);
        });
      }),
    );
  });
});

describe('names beside levels', () => {
  it('keep apart, in order, and inside', () => {
    expect(spreadHeights([50, 20, 80], 15, 0, 100)).toEqual([50, 20, 80]);
    expect(spreadHeights([51, 50], 15, 0, 100)).toEqual([65, 50]);
    expect(spreadHeights([98, 100, 99], 15, 0, 100)).toEqual([70, 100, 85]);
    expect(spreadHeights([-5], 15, 8, 100)).toEqual([8]);
  });
});

describe('series', () => {
  const stack = [series('a', [1n, 2n, 0n, null]), series('b', [3n, 0n, 0n, null])];

  it('lie on each other, and know which is uppermost', () => {
    const { series: drawn, top, gaps, shape } = drawSeries(stack, null, 'stacked', 'count');
    expect(drawn.map(({ spans }) => spans)).toEqual([
      [[0, 1], [0, 2], [0, 0], null],
      [[1, 4], [2, 2], [0, 0], null],
    ]);
    expect(drawn.map(({ isTop }) => isTop)).toEqual([
      [false, true, false, false],
      [true, false, false, false],
    ]);
    expect({ top, gaps, shape }).toEqual({ top: 4, gaps: [3], shape: 'bars' });
  });

  it('are parts of a whole, which 0 has none of', () => {
    const { series: drawn, top, unit } = drawSeries(stack, null, 'share', 'count');
    expect(drawn.map(({ spans }) => spans.slice(0, 3))).toEqual([
      [
        [0, 0.25],
        [0, 1],
        [0, 0],
      ],
      [
        [0.25, 1],
        [1, 1],
        [0, 0],
      ],
    ]);
    expect({ top, unit }).toEqual({ top: 1, unit: 'fraction' });
  });

  it('add up from bucket to bucket, with the period before', () => {
    const previous = { label: 'before', bounds: [], values: [5n, 5n] };
    const { previous: before, series: drawn } = drawSeries(stack, previous, 'cumulative', 'count');
    expect(drawn[0]?.spans.map((span) => span?.[1])).toEqual([1, 3, 3, 3]);
    expect(before).toEqual([5, 10, null, null]);
    expect(accumulate([null, 1n, null, 2n])).toEqual([null, 1n, 1n, 3n]);
  });

  it('stand beside each other where they do not add up', () => {
    const drawn = drawSeries([series('a', [0.5, null, 0.25])], null, 'lines', 'fraction');
    expect(drawn.series[0]?.spans).toEqual([[0, 0.5], null, [0, 0.25]]);
    expect(drawn.shape).toBe('lines');
  });

  it('have an exact total, and none where nothing is known', () => {
    const large = 9_007_199_254_740_993n;
    expect(totalOf([series('a', [large, null]), series('b', [1n, null])], 0)).toBe(large + 1n);
    expect(totalOf([series('a', [null])], 0)).toBeNull();
    expect(totalOf([], 0)).toBeNull();
  });
});

describe('marks', () => {
  const placing: Placing = {
    left: (bucket) => bucket * 10,
    right: (bucket) => bucket * 10 + 8,
    middle: (bucket) => bucket * 10 + 4,
    y: (value) => 100 - value,
    edge: 0,
  };

  it('are a gap apart in a stack, and round at its top', () => {
    const { series: drawn } = drawSeries([series('a', [20n, 0n]), series('b', [30n, 0n])], null, 'stacked', 'count');
    const [lower, upper] = drawn;
    if (!lower || !upper) throw new Error('Two series are drawn as two.');
    expect(barsPath(lower, [0, 1], placing)).toBe('M0 100V81H8V100z');
    expect(barsPath(upper, [0, 1], placing)).toBe('M0 80V52q0 -2 2 -2H6q2 0 2 2V80z');
    expect(stackOutline(drawn, 0, placing)).toBe('M-0.5 100V49.5H8.5V100');
    expect(stackOutline(drawn, 1, placing)).toBe('');
  });

  it('break where a value is missing', () => {
    expect(linePath([1, 2, null, 3], placing)).toBe('M4 99L14 98M34 97h.01');
    expect(linePath([null], placing)).toBe('');
  });

  it('rise from where they come from, unless they begin later', () => {
    expect(linePath([1, 2], placing, 0)).toBe('M0 100L4 99L14 98');
    expect(linePath([null, 2], placing, 0)).toBe('M14 98h.01');
  });
});

describe('words of a bucket', () => {
  const bounds = ['2026-11-17', '2026-11-18', '2026-11-19'].map((day) => new Date(`${day}T00:00:00Z`));
  const hours = ['22:30', '23:30'].map((time) => new Date(`2026-11-17T${time}:00Z`));

  it('name a day, an hour of a zone, a week and a month', () => {
    expect(bucketTick(1, 'day', bounds, 'UTC')).toBe('18');
    expect(bucketWords(1, 'day', bounds, 'UTC')).toBe('Wed 18 Nov 2026');
    expect(bucketWordsShort(0, 'day', bounds, 'UTC')).toBe('Tue 17 Nov');
    expect(bucketWords(0, 'hour', hours, 'Asia/Kolkata')).toBe('Wed 18 Nov, 04:00–05:00');
    expect(bucketTick(0, 'hour', bounds, 'UTC')).toBe('17 Nov');
    expect(bucketWords(0, 'week', [bounds[0] ?? new Date(), new Date('2026-11-23Z')], 'UTC')).toBe('17–22 Nov 2026');
    expect(bucketTick(0, 'month', [new Date('2027-01-01Z'), new Date('2027-02-01Z')], 'UTC')).toBe('Jan 2027');
    expect(bucketWordsShort(0, 'month', [new Date('2027-01-01Z')], 'UTC')).toBe('Jan 2027');
    expect(openWord('day')).toBe('Today so far');
  });

  it('name what is selected', () => {
    const buckets = { bounds, granularity: 'day', zone: 'UTC', isLastOpen: false } as const;
    expect(describeSelection({ first: 0, last: 1 }, buckets)).toBe('17–18 Nov 2026');
    const ofHours = { ...buckets, bounds: hours, granularity: 'hour' } as const;
    expect(describeSelection({ first: 0, last: 0 }, ofHours)).toBe('Tue 17 Nov, 22:30 – 23:30');
  });
});

it('values say what they are', () => {
  expect([formatTick(1500, 'money'), formatTick(0.005, 'fraction'), formatTick(0.1, 'fraction')]).toEqual([
    '$1.5K',
    '0.5%',
    '10%',
  ]);
  expect(formatValue(1_284_200_000_000n, 'money')).toBe('$1,284.20');
  expect(formatValue(null, 'fraction')).toBe('–');
  expect(formatValue(1840, 'milliseconds')).toBe('1.84\u00a0s');
});
