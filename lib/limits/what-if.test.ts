import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowStart } from '../core/time-window';
import { type DayOfUsage, replayLimit, replayStart, suggestLimit } from './what-if';

const FIRST = Date.UTC(2026, 9, 26);
const DAY = 86_400_000;
const usd = (amount: number) => BigInt(Math.round(amount * 1e9));
const days = (...spent: readonly number[]): DayOfUsage[] =>
  spent.map((amount, index) => ({ start: new Date(FIRST + index * DAY), spentNanoUsd: usd(amount), requests: 10n }));

const amount = fc.bigInt(0n, 50n);
const anyDays = fc
  .array(fc.record({ spentNanoUsd: amount, requests: fc.bigInt(0n, 9n) }), { minLength: 1, maxLength: 80 })
  .map((list) => list.map((day, index): DayOfUsage => ({ ...day, start: new Date(FIRST + index * DAY) })));
const anyWindow = fc.constantFrom('day', 'week', 'month', 'lifetime');

describe('what another limit would have refused', () => {
  it('refuses from where the window’s limit is reached, and begins anew with the next window', () => {
    // 26 October is a Monday; 2 November the next.
    const result = replayLimit(days(3, 3, 3, 0, 0, 0, 0, 4, 7), { limitNanoUsd: usd(5), window: 'week' }, 0n);
    expect(result.days.map(({ refusedNanoUsd }) => Number(refusedNanoUsd) / 1e9)).toEqual([0, 1, 3, 0, 0, 0, 0, 0, 6]);
    // A third of the second day's requests; all of those after, also where nothing was spent.
    expect(result.days.map(({ refusedRequests }) => Number(refusedRequests))).toEqual([0, 3, 10, 10, 10, 10, 10, 0, 8]);
    expect(result.windows).toMatchObject([
      { spentNanoUsd: usd(9), refusedNanoUsd: usd(4), refusesFrom: new Date(FIRST + DAY) },
      { spentNanoUsd: usd(11), refusedNanoUsd: usd(6), refusesFrom: new Date(FIRST + 8 * DAY) },
    ]);
    expect([result.daysWithRefusals, result.refusedNanoUsd]).toEqual([7, usd(10)]);
  });

  it('counts what the first window had spent before', () => {
    const result = replayLimit(days(3, 3), { limitNanoUsd: usd(10), window: 'lifetime' }, usd(6));
    expect(result.refusedNanoUsd).toBe(usd(2));
    expect(replayLimit(days(3), { limitNanoUsd: usd(5), window: 'lifetime' }, usd(6)).refusedNanoUsd).toBe(usd(3));
  });

  it('splits all that was spent into what a window’s limit allows and what it refuses', () => {
    fc.assert(
      fc.property(anyDays, amount, anyWindow, amount, (list, limitNanoUsd, window, spentBefore) => {
        const { days: replayed, windows, ...sums } = replayLimit(list, { limitNanoUsd, window }, spentBefore);
        const spent = list.reduce((sum, day) => sum + day.spentNanoUsd, 0n);
        expect(windows.reduce((sum, one) => sum + one.spentNanoUsd, 0n)).toBe(spent);
        expect(windows.reduce((sum, one) => sum + one.refusedNanoUsd, 0n)).toBe(sums.refusedNanoUsd);
        windows.forEach((one, index) => {
          const before = index === 0 ? spentBefore : 0n;
          const room = limitNanoUsd > before ? limitNanoUsd - before : 0n;
          expect(one.refusedNanoUsd).toBe(one.spentNanoUsd > room ? one.spentNanoUsd - room : 0n);
        });
        for (const day of replayed) {
          expect(day.refusedNanoUsd >= 0n && day.refusedNanoUsd <= day.spentNanoUsd).toBe(true);
          expect(day.refusedRequests >= 0n && day.refusedRequests <= day.requests).toBe(true);
        }
      }),
    );
  });

  it('never refuses more under a higher limit', () => {
    fc.assert(
      fc.property(anyDays, amount, amount, anyWindow, (list, one, other, window) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const lower = replayLimit(list, { limitNanoUsd: low, window }, 0n);
        const higher = replayLimit(list, { limitNanoUsd: high, window }, 0n);
        expect(higher.refusedNanoUsd <= lower.refusedNanoUsd).toBe(true);
        expect(higher.refusedRequests <= lower.refusedRequests).toBe(true);
        expect(higher.daysWithRefusals <= lower.daysWithRefusals).toBe(true);
      }),
    );
  });

  it('refuses everything at a limit of 0, and nothing at the suggested one', () => {
    fc.assert(
      fc.property(anyDays, anyWindow, (list, window) => {
        const none = replayLimit(list, { limitNanoUsd: 0n, window }, 0n);
        expect(none.refusedNanoUsd).toBe(list.reduce((sum, day) => sum + day.spentNanoUsd, 0n));
        expect(none.refusedRequests).toBe(list.reduce((sum, day) => sum + day.requests, 0n));
        const suggested = suggestLimit(none.windows);
        expect(suggested === null).toBe(none.refusedNanoUsd === 0n);
        if (suggested !== null) {
          expect(replayLimit(list, { limitNanoUsd: suggested, window }, 0n).refusedNanoUsd).toBe(0n);
        }
      }),
    );
  });

  it('suggests round amounts', () => {
    const suggestion = (spent: number) =>
      suggestLimit(replayLimit(days(spent), { limitNanoUsd: 0n, window: 'day' }, 0n).windows);
    expect(suggestion(0)).toBeNull();
    expect(suggestion(512)).toBe(usd(570));
    expect(suggestion(0.0042)).toBe(usd(0.0047));
  });

  it('begins where the first window does', () => {
    const now = new Date('2026-11-21T10:00:00Z');
    expect(replayStart('day', now, 90)).toEqual(new Date('2026-08-24T00:00:00Z'));
    expect(replayStart('lifetime', now, 90)).toEqual(new Date('2026-08-24T00:00:00Z'));
    expect(replayStart('month', now, 90)).toEqual(new Date('2026-08-01T00:00:00Z'));
    expect(replayStart('week', now, 90)).toEqual(windowStart('week', new Date('2026-08-24T00:00:00Z')));
  });
});
