import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenCostNanoUsd } from './cost';

const count = fc.bigInt({ min: 0n, max: 10_000_000n });
const price = fc.bigInt({ min: 0n, max: 1_000_000_000_000n });

/** An exact calculation of its own: a fraction of nano-USD over a million. */
function exactMillionths(kinds: readonly (readonly [bigint, bigint])[]): bigint {
  return kinds.reduce((sum, [tokens, perMillion]) => sum + tokens * perMillion, 0n);
}

describe('tokenCostNanoUsd', () => {
  it('prices a GPT-4o request to the nano-dollar', () => {
    const cost = tokenCostNanoUsd(
      { promptTokens: 4808n, completionTokens: 10n, cachedPromptTokens: 808n, cacheCreationTokens: 0n },
      {
        inputNanoUsdPerMillion: 2_500_000_000n,
        outputNanoUsdPerMillion: 10_000_000_000n,
        cacheReadNanoUsdPerMillion: 1_250_000_000n,
        cacheWriteNanoUsdPerMillion: null,
      },
    );
    // 4000 × $2.50 + 808 × $1.25 + 10 × $10, each per million.
    expect(cost).toBe(11_110_000n);
  });

  it('rounds once: the result is within half a nano-dollar of the exact fraction', () => {
    fc.assert(
      fc.property(count, count, count, count, price, price, price, price, (fresh, read, write, out, a, b, c, d) => {
        const cost = tokenCostNanoUsd(
          {
            promptTokens: fresh + read + write,
            completionTokens: out,
            cachedPromptTokens: read,
            cacheCreationTokens: write,
          },
          {
            inputNanoUsdPerMillion: a,
            outputNanoUsdPerMillion: b,
            cacheReadNanoUsdPerMillion: c,
            cacheWriteNanoUsdPerMillion: d,
          },
        );
        const exact = exactMillionths([
          [fresh, a],
          [read, c],
          [write, d],
          [out, b],
        ]);
        const errorTwice = 2n * (cost * 1_000_000n - exact);
        expect(errorTwice > -1_000_000n && errorTwice <= 1_000_000n).toBe(true);
      }),
    );
  });

  it('charges cached tokens as input where the book names no cache price', () => {
    const tokens = {
      promptTokens: 1_000_000n,
      completionTokens: 0n,
      cachedPromptTokens: 400_000n,
      cacheCreationTokens: 100_000n,
    };
    const book = {
      inputNanoUsdPerMillion: 7n,
      outputNanoUsdPerMillion: 0n,
      cacheReadNanoUsdPerMillion: null,
      cacheWriteNanoUsdPerMillion: null,
    };
    expect(tokenCostNanoUsd(tokens, book)).toBe(7n);
  });
});
