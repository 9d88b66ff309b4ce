import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvRow } from './csv';
import { type CsvBlock, cutPieces, toBlocks } from './source';

async function* from<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

it('a file is cut into pieces of one length, but for the last, and nothing is lost between them', async () => {
  const block = fc.record({
    bytes: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    rows: fc.nat(9),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(block, { maxLength: 12 }), fc.integer({ min: 1, max: 50 }), async (blocks, length) => {
      const pieces = await collect(cutPieces(['a', 'b'], from(blocks), length));
      const whole = Buffer.concat([Buffer.from('a,b\r\n'), ...blocks.map(({ bytes }) => bytes)]);
      expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(whole)).toBe(true);
      expect(pieces).toHaveLength(Math.ceil(whole.length / length));
      for (const piece of pieces.slice(0, -1)) expect(piece.bytes).toHaveLength(length);
      expect(pieces.map(({ rows }) => rows)).toEqual(pieces.map(({ rows }) => rows).toSorted((a, b) => a - b));
    }),
  );
});

it('a reader that stops ends the reading of the rows', async () => {
  let isEnded = false;
  async function* endless(): AsyncGenerator<CsvBlock> {
    try {
      for (;;) yield { bytes: Buffer.from('x\r\n'), rows: 1 };
    } finally {
      isEnded = true;
    }
  }
  for await (const { rows } of cutPieces(['a'], endless(), 10)) if (rows > 3) break;
  expect(isEnded).toBe(true);
});

it('batches become blocks with their number of rows, and empty ones none', async () => {
  const blocks = await collect(
    toBlocks(
      from([
        [['a', 1n]],
        [],
        [
          ['=b', null],
          ['', 2],
        ],
      ]),
    ),
  );
  expect(blocks.map(({ rows, bytes }) => [rows, bytes.toString()])).toEqual([
    [1, csvRow(['a', 1n])],
    [2, '\'=b,\r\n"",2\r\n'],
  ]);
});
