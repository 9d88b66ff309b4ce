import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Next's document of a page that threw: its body is empty but for the scripts that are to fill it. */
const NEXT_ERROR = /(<html[^>]* id="__next_error__"[^>]*>.*?<body[^>]*>)/s;

const WORDS =
  '<noscript><style>:root { color-scheme: light dark }</style><main style="font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto; padding: 1rem">' +
  '<h1 style="font-size: 1.25rem">This page could not be shown</h1>' +
  '<p>What went wrong is in the server’s log. Nothing was changed or lost.</p>' +
  '<p><a href="">Try again</a> or <a href="/">go to the start</a></p></main></noscript>';

/** Of such a document, with the data for its scripts. */
const BYTES_MAX = 4 * 1_048_576;

/** Says in the document of a page that threw what scripts would say, for whom none runs. Others stay as they are. */
export function withWords(document: string): string {
  return document.replace(NEXT_ERROR, `$1${WORDS}`);
}

const unzip = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

async function readBounded(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > BYTES_MAX) throw new RangeError('The document of a page that threw is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether an answer may be the document of a page that threw. */
export function isFailedPage({ statusCode = 0, headers }: IncomingMessage): boolean {
  return statusCode >= 500 && headers['content-type']?.startsWith('text/html') === true;
}

/** Sends the document of a page that threw, with words in it. `pairs`: its headers, each name followed by its value. */
export async function sendFailedPage(
  answer: IncomingMessage,
  response: ServerResponse,
  pairs: readonly string[],
): Promise<void> {
  const sent = await readBounded(answer);
  const encoding = answer.headers['content-encoding'];
  const isReadable = encoding === undefined || encoding === 'gzip';
  const plain = encoding === 'gzip' && sent.length > 0 ? await unzip(sent, { maxOutputLength: BYTES_MAX }) : sent;
  const body = isReadable ? Buffer.from(withWords(plain.toString())) : sent;
  const kept = pairs.filter((_, index) => {
    const name = String(pairs[index & ~1]).toLowerCase();
    return name !== 'content-length' && !(isReadable && name === 'content-encoding');
  });
  response.writeHead(answer.statusCode ?? 500, [...kept, 'content-length', String(body.length)]);
  response.end(body);
}
