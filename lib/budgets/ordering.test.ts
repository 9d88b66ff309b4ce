import { describe, expect, it } from 'vitest';
import type { UsageWindow } from '../core/time-window';
import { findOrderFault } from './ordering';

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
});
