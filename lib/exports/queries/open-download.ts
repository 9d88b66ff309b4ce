import { validate as isUuid } from 'uuid';
import { AppError } from '../../core/errors';
import { queryRows } from '../../server/db';
import type { ByteRange } from '../byte-range';
import { toSafeNumber } from '../contract';
import { GZIP_FRAME_BYTES, GZIP_HEAD, gzipTail, inflatePiece } from '../deflate';
import { downloadPathOf, fileNameOf } from '../file-path';
import { judgeLink } from '../signed-url';
import { PIECE_BYTES } from '../source';
import { linkKey } from './link-key';

/** A finished file. Its content is read as it is sent, a piece at a time. */
export interface StoredFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly gzipBytes: number;
  /** Changes with the content. */
  readonly etag: string;
  readonly read: (range: ByteRange) => AsyncIterable<Uint8Array>;
  readonly readGzip: () => AsyncIterable<Uint8Array>;
}

export interface DownloadLink {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  readonly expires?: string | undefined;
  readonly signature?: string | undefined;
}

/**
 * The file that a signed link opens, for whoever holds the link. `forbidden`: the link is forged or its time is over;
 * `not_found`: the file was removed.
 */
export async function openDownload(link: DownloadLink, now: Date): Promise<StoredFile> {
  const { workspaceId, id, name } = link;
  switch (judgeLink(await linkKey(), downloadPathOf(workspaceId, id, name), link, now)) {
    case 'forged':
      throw new AppError('forbidden', 'This link is not valid. Ask for a new one.');
    case 'expired':
      throw new AppError('forbidden', 'This link has expired. Ask for a new one.');
    case 'valid': {
      const file = isUuid(workspaceId) && isUuid(id) ? await findFile(workspaceId, id, now) : null;
      if (file?.name !== name) throw new AppError('not_found', 'The file was removed. Make the export again.');
      return file;
    }
  }
}

interface Row {
  file_path: string;
  size_bytes: bigint;
  stored_bytes: bigint;
  checksum: bigint;
}

async function findFile(workspaceId: string, id: string, now: Date): Promise<StoredFile | null> {
  const rows = await queryRows<Row>(
    // A file past its time may wait for its removal; it is gone all the same.
    `SELECT file_path, size_bytes, stored_bytes, checksum FROM exports
      WHERE workspace_id = $1::uuid AND id = $2::uuid AND state = 'done' AND expires_at > $3::timestamptz`,
    [workspaceId, id, now],
  );
  const [row] = rows;
  if (!row) return null;
  const sizeBytes = toSafeNumber(row.size_bytes);
  const checksum = Number(row.checksum);
  const pieces = Math.ceil(sizeBytes / PIECE_BYTES);
  return {
    name: fileNameOf(row.file_path),
    sizeBytes,
    gzipBytes: toSafeNumber(row.stored_bytes) + GZIP_FRAME_BYTES,
    etag: `${id}-${checksum.toString(16)}`,
    read: (range) => readPlain(workspaceId, id, range),
    readGzip: async function* () {
      yield GZIP_HEAD;
      yield* readStored(workspaceId, id, 0, pieces - 1);
      yield gzipTail(checksum, sizeBytes);
    },
  };
}

async function* readPlain(workspaceId: string, id: string, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
  let start = Math.floor(first / PIECE_BYTES) * PIECE_BYTES;
  for await (const content of readStored(workspaceId, id, start / PIECE_BYTES, Math.floor(last / PIECE_BYTES))) {
    const piece = await inflatePiece(content);
    yield piece.subarray(Math.max(0, first - start), last + 1 - start);
    start += piece.length;
  }
}

/** Chunks as they are stored, from one number to another, one read ahead. */
async function* readStored(workspaceId: string, id: string, first: number, last: number): AsyncGenerator<Uint8Array> {
  let next = readChunk(workspaceId, id, first);
  // A failure is told when its turn comes; until then it must not count as one that nobody takes.
  next.catch(() => {});
  for (let sequence = first; sequence <= last; sequence += 1) {
    const content = await next;
    if (sequence < last) {
      next = readChunk(workspaceId, id, sequence + 1);
      next.catch(() => {});
    }
    yield content;
  }
}

async function readChunk(workspaceId: string, id: string, sequence: number): Promise<Uint8Array> {
  const rows = await queryRows<{ content: Uint8Array }>(
    // One chunk by its primary key.
    'SELECT content FROM export_chunks WHERE workspace_id = $1::uuid AND export_id = $2::uuid AND sequence = $3::int',
    [workspaceId, id, sequence],
  );
  const [row] = rows;
  if (!row) throw new Error('A file was removed while it was sent.');
  return row.content;
}
