import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, inflateRaw } from 'node:zlib';

/**
 * Pieces of a file are compressed one by one as raw deflate (RFC 1951) that ends in a full flush: in their order they are
 * one deflate stream, and each of them can be read alone. With a head and a tail around them they are a gzip file
 * (RFC 1952), so a stored file is sent compressed as it lies.
 */
const compress = promisify<Uint8Array, object, Buffer>(deflateRaw);
const expand = promisify<Uint8Array, object, Buffer>(inflateRaw);

/** The fastest level: CSV of usage shrinks to a fifth by it, and a better one costs more than its bytes. */
const LEVEL = 1;

export function deflatePiece(piece: Uint8Array): Promise<Buffer> {
  return compress(piece, { level: LEVEL, finishFlush: constants.Z_FULL_FLUSH });
}

export function inflatePiece(content: Uint8Array): Promise<Buffer> {
  return expand(content, { finishFlush: constants.Z_SYNC_FLUSH });
}

/** CRC-32 of all pieces so far. */
export function addChecksum(checksum: number, piece: Uint8Array): number {
  // Nothing at all begins the checksum anew in zlib.
  return piece.length === 0 ? checksum : crc32(piece, checksum);
}

/** No name and no time: the same content makes the same file. */
export const GZIP_HEAD: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/** An empty last block, the checksum, and the length modulo 2^32. */
export function gzipTail(checksum: number, sizeBytes: number): Uint8Array {
  const tail = Buffer.alloc(10);
  tail.set([3, 0]);
  tail.writeUInt32LE(checksum, 2);
  tail.writeUInt32LE(sizeBytes % 2 ** 32, 6);
  return tail;
}

export const GZIP_FRAME_BYTES = GZIP_HEAD.length + 10;
