import { describe, expect, it } from 'vitest';
import { linesOf } from './what-if-lines';

const utc = (date: string) => new Date(`${date}T00:00:00Z`);
const curve = (start: string, ...sums: readonly bigint[]) => ({ start: utc(start), fromNanoUsd: 0n, sums });

describe('windows laid over each other', () => {
  it('stand day over day, the one before dotted, those before that faint, and the forecast from where today stands', () => {
    const { buckets, series, previous } = linesOf(
      [curve('2026-11-02', 1n), curve('2026-11-09', 1n, 2n), curve('2026-11-16', 5n, 7n, 8n)],
      'week',
      { sums: [9n, 10n, 11n, 12n], endNanoUsd: 12n },
      3,
    );
    expect(buckets.names?.map(({ tick }) => tick)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
    expect(buckets.names?.[2]?.words).toBe('Wed 18 Nov 2026');
    expect(series.map(({ name, look, values }) => [name, look, values])).toEqual([
      ['This week', 'main', [5n, 7n, 8n, null, null, null, null]],
      ['Forecast at the pace of 7 days', 'forecast', [null, null, 8n, 9n, 10n, 11n, 12n]],
      ['2 Nov', 'faint', [1n, null, null, null, null, null, null]],
    ]);
    expect([previous?.label, previous?.values.slice(0, 3)]).toEqual(['Last week', [1n, 2n, null]]);
  });

  it('have room for the longest month, whose last day is no date of a shorter one', () => {
    const { buckets } = linesOf([curve('2026-10-01', 1n), curve('2026-11-01', 1n)], 'month', null, 'strong');
    expect(buckets.names).toHaveLength(31);
    expect(buckets.names?.at(-2)).toEqual({ tick: '30', words: 'Mon 30 Nov 2026' });
    expect(buckets.names?.at(-1)).toEqual({ tick: '31', words: 'Day 31' });
  });

  it('are one line by its dates where nothing resets', () => {
    const { buckets, series, previous } = linesOf(
      [{ ...curve('2026-11-01', 11n, 12n), fromNanoUsd: 10n }],
      'lifetime',
      null,
      'strong',
    );
    expect([buckets.names, buckets.bounds.length, previous]).toEqual([undefined, 3, null]);
    expect(series).toMatchObject([{ name: 'In total', origin: 10n, values: [11n, 12n] }]);
  });
});
