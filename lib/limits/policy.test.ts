import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateLimit } from './policy';

const NOW = new Date('2026-11-21T10:00:00Z');
const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });

describe('evaluateLimit', () => {
  it('without a limit nothing is exhausted and nothing resets', () => {
    const state = evaluateLimit(
      { limitNanoUsd: null, limitWindow: 'day', includeByokInLimit: true },
      { spendNanoUsd: 5n, byokNanoUsd: 7n },
      3n,
      NOW,
    );
    expect(state).toEqual({
      usedNanoUsd: 12n,
      heldNanoUsd: 3n,
      remainingNanoUsd: null,
      resetsAt: null,
      isExhausted: false,
    });
  });

  it('a limit of 0 blocks all spending', () => {
    const state = evaluateLimit(
      { limitNanoUsd: 0n, limitWindow: 'lifetime', includeByokInLimit: false },
      { spendNanoUsd: 0n, byokNanoUsd: 0n },
      0n,
      NOW,
    );
    expect(state).toMatchObject({ remainingNanoUsd: 0n, isExhausted: true, resetsAt: null });
  });

  it('counts BYOK only where the key says so', () => {
    const spend = { spendNanoUsd: 4n, byokNanoUsd: 6n };
    const limit = { limitNanoUsd: 10n, limitWindow: 'month' as const };
    expect(evaluateLimit({ ...limit, includeByokInLimit: false }, spend, 0n, NOW)).toMatchObject({
      usedNanoUsd: 4n,
      isExhausted: false,
    });
    expect(evaluateLimit({ ...limit, includeByokInLimit: true }, spend, 0n, NOW)).toMatchObject({
      usedNanoUsd: 10n,
      isExhausted: true,
    });
  });

  it('limit = used + held + remaining wherever spending stayed under it, and remaining is never negative', () => {
    fc.assert(
      fc.property(amount, amount, amount, (limitNanoUsd, spendNanoUsd, held) => {
        const state = evaluateLimit(
          { limitNanoUsd, limitWindow: 'week', includeByokInLimit: false },
          { spendNanoUsd, byokNanoUsd: 0n },
          held,
          NOW,
        );
        const remaining = state.remainingNanoUsd ?? -1n;
        expect(remaining >= 0n).toBe(true);
        if (spendNanoUsd + held <= limitNanoUsd) expect(state.usedNanoUsd + held + remaining).toBe(limitNanoUsd);
        expect(state.isExhausted).toBe(remaining === 0n);
        expect(state.resetsAt).toEqual(new Date('2026-11-23T00:00:00Z'));
      }),
    );
  });
});
