import { describe, expect, it } from 'vitest';
import { type Price, type Priceable, priceUsage } from './price-book';

const WORKSPACE = '00000000-0000-4000-8000-000000000001';

function price(fields: Partial<Price>): Price {
  return {
    id: 'p',
    workspaceId: null,
    model: null,
    usageName: null,
    provider: null,
    validFrom: new Date('1970-01-01T00:00:00Z'),
    inputNanoUsdPerMillion: null,
    outputNanoUsdPerMillion: null,
    cacheReadNanoUsdPerMillion: null,
    cacheWriteNanoUsdPerMillion: null,
    unitNanoUsd: null,
    source: 'admin',
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...fields,
  };
}

/** A price of `usd` nano-USD for each input token. */
function modelPrice(model: string, provider: string | null, perToken: bigint, fields: Partial<Price> = {}): Price {
  return price({
    model,
    provider,
    inputNanoUsdPerMillion: perToken * 1_000_000n,
    outputNanoUsdPerMillion: 0n,
    ...fields,
  });
}

function usage(fields: Partial<Priceable>): Priceable {
  return {
    workspaceId: WORKSPACE,
    occurredAt: new Date('2026-06-01T00:00:00Z'),
    model: null,
    provider: null,
    usageName: null,
    usageUnits: null,
    promptTokens: 1n,
    completionTokens: 0n,
    cachedPromptTokens: 0n,
    cacheCreationTokens: 0n,
    ...fields,
  };
}

describe('priceUsage', () => {
  const book = [
    modelPrice('gpt-4o', 'openai', 5n),
    modelPrice('gpt-4o', 'azure', 6n),
    modelPrice('only', 'mistral', 7n),
  ];

  it.each([
    [{ model: 'openai/gpt-4o' }, 5n, 'model'],
    [{ model: 'gpt-4o', provider: 'azure' }, 6n, 'model'],
    [{ model: 'azure/gpt-4o', provider: 'azure' }, 6n, 'model'],
    [{ model: 'only' }, 7n, 'model'],
    [{ model: 'gpt-4o' }, 0n, 'unpriced'],
    [{ model: 'only', provider: 'openai' }, 0n, 'unpriced'],
    [{ model: 'mistral/gpt-4o' }, 0n, 'unpriced'],
    [{}, 0n, 'unpriced'],
  ] as const)('prices %o at %s by %s', (fields, costNanoUsd, pricedBy) => {
    expect(priceUsage(book, usage(fields))).toEqual({ costNanoUsd, pricedBy });
  });

  it('finds a model whose own name has a slash', () => {
    const routed = [modelPrice('openai/gpt-4o', 'openrouter', 9n)];
    expect(priceUsage(routed, usage({ model: 'openai/gpt-4o', provider: 'openrouter' })).costNanoUsd).toBe(9n);
  });

  it('takes the price in force when the usage occurred, and not one that begins later', () => {
    const changing = [
      modelPrice('m', 'p', 1n),
      modelPrice('m', 'p', 2n, { validFrom: new Date('2026-06-01T00:00:00Z') }),
      modelPrice('m', 'p', 3n, { validFrom: new Date('2026-06-01T00:00:00.001Z') }),
    ];
    expect(priceUsage(changing, usage({ model: 'p/m' })).costNanoUsd).toBe(2n);
    expect(
      priceUsage(changing, usage({ model: 'p/m', occurredAt: new Date('2026-05-31T23:59:59.999Z') })).costNanoUsd,
    ).toBe(1n);
  });

  it('prefers the workspace’s own price to the account’s, and never takes another workspace’s', () => {
    const own = [
      modelPrice('m', 'p', 1n),
      modelPrice('m', 'p', 2n, { workspaceId: WORKSPACE }),
      modelPrice('m', 'p', 3n, { workspaceId: 'other' }),
    ];
    expect(priceUsage(own, usage({ model: 'p/m' })).costNanoUsd).toBe(2n);
    expect(priceUsage(own.slice(2), usage({ model: 'p/m' }))).toEqual({ costNanoUsd: 0n, pricedBy: 'unpriced' });
  });

  it('prices units by usage name, no units as none', () => {
    const units = [price({ usageName: 'pages', unitNanoUsd: 250n })];
    expect(priceUsage(units, usage({ usageName: 'pages', usageUnits: 25n }))).toEqual({
      costNanoUsd: 6250n,
      pricedBy: 'usage_name',
    });
    expect(priceUsage(units, usage({ usageName: 'pages' }))).toEqual({ costNanoUsd: 0n, pricedBy: 'usage_name' });
    expect(priceUsage(units, usage({ usageName: 'other', usageUnits: 5n })).pricedBy).toBe('unpriced');
  });
});
