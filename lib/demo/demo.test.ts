import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueRows } from '../prices/catalogue';
import { usageEvent } from '../usage/contract';
import type { DemoPlan } from './contract';
import { DEMO_KEYS } from './keys';
import { chooseLimit, roundDown, roundUp } from './limits';
import { Random } from './random';
import { UNPRICED } from './recipe';
import { generateTraffic } from './traffic';

const plan: DemoPlan = { seed: 1, days: 90, end: new Date('2026-11-21T06:04:49.522Z') };

describe('Random', () => {
  it('gives the same numbers on every machine', () => {
    const random = new Random('1 search-indexer 0');
    const numbers = Array.from({ length: 4 }, () => Math.floor(random.unit() * 4_294_967_296));
    // Worked out by another implementation of the three published algorithms.
    expect(numbers).toEqual([468007862, 1765058426, 1482045622, 354239465]);
  });

  it('is even, and its other shapes have the mean that they claim', () => {
    const random = new Random('shapes');
    const mean = (draw: () => number) =>
      Array.from({ length: 20_000 }, draw).reduce((sum, value) => sum + value, 0) / 20_000;
    expect(mean(() => random.unit())).toBeCloseTo(0.5, 1);
    expect(mean(() => random.normal())).toBeCloseTo(0, 1);
    expect(mean(() => random.poisson(7))).toBeCloseTo(7, 0);
    expect(mean(() => random.poisson(900)) / 900).toBeCloseTo(1, 2);
    expect(
      mean(() =>
        random.pick([
          [0, 1],
          [1, 3],
        ]),
      ),
    ).toBeCloseTo(0.75, 1);
  });
});

describe('the keys', () => {
  it('are some forty, each with a name of its own', () => {
    expect(DEMO_KEYS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(DEMO_KEYS.map(({ name }) => name)).size).toBe(DEMO_KEYS.length);
  });

  it('were made before the workspace’s last days, or bring no traffic', () => {
    expect(DEMO_KEYS.filter(({ createdDaysAgo, traffic }) => createdDaysAgo < 14 && traffic !== null)).toEqual([]);
    expect(DEMO_KEYS.every(({ createdDaysAgo }) => createdDaysAgo < 400)).toBe(true);
  });

  it('use models that the price book knows, but for one', () => {
    const known = new Set(catalogueRows().map(({ provider, model }) => `${provider}/${model}`));
    const used = DEMO_KEYS.flatMap(({ traffic }) => (traffic?.models ?? []).map(([model]) => model));
    expect([...new Set(used)].filter((model) => !known.has(model))).toEqual([UNPRICED]);
  });
});

describe('the traffic', () => {
  const events = [...generateTraffic(plan, DEMO_KEYS)];

  it('is the same for the same seed, and another for another', () => {
    const digest = (seed: number) =>
      createHash('sha256')
        .update(JSON.stringify([...generateTraffic({ ...plan, seed, days: 5 }, DEMO_KEYS)]))
        .digest('hex');
    expect(digest(1)).toBe(digest(1));
    expect(digest(1)).not.toBe(digest(2));
  });

  it('is as much as a demo needs, in the order of time, and ends at its end', () => {
    expect(events.length).toBeGreaterThan(60_000);
    expect(events.length).toBeLessThan(110_000);
    expect(events.every(({ at }, index) => at >= (events[index - 1]?.at ?? 0))).toBe(true);
    expect(events.at(-1)?.at).toBeLessThan(plan.end.getTime());
    expect((plan.end.getTime() - (events[0]?.at ?? 0)) / 86_400_000).toBeGreaterThan(89);
  });

  it('fits the contract, event for event', () => {
    const bad = events.filter(({ content }) => !usageEvent.safeParse({ ...content, key_hash: 'x' }).success);
    expect(bad).toEqual([]);
  });

  it('fails in between 0.1 and 5 percent of requests', () => {
    const errors = events.filter(({ content }) => Number(content.status) >= 400).length;
    expect(errors / events.length).toBeGreaterThan(0.001);
    expect(errors / events.length).toBeLessThan(0.05);
  });

  it('of a key does not depend on the other keys', () => {
    const alone = DEMO_KEYS.filter(({ name }) => name === 'checkout-api');
    expect([...generateTraffic(plan, alone)]).toEqual(events.filter(({ keyName }) => keyName === 'checkout-api'));
  });

  it('of an ended key stops before its end', () => {
    const last = Math.max(...events.filter(({ keyName }) => keyName === 'contractor-temp').map(({ at }) => at));
    expect(last).toBeLessThan(plan.end.getTime() - 3 * 86_400_000);
  });
});

describe('limits', () => {
  const amounts = fc.bigInt({ min: 100n, max: 10n ** 15n });
  const spendOf = (used: bigint) => ({ day: used, week: used, month: used, lifetime: used });

  it('that are nearly used are between 80 and 100 percent used', () => {
    fc.assert(
      fc.property(amounts, (used) => {
        const { limitNanoUsd } = chooseLimit({ kind: 'near', window: 'month' }, spendOf(used), 90);
        expect(used * 100n >= (limitNanoUsd ?? 0n) * 80n && used < (limitNanoUsd ?? 0n)).toBe(true);
      }),
    );
  });

  it('that are exhausted leave nothing', () => {
    fc.assert(
      fc.property(amounts, (used) => {
        const { limitNanoUsd } = chooseLimit({ kind: 'exhausted', window: 'week' }, spendOf(used), 90);
        expect(limitNanoUsd !== null && limitNanoUsd <= used).toBe(true);
      }),
    );
  });

  it('with room are less than 80 percent used', () => {
    fc.assert(
      fc.property(amounts, (used) => {
        const { limitNanoUsd } = chooseLimit({ kind: 'share', window: 'day', percent: 77 }, spendOf(used), 90);
        expect(used * 100n < (limitNanoUsd ?? 0n) * 80n).toBe(true);
      }),
    );
  });

  it('look at a wider window while their own holds nothing, and none is set on a key that spent nothing', () => {
    const justBegun = { day: 0n, week: 0n, month: 5_000n, lifetime: 9_000n };
    expect(chooseLimit({ kind: 'exhausted', window: 'day' }, justBegun, 90)).toEqual({
      limitNanoUsd: 5_000n,
      limitWindow: 'month',
    });
    expect(chooseLimit({ kind: 'share', window: 'month', percent: 50 }, spendOf(0n), 90).limitNanoUsd).toBe(null);
    expect(chooseLimit({ kind: 'none' }, spendOf(7n), 90).limitNanoUsd).toBe(null);
  });

  it('are round', () => {
    expect([roundUp(12_345n), roundDown(12_345n), roundUp(12_000n), roundUp(0n), roundDown(7n)]).toEqual([
      13_000n,
      12_000n,
      12_000n,
      0n,
      7n,
    ]);
  });
});
