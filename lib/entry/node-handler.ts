import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { logger } from '../server/log';
import { answerApi } from './answer';
import { isApiPath } from './api-routes';
import { publicBaseUrl } from './base-url';
import { answerLiveness, answerMetrics, answerReadiness } from './health';
import { readNodeBody } from './read-body';
import { sendStream } from './send-stream';

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
    readBody: (bytesMax) => readNodeBody(request, bytesMax),
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
