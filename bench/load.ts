import { connect } from 'node:net';

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly requests: number;
}

interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** The next request's head and body, whole. */
  readonly nextRequest: () => Buffer;
}

/** A whole HTTP request, built once where it is always the same. */
export function httpRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Buffer {
  const lines = Object.entries({ host: 'localhost', 'content-length': String(Buffer.byteLength(body)), ...headers });
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

/**
 * Keeps `connections` busy, one request at a time each, over raw sockets: a load generator on the same two cores must
 * cost as little as it can. Answers need a content-length or chunked bodies. Throws where one is not 2xx.
 */
export async function runLoad({ port, connections, seconds, nextRequest }: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = [];
  const failures: string[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  await Promise.all(Array.from({ length: connections }, () => runConnection()));
  const elapsed = (performance.now() - startedAt) / 1000;
  if (failures.length > 0) throw new Error(`${failures.length} answers were not 2xx, such as ${failures[0]}`);
  latencies.sort((left, right) => left - right);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
  return {
    requestsPerSecond: latencies.length / elapsed,
    p50Milliseconds: at(0.5),
    p99Milliseconds: at(0.99),
    requests: latencies.length,
  };

  function runConnection(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let pending = Buffer.alloc(0);
      let lastLength = 0;
      let sentAt = 0;
      const send = () => {
        if (performance.now() >= endsAt) {
          socket.end();
          resolve();
          return;
        }
        sentAt = performance.now();
        socket.write(nextRequest());
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
        // An answer as long as the one before is whole: reading its head each time would cost as much as sending.
        const length = pending.length === lastLength ? lastLength : answerLength(pending);
        if (length === null) return;
        lastLength = length;
        latencies.push(performance.now() - sentAt);
        // `HTTP/1.1 200`: any 2xx will do.
        if (pending[9] !== 0x32) failures.push(pending.toString('utf8', 0, length));
        pending = pending.subarray(length);
        send();
      });
    });
  }
}

/** The length of the answer that a buffer begins with; NULL: it is not whole yet. */
function answerLength(buffer: Buffer): number | null {
  const headEnd = buffer.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = buffer.toString('latin1', 0, headEnd).toLowerCase();
  const declared = /content-length: (\d+)/.exec(head)?.[1];
  if (declared !== undefined) {
    const length = headEnd + 4 + Number(declared);
    return buffer.length >= length ? length : null;
  }
  const end = buffer.indexOf('0\r\n\r\n', headEnd);
  return end < 0 ? null : end + 5;
}
