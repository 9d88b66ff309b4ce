import type { z } from 'zod';
import { type ContractName, type Endpoint, Reply, StreamReply } from '../core/endpoint';
import { AppError } from '../core/errors';
import { describeIssues } from '../core/text';
import { isDatabaseUnavailable } from '../server/database-error';
import { logger } from '../server/log';
import type { Route } from '../vendors/route';
import { apiRoutes, contractOfPath, envelopeOf } from './api-routes';
import { authenticate, callOf } from './bearer';
import { beginStream } from './begun-stream';
import { Router } from './router';

export const BODY_BYTES_MAX = 1_048_576;

/** A request as either server brings it. */
export interface ApiRequest {
  readonly method: string;
  /** Path without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | null;
  /** Reads at most `bytesMax`; throws `too_large` past it. */
  readonly readBody: (bytesMax: number) => Promise<Uint8Array>;
  readonly baseUrl: string;
  readonly requestId: string;
  readonly now: Date;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes that are made as they are read: to be read once, or ended. */
  readonly body: string | AsyncIterableIterator<Uint8Array>;
}

const COMMON_HEADERS = { 'cache-control': 'no-store' } as const;
const router = new Router(apiRoutes);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Answers a request of the API: finds the route, asks who calls, parses, runs, and writes errors in its envelope. */
export async function answerApi(request: ApiRequest): Promise<ApiAnswer> {
  // HEAD is GET without the body, which the servers leave out.
  const match = router.match(request.method === 'HEAD' ? 'GET' : request.method, request.path);
  const contract = match.kind === 'not_found' ? contractOfPath(request.path) : match.route.endpoint.contract;
  try {
    switch (match.kind) {
      case 'not_found':
        throw new AppError('not_found', 'Resource not found');
      case 'method_not_allowed':
        throw new AppError('method_not_allowed', `This path answers ${match.allow.join(', ')}.`, {
          allow: match.allow,
        });
      case 'found':
        return await run(match.route, match.params, request);
    }
  } catch (error) {
    return answerError(toAppError(error, request.requestId), contract, request);
  }
}

async function run(route: Route, rawParams: Record<string, string>, request: ApiRequest): Promise<ApiAnswer> {
  const { endpoint } = route;
  if (endpoint.refusesBrowsers && request.header('origin') !== null) {
    throw new AppError('forbidden', 'Requests from browsers are refused. Call this from a server, without an Origin.');
  }
  const authenticated = authenticate(endpoint.audience, request.header('authorization'), request.now);
  const { body, begun } = route.begin ? await beginEarly(route, request, authenticated) : NOT_BEGUN;
  const bearer = await authenticated;
  const params = parse(endpoint.params, rawParams);
  const query = parse(endpoint.query, Object.fromEntries(request.query));
  const result = await route.run(
    {
      params,
      query,
      body: route.begin ? body : await readBody(endpoint, request),
      bearer,
      call: callOf(bearer, request.now, request.requestId),
      baseUrl: request.baseUrl,
      header: request.header,
    },
    begun,
  );
  if (result instanceof StreamReply) {
    const { status = endpoint.success.status, headers } = result.options;
    const stream = request.method === 'HEAD' ? null : await beginStream(result.read());
    return {
      status,
      headers: { ...COMMON_HEADERS, 'x-request-id': request.requestId, ...headers },
      body: stream ?? '',
    };
  }
  const reply = result instanceof Reply ? result : new Reply(result);
  return toAnswer(reply.options.status ?? endpoint.success.status, reply.body, request, reply.options.headers);
}

const NOT_BEGUN = { body: undefined, begun: null };

/** Reads the body and lets the route begin while it is looked up who calls. A caller that is refused hears that first. */
async function beginEarly(
  route: Route,
  request: ApiRequest,
  authenticated: Promise<unknown>,
): Promise<{ body: unknown; begun: unknown }> {
  const reading = readBody(route.endpoint, request);
  // Their failures are met where they are awaited.
  authenticated.catch(() => {});
  reading.catch(() => {});
  try {
    // A caller that is refused does not have to send the rest of its body first.
    const body = await Promise.race([reading, authenticated.then(() => reading)]);
    return { body, begun: route.begin?.({ body, now: request.now }) };
  } catch (error) {
    await authenticated;
    throw error;
  }
}

async function readBody(endpoint: Endpoint, request: ApiRequest): Promise<unknown> {
  if (endpoint.body === null) return undefined;
  return parse(endpoint.body, await readJson(request, endpoint.errors.includes(413)));
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', describeIssues(parsed.error));
}

/** The body as JSON; none at all is `undefined`. Contracts that declare no 413 answer a body that is too large by 400. */
async function readJson(request: ApiRequest, isTooLargeDeclared: boolean): Promise<unknown> {
  let text: string;
  try {
    text = utf8.decode(await request.readBody(BODY_BYTES_MAX));
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('invalid_input', 'The body is not valid UTF-8.');
    if (error instanceof AppError && error.code === 'too_large' && !isTooLargeDeclared) {
      throw new AppError('invalid_input', error.message);
    }
    throw error;
  }
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid_input', 'The body is not valid JSON.');
  }
}

function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseUnavailable(error)) {
    logger().error({ err: error, requestId }, 'database unavailable');
    return new AppError('unavailable', 'The database does not answer. Nothing was recorded; try again.', {
      retryAfterSeconds: 1,
    });
  }
  logger().error({ err: error, requestId }, 'unexpected error');
  return new AppError('internal', 'Internal Server Error');
}

function answerError(error: AppError, contract: ContractName, request: ApiRequest): ApiAnswer {
  const { status, body } = envelopeOf(contract)(error, { method: request.method, requestId: request.requestId });
  return toAnswer(status, body, request, {
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(error.detail.allow ? { allow: error.detail.allow.join(', ') } : {}),
    ...(error.detail.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.detail.retryAfterSeconds) }),
  });
}

function toAnswer(
  status: number,
  body: unknown,
  request: ApiRequest,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...COMMON_HEADERS,
      'x-request-id': request.requestId,
      ...headers,
    },
    body: JSON.stringify(body),
  };
}
