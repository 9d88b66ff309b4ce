import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isStorableText } from '../core/text';
import { queryRows } from './db';
import { byteArray, plainArray, textArray } from './sql-array';

it('any texts, bytes and numbers arrive as they were', async () => {
  const text = fc.oneof(
    fc.constantFrom('', 'NULL', 'null', '{}', '{a,b}', '"', '\\', '\\"', ' ', ',', "'", '\n', '\t', 'a b', '$1'),
    fc.string({ unit: 'binary' }).filter(isStorableText),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(text), { maxLength: 8 }),
      fc.array(fc.option(fc.uint8Array({ maxLength: 40 })), { maxLength: 8 }),
      fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), { maxLength: 8 }),
      async (texts, bytes, numbers) => {
        const buffers = bytes.map((value) => (value === null ? null : Buffer.from(value)));
        const [row] = await queryRows<object>(
          'SELECT $1::text[] AS texts, $2::bytea[] AS bytes, $3::bigint[] AS numbers',
          [textArray(texts), byteArray(buffers), plainArray(numbers)],
        );
        expect(row).toEqual({ texts, bytes: buffers, numbers });
      },
    ),
    { numRuns: 300 },
  );
});
