import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addChecksum, deflatePiece, GZIP_FRAME_BYTES, GZIP_HEAD, gzipTail, inflatePiece } from './deflate';

it('pieces are one gzip file in their order, and each can be read alone', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 5_000 }),
    fc.string().map((text) => Buffer.from(text.repeat(500))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { maxLength: 6 }), async (pieces) => {
      const contents = await Promise.all(pieces.map(deflatePiece));
      const checksum = pieces.reduce(addChecksum, 0);
      const whole = Buffer.concat(pieces);
      const file = Buffer.concat([GZIP_HEAD, ...contents, gzipTail(checksum, whole.length)]);
      expect(file.length).toBe(contents.reduce((sum, { length }) => sum + length, GZIP_FRAME_BYTES));
      expect(gunzipSync(file).equals(whole)).toBe(true);
      for (const [index, content] of contents.entries())
        expect((await inflatePiece(content)).equals(Buffer.from(pieces[index] ?? []))).toBe(true);
    }),
  );
});

it('a file whose content was changed is no gzip file any more', async () => {
  const content = await deflatePiece(Buffer.from('a,b\r\n'));
  const tail = gzipTail(addChecksum(0, Buffer.from('a,c\r\n')), 5);
  expect(() => gunzipSync(Buffer.concat([GZIP_HEAD, content, tail]))).toThrow(/check/);
});
