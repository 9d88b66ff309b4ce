import { StreamReply } from '../../core/endpoint';
import { parseByteRange } from '../../exports/byte-range';

/** A file as `openDownload` gives it. */
interface File {
  readonly name: string;
  readonly sizeBytes: number;
  readonly gzipBytes: number;
  readonly etag: string;
  readonly read: (range: { readonly first: number; readonly last: number }) => AsyncIterable<Uint8Array>;
  readonly readGzip: () => AsyncIterable<Uint8Array>;
}

/** Below this share of the plain size, sending a file compressed pays. */
const GZIP_SHARE_MAX = 0.9;
const CSV = 'text/csv; charset=utf-8';

/** A name that is letters, digits, hyphens and points needs no quoting in a header. */
export function attachmentHeaders(name: string): Record<string, string> {
  return {
    'content-type': CSV,
    'content-disposition': `attachment; filename="${name}"`,
    'x-content-type-options': 'nosniff',
  };
}

/** The answer to a request for a file: whole, compressed as it lies where that pays, in part, or not again. */
export function replyWithFile(file: File, header: (name: string) => string | null): StreamReply {
  const isGzip = acceptsGzip(header('accept-encoding')) && file.gzipBytes < file.sizeBytes * GZIP_SHARE_MAX;
  const plainTag = `"${file.etag}"`;
  const gzipTag = `"${file.etag}-gzip"`;
  const shared = { ...attachmentHeaders(file.name), 'accept-ranges': 'bytes', vary: 'accept-encoding' };
  const known = header('if-none-match');
  if (known === plainTag || known === gzipTag) {
    return new StreamReply(nothing, { status: 304, headers: { etag: known, vary: 'accept-encoding' } });
  }
  const condition = header('if-range');
  const range = condition === null || condition === plainTag ? parseByteRange(header('range'), file.sizeBytes) : null;
  if (range === 'unsatisfiable') {
    const headers = { 'content-range': `bytes */${file.sizeBytes}`, 'content-length': '0' };
    return new StreamReply(nothing, { status: 416, headers });
  }
  if (range !== null) {
    return new StreamReply(() => file.read(range), {
      status: 206,
      headers: {
        ...shared,
        etag: plainTag,
        'content-range': `bytes ${range.first}-${range.last}/${file.sizeBytes}`,
        'content-length': String(range.last - range.first + 1),
      },
    });
  }
  return isGzip
    ? new StreamReply(file.readGzip, {
        headers: { ...shared, etag: gzipTag, 'content-encoding': 'gzip', 'content-length': String(file.gzipBytes) },
      })
    : new StreamReply(() => file.read({ first: 0, last: file.sizeBytes - 1 }), {
        headers: { ...shared, etag: plainTag, 'content-length': String(file.sizeBytes) },
      });
}

/** Whether the caller names gzip, or anything, without a weight of nothing. */
function acceptsGzip(header: string | null): boolean {
  return (header ?? '').split(',').some((part) => {
    const [coding = '', weight = ''] = part.split(';').map((word) => word.trim().toLowerCase());
    return (coding === 'gzip' || coding === '*') && !/^q=0(\.0{0,3})?$/.test(weight);
  });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
