import { z } from 'zod';
import { type Audience, defineEndpoint, type Method } from '../../core/endpoint';
import { text } from '../../core/text';

/**
 * OpenRouter's credits, activity and analytics. Sources: the vendor's OpenAPI document and its pages on the analytics API.
 * What can be asked here is what `GET /analytics/meta` lists, as the vendor's own pages want it.
 */
const usd = z.number().describe('US dollars, exact to nine decimals');
const nothing = z.object({});
const READ: Audience = { kind: 'management', scope: 'usage:read' };

interface Outline<Q extends z.ZodType, B extends z.ZodType | null, S extends z.ZodType> {
  readonly operationId: string;
  readonly at: readonly [Method, string];
  readonly summary: string;
  readonly description?: string;
  readonly query: Q;
  readonly body: B;
  readonly success: S;
  readonly errors: readonly number[];
}

function endpoint<Q extends z.ZodType, B extends z.ZodType | null, S extends z.ZodType>(outline: Outline<Q, B, S>) {
  const [method, path] = outline.at;
  return defineEndpoint({
    operationId: outline.operationId,
    contract: 'openrouter',
    tag: 'Analytics',
    summary: outline.summary,
    ...(outline.description ? { description: outline.description } : {}),
    method,
    path,
    audience: READ,
    params: nothing,
    query: outline.query,
    body: outline.body,
    success: { status: 200, description: outline.summary, schema: outline.success },
    errors: outline.errors,
  });
}

export const getCredits = endpoint({
  operationId: 'getCredits',
  at: ['GET', '/api/v1/credits'],
  summary: 'What may be spent in all, and what was',
  description:
    'total_credits is the sum of the lifetime budgets, 0 without one; total_usage is all spend but that through own provider keys.',
  query: nothing,
  body: null,
  success: z.object({ data: z.object({ total_credits: usd, total_usage: usd }) }),
  errors: [403],
});

const activityItem = z
  .object({
    date: z.string(),
    model: z.string(),
    model_permaslug: z.string(),
    endpoint_id: z.uuid(),
    provider_name: z.string(),
    usage: usd,
    byok_usage_inference: usd,
    requests: z.int(),
    prompt_tokens: z.int(),
    completion_tokens: z.int(),
    reasoning_tokens: z.int(),
    workspace_id: z.uuid().optional(),
  })
  .meta({ id: 'ActivityItem' });

export const getActivity = endpoint({
  operationId: 'getUserActivity',
  at: ['GET', '/api/v1/activity'],
  summary: 'Usage of the last 30 completed UTC days by date, model, provider and endpoint',
  query: z.object({
    date: z.iso.date().optional().describe('One of the last 30 completed UTC days; any other has no rows'),
    api_key_hash: text(1, 64).optional(),
    user_id: text(1, 200).optional().describe('The creator of keys'),
    workspace_id: z.uuid().optional(),
    group_by: z.enum(['workspace']).optional(),
  }),
  body: null,
  success: z.object({ data: z.array(activityItem) }),
  errors: [400, 403, 404],
});

export const METRICS = [
  'request_count',
  'error_count',
  'error_rate',
  'unpriced_request_count',
  'total_usage',
  'credits_usage',
  'openrouter_usage',
  'byok_usage',
  'tokens_total',
  'tokens_prompt',
  'tokens_completion',
  'cached_tokens',
  'cache_creation_tokens',
  'cache_hit_rate',
  'p50_latency',
  'p90_latency',
  'p95_latency',
  'p99_latency',
] as const;
export type Metric = (typeof METRICS)[number];

export const QUERY_DIMENSIONS = [
  'model',
  'provider',
  'api_key_id',
  'endpoint',
  'environment',
  'status_class',
  'owner',
  'tag',
  'workspace',
] as const;
export type QueryDimension = (typeof QUERY_DIMENSIONS)[number];

export const OPERATORS = { eq: 'scalar', neq: 'scalar', in: 'array', not_in: 'array' } as const;
export const QUERY_GRANULARITIES = ['hour', 'day', 'week', 'month'] as const;

export const getAnalyticsMeta = endpoint({
  operationId: 'getAnalyticsMeta',
  at: ['GET', '/api/v1/analytics/meta'],
  summary: 'What can be asked: metrics, dimensions, operators and granularities',
  query: nothing,
  body: null,
  success: z.object({
    data: z.object({
      metrics: z.array(
        z.object({
          name: z.enum(METRICS),
          display_label: z.string(),
          is_rate: z.boolean(),
          display_format: z.enum(['number', 'currency', 'percent', 'latency', 'throughput']),
        }),
      ),
      dimensions: z.array(z.object({ name: z.enum(QUERY_DIMENSIONS), display_label: z.string() })),
      operators: z.array(z.object({ name: z.string(), value_type: z.enum(['scalar', 'array']) })),
      granularities: z.array(z.object({ name: z.enum(QUERY_GRANULARITIES), display_label: z.string() })),
    }),
  }),
  errors: [403],
});

const scalar = z.union([text(1, 200), z.number()]).transform(String);
const filter = z
  .object({
    field: z.enum(QUERY_DIMENSIONS),
    operator: z.enum(['eq', 'neq', 'in', 'not_in']),
    value: z.union([scalar, z.array(scalar).min(1).max(100)]),
    include_unset: z.boolean().optional(),
  })
  .refine(({ operator, value }) => (OPERATORS[operator] === 'array') === Array.isArray(value), {
    path: ['value'],
    message: 'must be one value for eq and neq, and a list for in and not_in',
  });
export type QueryFilter = z.output<typeof filter>;

/** With seconds: the vendor rejects less. */
const utcInstant = z.iso
  .datetime({ offset: true })
  .refine((value) => /(?:Z|[+-]00:00)$/i.test(value), 'must be in UTC, such as 2027-12-31T23:59:59Z')
  .transform((value) => new Date(value));

export const ROWS_MAX = 10_000;

const unsupported = z
  .unknown()
  .refine((value) => value == null, 'is not supported: Keyledger has no classifiers')
  .optional();

export const queryAnalytics = endpoint({
  operationId: 'queryAnalytics',
  at: ['POST', '/api/v1/analytics/query'],
  summary: 'Ask about usage by metrics, dimensions, filters and granularity',
  description:
    'Counts and costs are JSON numbers. Buckets are those of UTC. Without time_range the last 7 days. A key of the whole account asks about all its workspaces; a key is shown by name and filtered by hash.',
  query: nothing,
  body: z.object({
    metrics: z.array(z.enum(METRICS)).min(1).max(METRICS.length),
    dimensions: z.array(z.enum(QUERY_DIMENSIONS)).max(2).default([]),
    filters: z.array(filter).max(20).default([]),
    granularity: z.enum(QUERY_GRANULARITIES).optional(),
    time_range: z.object({ start: utcInstant, end: utcInstant }).optional(),
    order_by: z
      .object({ field: z.enum([...METRICS, ...QUERY_DIMENSIONS, 'date']), direction: z.enum(['asc', 'desc']) })
      .optional(),
    limit: z.int().min(1).max(ROWS_MAX).default(1000),
    group_limit: z.int().min(1).max(ROWS_MAX).optional(),
    classifier_dimensions: unsupported,
    classifier_filters: unsupported,
  }),
  success: z.object({
    data: z.object({
      data: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
      metadata: z.object({ query_time_ms: z.number(), row_count: z.int(), truncated: z.boolean() }),
      warnings: z.array(z.string()).optional(),
    }),
  }),
  errors: [400, 403, 413],
});
export type AnalyticsQuery = z.output<typeof queryAnalytics.body>;
