import { expect, it } from 'vitest';
import { catalogueRows } from './catalogue';

it('the catalogue gives hundreds of prices, each name once, all exact', () => {
  const rows = catalogueRows();
  expect(rows.length).toBeGreaterThan(500);
  expect(new Set(rows.map((row) => `${row.provider}/${row.model}`)).size).toBe(rows.length);
  const gpt4o = rows.find((row) => row.provider === 'openai' && row.model === 'gpt-4o');
  expect(gpt4o).toMatchObject({
    inputNanoUsdPerMillion: 2_500_000_000n,
    outputNanoUsdPerMillion: 10_000_000_000n,
    cacheReadNanoUsdPerMillion: 1_250_000_000n,
  });
});
