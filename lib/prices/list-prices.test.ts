import { describe, expect, it } from 'vitest';
import { listPricesOf } from './list-prices';
import type { Price } from './price-book';

const NOW = new Date('2026-11-21T10:00:00.000Z');

function price(provider: string | null, model: string, input: bigint, validFrom = '2026-01-01'): Price {
  return {
    id: `${provider}/${model}/${input}`,
    workspaceId: null,
    model,
    usageName: null,
    provider,
    validFrom: new Date(validFrom),
    inputNanoUsdPerMillion: input,
    outputNanoUsdPerMillion: 4n * input,
    cacheReadNanoUsdPerMillion: null,
    cacheWriteNanoUsdPerMillion: null,
    unitNanoUsd: null,
    source: 'catalogue',
    createdAt: NOW,
  };
}

const shown = (book: readonly Price[], model: string) =>
  listPricesOf(book, model, NOW).map(({ providers, inputNanoUsdPerMillion }) => [inputNanoUsdPerMillion, ...providers]);

describe('the list prices of a model', () => {
  it('are one for all providers that ask the same, those of most providers first', () => {
    const book = [price('east', 'm', 5n), price('west', 'm', 3n), price('azure', 'm', 3n), price('west', 'other', 1n)];
    expect(shown(book, 'm')).toEqual([
      [3n, 'azure', 'west'],
      [5n, 'east'],
    ]);
  });

  it('are those in force: neither replaced nor still to come', () => {
    const book = [price('west', 'm', 1n), price('west', 'm', 2n, '2026-06-01'), price('west', 'm', 9n, '2027-01-01')];
    expect(shown(book, 'm')).toEqual([[2n, 'west']]);
  });

  it('are found under the bare name too, and never without a provider', () => {
    expect(shown([price('west', 'm', 1n), price(null, 'm', 2n)], 'somebody/m')).toEqual([[1n, 'west']]);
    expect(shown([], 'm')).toEqual([]);
  });
});
