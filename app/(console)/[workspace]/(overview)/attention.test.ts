import { describe, expect, it } from 'vitest';
import type { BudgetState } from '@/lib/budgets/queries/list-budget-states';
import type { KeyRow } from '../keys/key-row';
import { UNUSED } from '../keys/row-usage';
import { type AttentionInput, listAttention } from './attention';

const now = new Date('2026-11-18T14:32:08Z');
const usd = (amount: number) => BigInt(Math.round(amount * 1e9));
const monthEnd = new Date('2026-12-01T00:00:00Z');

function key(changes: Partial<KeyRow>): KeyRow {
  return {
    hash: 'a1',
    name: 'billing-worker',
    environment: 'live',
    owner: null,
    tags: [],
    limitNanoUsd: usd(350),
    limitWindow: 'month',
    includeByokInLimit: false,
    expiresAt: null,
    graceEndsAt: null,
    createdAt: now,
    updatedAt: null,
    lastUsedAt: now,
    monthRequests: 1n,
    monthErrors: 0n,
    hint: 'kl_live_7Qm2…x4Zp',
    status: 'near_limit',
    monthSpendNanoUsd: usd(304.58),
    monthByokNanoUsd: 0n,
    lifetimeSpendNanoUsd: usd(304.58),
    usedNanoUsd: usd(304.5),
    heldNanoUsd: 0n,
    remainingNanoUsd: usd(45.5),
    resetsAt: monthEnd,
    usage: UNUSED,
    now,
    ...changes,
  };
}

function budget(used: number, changes: Partial<BudgetState> = {}): BudgetState {
  return {
    window: 'month',
    limitNanoUsd: usd(22_000),
    usedNanoUsd: usd(used),
    heldNanoUsd: 0n,
    remainingNanoUsd: 0n,
    resetsAt: monthEnd,
    isExhausted: used >= 22_000,
    ...changes,
  };
}

function attentionTo(changes: Partial<AttentionInput>) {
  return listAttention({
    slug: 'prod',
    now,
    canWrite: true,
    budgets: [],
    forecastNanoUsd: null,
    keys: [],
    weekSpend: new Map(),
    unpricedRequests: 0n,
    periodWords: 'this month',
    ...changes,
  });
}

describe('what wants an answer', () => {
  it('is nothing while nothing is near anything', () => {
    expect(
      attentionTo({ budgets: [budget(12_208)], forecastNanoUsd: usd(20_644), keys: [key({ status: 'active' })] }),
    ).toEqual([]);
  });

  it('says when a key will be full at the pace of the week', () => {
    const [item] = attentionTo({ keys: [key({})], weekSpend: new Map([['a1', usd(140)]]) });
    expect(item).toMatchObject({
      tone: 'near',
      title: 'billing-worker is near its limit',
      reason: '87.0% of $350, full about Fri 20 Nov at this week’s pace',
      href: '/prod/keys/a1',
      step: 'Raise limit',
    });
  });

  it('says that a key lasts where the limit resets before it is full', () => {
    const [item] = attentionTo({ keys: [key({})], weekSpend: new Map([['a1', usd(1)]]), canWrite: false });
    expect(item).toMatchObject({ reason: '87.0% of $350, lasts until it resets', step: 'See limit' });
    const [still] = attentionTo({ keys: [key({ resetsAt: null })] });
    expect(still?.reason).toBe('87.0% of $350, lasts until it is raised');
  });

  it('puts what refuses already before what soon will, and prices last', () => {
    const items = attentionTo({
      budgets: [budget(20_000)],
      keys: [
        key({}),
        key({
          hash: 'b2',
          name: 'newsletter',
          status: 'blocked',
          limitWindow: 'week',
          limitNanoUsd: usd(75),
          usedNanoUsd: usd(75),
        }),
        key({ hash: 'c3', name: 'translate', status: 'expires_soon', expiresAt: new Date('2026-11-22T16:00:00Z') }),
      ],
      unpricedRequests: 1200n,
    });
    expect(items.map(({ title }) => title)).toEqual([
      'newsletter is blocked',
      'Monthly budget is nearly used',
      'billing-worker is near its limit',
      'translate expires in 4 days',
      '1,200 requests without a price',
    ]);
    expect(items[0]?.reason).toBe('$75.00 of $75 weekly used, resets 1 Dec, 00:00 UTC');
  });

  it('tells of a budget that is used up, and of one that will not last', () => {
    expect(attentionTo({ budgets: [budget(22_001)] })[0]).toMatchObject({
      tone: 'act',
      title: 'Monthly budget is used up',
      reason: '$22,001.00 of $22,000; holds are refused. It resets 1 Dec, 00:00 UTC.',
    });
    expect(attentionTo({ budgets: [budget(9_000)], forecastNanoUsd: usd(25_000) })[0]).toMatchObject({
      tone: 'near',
      title: 'Monthly budget will not last',
      reason: 'Forecast $25,000.00 of $22,000. It resets 1 Dec, 00:00 UTC.',
    });
    expect(
      attentionTo({ budgets: [budget(9_000, { window: 'lifetime', resetsAt: null })], forecastNanoUsd: usd(25_000) }),
    ).toEqual([]);
  });
});
