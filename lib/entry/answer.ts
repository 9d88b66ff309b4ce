import type { z } from 'zod';
import { NotAssumed } from '../core/call';
import { type ContractName, type Endpoint, Reply, StreamReply } from '../core/endpoint';
import { AppError } from '../core/errors';
import { describeIssues } from '../core/text';
import { isDatabaseUnavailable, isSchemaForeign } from '../server/database-error';
import { logger } from '../server/log';
import type { Bearer, Route } from '../vendors/route';
import { apiRoutes, contractOfPath, envelopeOf } from './api-routes';
import { authenticate, callOf, recallBearer } from './bearer';
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
    return answerError(toAppError(error, request), contract, request);
  }
}

async function run(route: Route, rawParams: Record<string, string>, request: ApiRequest): Promise<ApiAnswer> {
  const { endpoint } = route;
  if (endpoint.refusesBrowsers && request.header('origin') !== null) {
    throw new AppError('forbidden', 'Requests from browsers are refused. Call this from a server, without an Origin.');
  }
  const result = route.begin
    ? await runEarly(route, route.begin, rawParams, request)
    : await runAuthenticated(route, rawParams, request);
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

function authenticateCaller(route: Route, request: ApiRequest): Promise<Bearer> {
  return authenticate(route.endpoint.audience, request.header('authorization'), request.now);
}

/** What a route is run with, but for its body. */
function toRouteRequest(route: Route, rawParams: Record<string, string>, request: ApiRequest, bearer: Bearer) {
  return {
    params: parseRecord(route.endpoint.params, rawParams),
    query: parseRecord(route.endpoint.query, Object.fromEntries(request.query)),
    bearer,
    call: callOf(bearer, request.now, request.requestId),
    baseUrl: request.baseUrl,
    header: request.header,
  };
}

/** What schemas make of a record without fields, each time the same. */
const ofNothing = new WeakMap<z.ZodType, unknown>();

/** Parses path parameters or a query. The hot routes have neither, so what comes of nothing is made once. */
function parseRecord(schema: z.ZodType, record: Record<string, string>): unknown {
  if (Object.keys(record).length > 0) return parse(schema, record);
  if (!ofNothing.has(schema)) ofNothing.set(schema, Object.freeze(parse(schema, record)));
  return ofNothing.get(schema);
}

async function runAuthenticated(route: Route, rawParams: Record<string, string>, request: ApiRequest) {
  const bearer = await authenticateCaller(route, request);
  const routeRequest = toRouteRequest(route, rawParams, request, bearer);
  return route.run({ ...routeRequest, body: await readBody(route.endpoint, request) }, null);
}

/**
 * Runs a route that begins before it is known who calls. A caller that is remembered is taken to be still good where the
 * route can do its work on that condition; else it is looked up while the body is read and the route begins. A caller that
 * is refused hears that first.
 */
async function runEarly(
  route: Route,
  begin: NonNullable<Route['begin']>,
  rawParams: Record<string, string>,
  request: ApiRequest,
): Promise<unknown> {
  const recalled = recallBearer(request.header('authorization'), request.now);
  const asking = recalled ? null : authenticateCaller(route, request);
  const reading = readBody(route.endpoint, request);
  // Their failures are met where they are awaited.
  asking?.catch(() => {});
  reading.catch(() => {});
  let body: unknown;
  let begun: unknown;
  let assumed: ReturnType<typeof toRouteRequest> | null;
  try {
    // A caller that is refused does not have to send the rest of its body first.
    body = await (asking ? Promise.race([reading, asking.then(() => reading)]) : reading);
    begun = begin({ body, now: request.now });
    assumed = recalled && toRouteRequest(route, rawParams, request, recalled.bearer);
  } catch (error) {
    await (asking ?? authenticateCaller(route, request));
    throw error;
  }
  if (recalled && assumed) {
    try {
      return await route.run({ ...assumed, body, call: { ...assumed.call, basis: recalled.basis } }, begun);
    } catch (error) {
      if (!(error instanceof NotAssumed)) throw error;
    }
  }
  const bearer = await (asking ?? authenticateCaller(route, request));
  return route.run({ ...toRouteRequest(route, rawParams, request, bearer), body }, begun);
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

/** A commit whose answer was lost may have been made, and so may the first of several. */
const PERHAPS_DONE = 'This may or may not have been done. Repeat it with the same idempotency_key: it counts once.';

function toAppError(error: unknown, { requestId, method }: ApiRequest): AppError {
  if (error instanceof AppError) return error;
  const isForeign = isSchemaForeign(error);
  if (isForeign || isDatabaseUnavailable(error)) {
    logger().error(
      { err: error, requestId },
      isForeign ? 'the database has the schema of another version' : 'database unavailable',
    );
    const reason = isForeign
      ? 'The database was migrated by another version of the product.'
      : 'The database does not answer.';
    const isReading = method === 'GET' || method === 'HEAD';
    return new AppError('unavailable', `${reason} ${isReading ? 'Try again.' : PERHAPS_DONE}`, {
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
