import { divideRoundHalfUp } from '../core/money';

export interface TokenCounts {
  /** All input tokens, those read from and written to the cache included. */
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
}

/** Nano-USD per million tokens. */
export interface TokenPrice {
  readonly inputNanoUsdPerMillion: bigint;
  readonly outputNanoUsdPerMillion: bigint;
  /** NULL: as input. */
  readonly cacheReadNanoUsdPerMillion: bigint | null;
  /** NULL: as input. */
  readonly cacheWriteNanoUsdPerMillion: bigint | null;
}

const TOKENS_PER_PRICE = 1_000_000n;

/** Input tokens that the cache had no part in. */
export function noCacheTokens(tokens: TokenCounts): bigint {
  return tokens.promptTokens - tokens.cachedPromptTokens - tokens.cacheCreationTokens;
}

/** What a request cost, in nano-USD: the four kinds of tokens at their prices, rounded once, half up. */
export function tokenCostNanoUsd(tokens: TokenCounts, price: TokenPrice): bigint {
  const input = price.inputNanoUsdPerMillion;
  return divideRoundHalfUp(
    noCacheTokens(tokens) * input +
      tokens.cachedPromptTokens * (price.cacheReadNanoUsdPerMillion ?? input) +
      tokens.cacheCreationTokens * (price.cacheWriteNanoUsdPerMillion ?? input) +
      tokens.completionTokens * price.outputNanoUsdPerMillion,
    TOKENS_PER_PRICE,
  );
}

/** Whole units at a price per unit: exact, nothing to round. */
export function unitCostNanoUsd(units: bigint, unitNanoUsd: bigint): bigint {
  return units * unitNanoUsd;
}
