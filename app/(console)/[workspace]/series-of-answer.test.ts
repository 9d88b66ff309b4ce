import { describe, expect, it } from 'vitest';
import type { Figures, UsageAnswer } from '@/lib/analytics/contract';
import { untilNow } from './series-of-answer';

const hour = (count: number) => new Date(Date.UTC(2026, 10, 21, count));
const figures = (requests: bigint): Figures<'requests'> => ({ sums: { requests }, latency: null });
const ANSWER: UsageAnswer<'requests'> = {
  asOf: hour(2),
  eventsRecorded: 3n,
  prunedBefore: null,
  movedTo: null,
  range: { from: hour(0), to: hour(4) },
  previousRange: null,
  total: figures(3n),
  previous: null,
  bounds: [0, 1, 2, 3, 4].map(hour),
  series: [1n, 2n, 0n, 0n].map(figures),
  previousBounds: null,
  previousSeries: null,
  groups: [{ values: [], total: figures(3n), previous: null, series: [1n, 2n, 0n, 0n].map(figures) }],
  groupCount: 1,
  other: null,
};

describe('the buckets of an answer until now', () => {
  it('end with the one that runs, of the whole and of each group', () => {
    const cut = untilNow(ANSWER, new Date(hour(1).getTime() + 60_000));
    expect(cut.bounds).toEqual([0, 1, 2].map(hour));
    expect(cut.series).toEqual([1n, 2n].map(figures));
    expect(cut.groups[0]?.series).toHaveLength(2);
    expect(cut.total).toEqual(ANSWER.total);
  });

  it('are all of them where all have begun, one where none has, and none where none was asked for', () => {
    expect(untilNow(ANSWER, hour(9))).toEqual(ANSWER);
    expect(untilNow(ANSWER, new Date(0)).series).toHaveLength(1);
    expect(untilNow({ ...ANSWER, bounds: null, series: null }, hour(1)).series).toBeNull();
  });
});
