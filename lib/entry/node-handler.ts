import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../core/errors';
import { logger } from '../server/log';
import { answerApi } from './answer';
import { isApiPath } from './api-routes';
import { publicBaseUrl } from './base-url';
import { answerLiveness, answerMetrics, answerReadiness } from './health';

/** What is asked of the process that records, and not of the one that renders pages. */
const HEALTH = new Map<string, () => Response | Promise<Response>>([
  ['/healthz', answerLiveness],
  ['/readyz', answerReadiness],
  ['/metrics', answerMetrics],
]);

/**
 * Answers a request from `node:http`, before Next sees it, where it is one of the API's or asks how the process is. Returns
 * whether it did.
 */
export function answerFromNode(request: IncomingMessage, response: ServerResponse): boolean {
  const target = request.url ?? '/';
  const queryStart = target.indexOf('?');
  const path = queryStart < 0 ? target : target.slice(0, queryStart);
  const health = HEALTH.get(path);
  if (!health && !isApiPath(path)) return false;
  const query = queryStart < 0 ? '' : target.slice(queryStart + 1);
  const answered = health ? answerHealth(request, response, health) : answer(request, response, path, query);
  answered.catch((error: unknown) => {
    // A rejection that nobody takes would end the process, and all other requests with it.
    logger().error({ err: error }, 'an answer could not be written');
    response.destroy();
  });
  return true;
}

/**
 * Makes the request's target a path. A whole URL, which a proxy may send (RFC 9112, 3.2.2), loses its host; anything
 * else, such as `*`, is answered 400 here, and so is a page's path with a broken escape, which Next would answer 500.
 * Returns whether the request can go on.
 */
export function takePath(request: IncomingMessage, response: ServerResponse): boolean {
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '');
  request.url = target === '' || target.startsWith('?') ? `/${target}` : target;
  const [path = ''] = request.url.split('?', 1);
  if (path.startsWith('/') && (isApiPath(path) || isDecodable(path))) return true;
  response.writeHead(400, { 'content-length': 0, connection: 'close' }).end();
  return false;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

async function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  make: () => Response | Promise<Response>,
): Promise<void> {
  const isAllowed = request.method === 'GET' || request.method === 'HEAD';
  const made = isAllowed ? await make() : new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  const body = await made.text();
  response.writeHead(made.status, { ...Object.fromEntries(made.headers), 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function answer(request: IncomingMessage, response: ServerResponse, path: string, query: string): Promise<void> {
  const { status, headers, body } = await answerApi({
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    },
    readBody: (bytesMax) => readBounded(request, bytesMax),
    baseUrl: publicBaseUrl(),
    requestId: randomUUID(),
    now: new Date(),
  });
  if (response.destroyed) {
    if (typeof body !== 'string') await body.return?.();
    return;
  }
  // A body that was not read to its end leaves the connection in the middle of it: it cannot carry another request.
  const isDrained = request.complete || request.readableEnded;
  const connection: Record<string, string> = isDrained ? {} : { connection: 'close' };
  if (typeof body === 'string') {
    // HEAD of what is made as it is sent says no length but the one that its headers tell.
    const length = headers['content-length'] ?? Buffer.byteLength(body);
    response.writeHead(status, { ...headers, 'content-length': length, ...connection });
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  response.writeHead(status, { ...headers, ...connection });
  await sendStream(response, body);
}

/** Sends no faster than the caller reads, and stops making what nobody reads any more. */
async function sendStream(response: ServerResponse, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) {
    if (response.destroyed) return;
    if (response.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.on('drain', go).on('close', go);
    });
  }
  response.end();
}

/** How long a body may take to arrive. */
const BODY_SECONDS_MAX = 30;

function readBounded(request: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => fail('invalid_input', 'The body took too long to arrive.'), BODY_SECONDS_MAX * 1000);
    let isSettled = false;
    const fail = (code: 'invalid_input' | 'too_large', message: string) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      request.removeAllListeners('data');
      request.pause();
      reject(new AppError(code, message));
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bytesMax) fail('too_large', 'The body is larger than 1 MiB. Send it in parts.');
      else chunks.push(chunk);
    });
    request.on('end', () => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', () => fail('invalid_input', 'The body was cut off.'));
    request.on('close', () => fail('invalid_input', 'The body was cut off.'));
  });
}
