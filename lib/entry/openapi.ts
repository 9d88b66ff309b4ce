import { z } from 'zod';
import type { Endpoint } from '../core/endpoint';
import { apiRoutes } from './api-routes';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

const TAGS: readonly (readonly [string, string])[] = [
  ['Usage', 'Recording what keys used: exact, idempotent, in batches.'],
  ['API keys', 'OpenRouter’s key management, word for word, with a few fields more.'],
  ['Workspaces', 'OpenRouter’s workspaces, budgets and members.'],
  ['Management keys', 'Keys that call these APIs.'],
  ['Prices', 'The price book that events without a cost are priced from.'],
  ['Oneloop', 'Oneloop’s key API: record usage, verify, and siblings.'],
  ['Exports', 'Files of usage and keys, made in the background or sent at once.'],
  ['Langdock', 'Langdock’s usage export by API key, under both of its prefixes.'],
  ['Health', 'For load balancers and monitoring.'],
];

const nativeError = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'integer' }, message: { type: 'string' }, metadata: { type: 'object' } },
    },
  },
} satisfies JsonObject;

const stringError = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  required,
  properties,
});

/** The error envelopes by contract; all four differ. */
const ERROR_SCHEMAS: Readonly<Record<Endpoint['contract'], { name: string; schema: JsonObject }>> = {
  native: { name: 'Error', schema: nativeError },
  openrouter: { name: 'Error', schema: nativeError },
  oneloop: { name: 'Error', schema: nativeError },
  edgedns: {
    name: 'EdgeDnsError',
    schema: stringError(
      {
        error: stringError({ code: { type: 'string' }, message: { type: 'string' }, details: { type: 'object' } }, [
          'code',
          'message',
        ]),
        request_id: { type: 'string' },
      },
      ['error', 'request_id'],
    ),
  },
  langdock: {
    name: 'LangdockError',
    schema: stringError({ error: { type: 'string' }, message: { type: 'string' } }, ['error', 'message']),
  },
};

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'No valid bearer',
  402: 'A limit is in the way',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Body over 1 MiB',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'The database does not answer; try again',
};

/** Collects the schemas that have a name, so that the document says each of them once. */
class Components {
  readonly schemas: Record<string, Json> = {};

  add(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _dialect,
      $defs,
      ...rest
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
    for (const [name, definition] of Object.entries($defs ?? {})) {
      const { id: _id, ...body } = definition;
      this.schemas[name] = toJson(body);
    }
    const { id: _id, ...body } = rest;
    return toJson(body);
  }

  addError(contract: Endpoint['contract']): JsonObject {
    const { name, schema } = ERROR_SCHEMAS[contract];
    this.schemas[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  }
}

/** A plain copy with references led to the document's components. */
function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function propertiesOf(schema: Json): readonly { name: string; schema: Json; isRequired: boolean }[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [];
  const object = schema as JsonObject;
  const required = Array.isArray(object.required) ? object.required : [];
  const properties = object.properties;
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    schema: property,
    isRequired: required.includes(name),
  }));
}

function describeOperation(endpoint: Endpoint, components: Components): JsonObject {
  const error = { 'application/json': { schema: components.addError(endpoint.contract) } };
  const statuses = [
    ...new Set([...(endpoint.audience.kind === 'public' ? [] : [401]), ...endpoint.errors, 429, 500, 503]),
  ];
  const parameters = [
    ...propertiesOf(components.add(endpoint.params, 'input')).map(({ name, schema }) => ({
      name,
      in: 'path',
      required: true,
      schema,
    })),
    ...propertiesOf(components.add(endpoint.query, 'input')).map(({ name, schema }) => ({
      name,
      in: 'query',
      required: false,
      schema,
    })),
  ];
  const { audience } = endpoint;
  const note = audience.kind === 'management' ? `Needs a management key with the scope \`${audience.scope}\`.` : '';
  return {
    operationId: endpoint.operationId,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: [endpoint.description, note].filter(Boolean).join('\n\n'),
    security: audience.kind === 'public' ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: components.add(endpoint.body, 'input') } },
          },
        }),
    responses: {
      [endpoint.success.status]: {
        description: endpoint.success.description,
        content: {
          [endpoint.success.contentType ?? 'application/json']: {
            schema: components.add(endpoint.success.schema, 'output'),
          },
        },
      },
      ...Object.fromEntries(
        statuses.map((status) => [status, { description: STATUS_WORDS[status] ?? 'Error', content: error }]),
      ),
    },
  };
}

function healthPath(operationId: string, summary: string, contentType: string, isFailing: boolean): JsonObject {
  const content = { [contentType]: { schema: { type: contentType === 'application/json' ? 'object' : 'string' } } };
  return {
    get: {
      operationId,
      tags: ['Health'],
      summary,
      security: [],
      responses: {
        200: { description: summary, content },
        ...(isFailing ? { 503: { description: 'Not yet', content } } : {}),
      },
    },
  };
}

/** The OpenAPI 3.1 document of every API route, made from the declarations that the doors answer by. */
export function openApiDocument(baseUrl: string): JsonObject {
  const components = new Components();
  const paths: Record<string, Record<string, Json>> = {};
  for (const { endpoint } of apiRoutes) {
    const operation = describeOperation(endpoint, components);
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Keyledger',
      version: '0.1.0',
      description:
        'Know, limit and prove what API keys spend. Money is a JSON number in US dollars, exact to nine decimals.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: baseUrl }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
    paths: {
      ...paths,
      '/healthz': healthPath('healthz', 'The process lives', 'application/json', false),
      '/readyz': healthPath('readyz', 'The database answers and is up to date', 'application/json', true),
      '/metrics': healthPath('metrics', 'Figures for Prometheus', 'text/plain', false),
      '/openapi.json': healthPath('openapi', 'This document', 'application/json', false),
    },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A management key, or the key itself for GET /api/v1/key.',
        },
      },
      schemas: components.schemas,
    },
  };
}
