import { expect, it } from 'vitest';
import { CsvNumber, type CsvValue } from '../../exports/csv';
import { rowsAsJson } from './rows-json';

const RANGE = { from: '2024-01-01T00:00:00.000+01:00', to: '2024-01-31T23:59:59.999Z' };

async function write(batches: readonly (readonly (readonly (CsvValue | CsvNumber)[])[])[]): Promise<string> {
  async function* read() {
    yield* batches;
  }
  const parts: Uint8Array[] = [];
  for await (const part of rowsAsJson(['name', 'model', 'requests', 'total_cost_usd'], read(), RANGE)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

it('rows are one JSON answer with their count, over any number of batches', async () => {
  const text = await write([
    [],
    [['=a "b"\n', null, 3n, new CsvNumber('0.000000001')]],
    [],
    [
      ['é😀', 'x', 9_007_199_254_740_993n, new CsvNumber('12.5')],
      ['c', 'y', 0n, new CsvNumber('0')],
    ],
  ]);
  expect(JSON.parse(text)).toEqual({
    success: true,
    data: {
      dataType: 'api_keys',
      recordCount: 3,
      dateRange: RANGE,
      rows: [
        { name: '=a "b"\n', model: null, requests: 3, total_cost_usd: 0.000000001 },
        { name: 'é😀', model: 'x', requests: 9_007_199_254_740_992, total_cost_usd: 12.5 },
        { name: 'c', model: 'y', requests: 0, total_cost_usd: 0 },
      ],
    },
  });
  // Digits that a double does not hold are in the text all the same.
  expect(text).toContain('9007199254740993');
});

it('no rows are an empty list', async () => {
  expect(JSON.parse(await write([]))).toMatchObject({ data: { recordCount: 0, rows: [] } });
});
