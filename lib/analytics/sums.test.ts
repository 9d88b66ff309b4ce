import { expect, it } from 'vitest';
import { changeRate, errorRate } from './sums';

it('rates are shares, and unknown where there is nothing to be a share of', () => {
  expect(errorRate({ requests: 8n, errors: 2n })).toBe(0.25);
  expect(errorRate({ requests: 0n, errors: 0n })).toBeNull();
  expect(changeRate(150n, 100n)).toBe(0.5);
  expect(changeRate(0n, 100n)).toBe(-1);
  expect(changeRate(5n, 0n)).toBeNull();
});
