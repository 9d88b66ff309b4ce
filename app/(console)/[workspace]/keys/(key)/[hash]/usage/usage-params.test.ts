import { describe, expect, it } from 'vitest';
import { granularitiesOf, readUsageParams, usageHref } from './usage-params';

const range = (days: number) => ({ from: new Date(0), to: new Date(days * 86_400_000) });

describe('the address of a key’s usage', () => {
  it('holds explicit choices only, and is read back as it was', () => {
    const plain = readUsageParams({});
    expect(usageHref('/k', plain)).toBe('/k');
    for (const change of [
      { isCompared: false },
      { granularity: 'hour' as const },
      { period: { kind: 'custom' as const, from: '2026-11-01', to: '2026-11-18T14:30' }, granularity: 'week' as const },
    ]) {
      const href = usageHref('/k', plain, change);
      expect(readUsageParams(Object.fromEntries(new URL(href, 'http://h').searchParams))).toEqual({
        ...plain,
        ...change,
      });
    }
  });

  it('leaves out what it does not understand', () => {
    expect(readUsageParams({ range: 'ever', compare: 'no', per: 'minute' })).toEqual(readUsageParams({}));
    expect(readUsageParams({ per: ['week', 'day'] }).granularity).toBe('week');
  });
});

describe('the buckets of a range', () => {
  it('are those that can be told apart, and the best unless another is chosen', () => {
    expect(granularitiesOf(range(30), null)).toEqual({ choices: ['hour', 'day', 'week'], shown: 'day' });
    expect(granularitiesOf(range(30), 'hour').shown).toBe('hour');
    expect(granularitiesOf(range(1), 'day')).toEqual({ choices: ['hour'], shown: 'hour' });
    expect(granularitiesOf(range(90), 'hour')).toEqual({ choices: ['day', 'week'], shown: 'day' });
    expect(granularitiesOf(range(1000), null)).toEqual({ choices: ['week'], shown: 'month' });
  });
});
