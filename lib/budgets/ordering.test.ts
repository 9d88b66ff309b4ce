import { describe, expect, it } from 'vitest';
import type { UsageWindow } from '../core/time-window';
import { budgetsVersion, findOrderFault, findOutOfOrder } from './ordering';

const of = (...entries: [UsageWindow, bigint][]) => findOrderFault(new Map(entries));

describe('the order of budgets', () => {
  it('takes budgets that fall strictly from lifetime to daily, with gaps', () => {
    expect(of()).toBeNull();
    expect(of(['day', 1n])).toBeNull();
    expect(of(['day', 1n], ['lifetime', 2n])).toBeNull();
    expect(of(['day', 1n], ['week', 2n], ['month', 3n], ['lifetime', 4n])).toBeNull();
  });

  it('refuses an equal and a higher narrower budget, and names both', () => {
    expect(of(['day', 350_000_000_000n], ['month', 350_000_000_000n])).toBe(
      'limit_usd: The daily budget of $350 must be below the monthly budget of $350.',
    );
    expect(of(['week', 3n], ['lifetime', 2n])).toContain('weekly');
  });

  it('names the narrower budget and the one that it must stay below, over a gap too', () => {
    const budgets = new Map<UsageWindow, bigint>([
      ['day', 5n],
      ['month', 5n],
      ['lifetime', 9n],
    ]);
    expect(findOutOfOrder(budgets)).toEqual({
      window: 'day',
      limitNanoUsd: 5n,
      broader: { window: 'month', limitNanoUsd: 5n },
    });
  });
});

it('a version differs with every amount and with BYOK', () => {
  const limits = { day: 1n, week: null, month: 3n, lifetime: null };
  const versions = [
    { limits, includeByok: false },
    { limits, includeByok: true },
    { limits: { ...limits, day: 2n }, includeByok: false },
    { limits: { ...limits, day: null, week: 1n }, includeByok: false },
  ].map(budgetsVersion);
  expect(new Set(versions).size).toBe(4);
  expect(budgetsVersion({ limits: { ...limits }, includeByok: false })).toBe(versions[0]);
});
