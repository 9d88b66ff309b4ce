import { Agent, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';
import { logger } from '../server/log';
import { isFailedPage, sendFailedPage } from './failed-page';

/** Headers of one connection and not of the message (RFC 9110, 7.6.1), and what this server answered itself. */
const HOP_BY_HOP = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
]);

/** Further requests wait for one of these to end. */
const CONNECTIONS_MAX = 256;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Hands requests on to the server that listens on a socket of this machine, and its answers back, as both come. */
export function forwardTo(socketPath: string, answerGone: Handler): Handler {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX });
  return (request, response) => {
    const forwarded = openRequest({
      socketPath,
      agent,
      method: request.method,
      path: request.url,
      headers: endToEnd(request),
      setHost: false,
    });
    forwarded.on('response', (answer) => {
      if (isFailedPage(answer) && request.method !== 'HEAD') {
        sendFailedPage(answer, response, pairsEndToEnd(answer)).catch((error: unknown) => {
          logger().warn({ err: error }, 'the document of a page that failed could not be sent');
          response.destroy();
        });
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, pairsEndToEnd(answer));
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    forwarded.on('error', (error) => {
      if (response.destroyed) return;
      logger().warn({ err: error }, 'the process of the pages did not answer');
      // Half an answer cannot be taken back: the caller must see that it was cut off.
      if (response.headersSent) response.destroy();
      else answerGone(request, response);
    });
    // Whoever hung up waits for nothing: what is made for them is given up.
    response.on('close', () => {
      if (!response.writableFinished) forwarded.destroy();
    });
    request.on('error', () => forwarded.destroy());
    request.pipe(forwarded);
  };
}

/**
 * A request's headers without those of its connection. A body without a length stays one: without this word a GET would be
 * sent on with bytes behind it that are read as the next request.
 */
function endToEnd({ headers }: IncomingMessage): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) kept[name] = value;
  }
  if (headers['transfer-encoding'] !== undefined) kept['transfer-encoding'] = 'chunked';
  return kept;
}

/** An answer's headers as they came, each name followed by its value, without those of its connection. */
function pairsEndToEnd({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders.filter((_, index) => !HOP_BY_HOP.has(String(rawHeaders[index & ~1]).toLowerCase()));
}
