import { describe, expect, it } from 'vitest';
import type { UsageOfKey } from '@/lib/analytics/queries/read-usage-of-keys';
import { toRowUsage, UNUSED } from './row-usage';

const USD = 1_000_000_000n;
const usage = (fields: Partial<UsageOfKey>): UsageOfKey => ({
  requests: 4n,
  errors: 0n,
  spendNanoUsd: 3n * USD,
  byokNanoUsd: 0n,
  days: [
    { requests: 1n, spendNanoUsd: USD, byokNanoUsd: 0n },
    { requests: 3n, spendNanoUsd: 2n * USD, byokNanoUsd: 0n },
  ],
  endpoints: [{ endpoint: '/v1/chat', requests: 4n }],
  ...fields,
});

describe('the last days of a key in its row', () => {
  it('are empty without a request', () => {
    expect(toRowUsage(undefined, new Map())).toEqual(UNUSED);
    expect(toRowUsage(usage({ requests: 0n }), new Map())).toEqual(UNUSED);
  });

  it('draw spend, own provider keys included, or requests where nothing was spent', () => {
    const days = [{ requests: 4n, spendNanoUsd: USD, byokNanoUsd: USD / 2n }];
    const spent = toRowUsage(usage({ days, spendNanoUsd: USD, byokNanoUsd: USD / 2n }), new Map());
    expect(spent.days).toEqual([1.5]);
    expect(spent.daysLabel).toBe('Spend by day. $1.50, of it $0.5000 BYOK and 4 requests in the last 30 days.');
    const free = [{ requests: 4n, spendNanoUsd: 0n, byokNanoUsd: 0n }];
    expect(toRowUsage(usage({ days: free, spendNanoUsd: 0n }), new Map()).days).toEqual([4]);
  });

  it('share out the endpoints in their colours, and put what has no place under Other', () => {
    const endpoints = ['/a', '/b', null, '/c', '/d', '/e'].map((endpoint) => ({ endpoint, requests: 1n }));
    const row = toRowUsage(usage({ requests: 8n, endpoints }), new Map([['/b', 3]]));
    expect(row.endpoints.map(({ id, slot }) => [id, slot])).toEqual([
      ['/a', null],
      ['/b', 3],
      ['', null],
      ['/c', null],
      ['/d', null],
      ['other', null],
    ]);
    expect(row.endpoints.reduce((sum, { fraction }) => sum + fraction, 0)).toBeCloseTo(1);
    expect(row.endpointsLabel).toContain('No endpoint named 12.5%, /c 12.5%, /d 12.5%, Other 37.5%.');
  });
});
