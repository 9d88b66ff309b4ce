import type { z } from 'zod';
import type { Call } from '../core/call';
import type { Endpoint, Reply, StreamReply } from '../core/endpoint';
import type { Key } from '../keys/contract';
import type { ManagementKey } from '../management-keys/contract';

/** Who presented the bearer token. */
export type Bearer = { kind: 'management'; key: ManagementKey } | { kind: 'key'; key: Key } | { kind: 'none' };

export interface RouteRequest<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly bearer: Bearer;
  /** What the bearer may do; for a caller that is no management key it may do nothing. */
  readonly call: Call;
  /** The address under which the caller reached us, such as `https://keys.example.com`. */
  readonly baseUrl: string;
  readonly header: (name: string) => string | null;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a route may begin with as soon as the body is parsed, beside the question of who calls. */
type Begin<Body, Begun> = (request: { readonly body: Body; readonly now: Date }) => Begun;

/** An endpoint and what answers it. The doors parse by the endpoint's schemas before they run it. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly begin: Begin<unknown, unknown> | null;
  readonly run: (request: RouteRequest<unknown, unknown, unknown>, begun: unknown) => Promise<unknown>;
}

type Answer<Schema extends z.ZodType> = Promise<z.input<Schema> | Reply<z.input<Schema>> | StreamReply>;

/** Binds an endpoint to a function whose types follow from the endpoint's schemas. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType | null, S extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, S>,
  run: (request: RouteRequest<Output<P>, Output<Q>, Output<B>>) => Answer<S>,
): Route {
  // The door parses params, query and body by these very schemas, so the values have the types that `run` asks for.
  return { endpoint, begin: null, run: (request) => run(request as RouteRequest<Output<P>, Output<Q>, Output<B>>) };
}

/**
 * As `route`, for reads that take time and do not depend on who calls: `begin` runs before that is known, and what it gives
 * is thrown away where the caller is refused.
 */
export function earlyRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType | null,
  S extends z.ZodType,
  Begun,
>(
  endpoint: Endpoint<P, Q, B, S>,
  begin: Begin<Output<B>, Begun>,
  run: (request: RouteRequest<Output<P>, Output<Q>, Output<B>>, begun: Begun) => Answer<S>,
): Route {
  // As above; and the door hands `run` what `begin` gave.
  return {
    endpoint,
    begin: begin as Begin<unknown, unknown>,
    run: (request, begun) => run(request as RouteRequest<Output<P>, Output<Q>, Output<B>>, begun as Begun),
  };
}
