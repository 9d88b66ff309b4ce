import type { z } from 'zod';
import type { Scope } from './call';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Whose words an endpoint speaks: its paths, fields and error envelope. */
export type ContractName = 'native' | 'openrouter' | 'oneloop' | 'edgedns' | 'langdock';

/** Who may call: a management key with a scope, any live key (also a management key), or anybody. */
export type Audience = { kind: 'management'; scope: Scope } | { kind: 'any-key' } | { kind: 'public' };

/**
 * One route of the API as a value: the doors answer it and the OpenAPI document describes it, both from here.
 * `path` is in OpenAPI's form (`/api/v1/keys/{hash}`), without a trailing slash; both forms are answered.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType | null = z.ZodType | null,
  Success extends z.ZodType = z.ZodType,
> {
  readonly operationId: string;
  readonly contract: ContractName;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly method: Method;
  readonly path: string;
  readonly audience: Audience;
  readonly params: Params;
  readonly query: Query;
  /** NULL: the endpoint reads no body. */
  readonly body: Body;
  readonly success: {
    readonly status: number;
    readonly description: string;
    readonly schema: Success;
    /** `application/json` when absent; of anything else the schema is told only to readers. */
    readonly contentType?: string;
  };
  /** Statuses of its errors beside 401, 429, 500 and 503, which any endpoint may answer. */
  readonly errors: readonly number[];
  /** Answered before Next sees the request. */
  readonly isHot?: boolean;
  /** Refuses requests that a browser sends for a page, which bring an Origin: a key in a page is everybody's. */
  readonly refusesBrowsers?: boolean;
}

/** Keeps the schemas' types, so that the function that runs the endpoint is checked against them. */
export function defineEndpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType | null,
  Success extends z.ZodType,
>(endpoint: Endpoint<Params, Query, Body, Success>): Endpoint<Params, Query, Body, Success> {
  return endpoint;
}

/** An answer whose status or headers differ from the endpoint's usual ones. */
export class Reply<Body> {
  constructor(
    readonly body: Body,
    readonly options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {}
}

/** An answer in bytes that are made as they are sent, so that memory stays flat. `read` is not called for HEAD. */
export class StreamReply {
  constructor(
    readonly read: () => AsyncIterable<Uint8Array>,
    readonly options: { readonly status?: number; readonly headers: Readonly<Record<string, string>> },
  ) {}
}
