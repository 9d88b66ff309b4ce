import { z } from 'zod';
import { DIMENSIONS, FILTER_VALUES_MAX, FILTERS_MAX, GROUP_DIMENSIONS_MAX } from '../../analytics/contract';
import { defineEndpoint } from '../../core/endpoint';
import { text } from '../../core/text';
import { GRANULARITIES } from '../../core/zone';
import { timeZone } from '../../workspaces/contract';

/** The product's own question about usage: what the vendors' contracts cannot ask. See docs/analytics.md. */
export const METRICS = [
  'requests',
  'errors',
  'error_rate',
  'unpriced',
  'spend_usd',
  'byok_usd',
  'prompt_tokens',
  'completion_tokens',
  'cached_prompt_tokens',
  'cache_creation_tokens',
  'latency_p50_ms',
  'latency_p95_ms',
] as const;
export type Metric = (typeof METRICS)[number];

const GROUPS_NAMED_MAX = 1000;
const listOf = <Name extends string>(names: readonly [Name, ...Name[]], max: number) =>
  z
    .string()
    .max(500)
    .transform((value) => value.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.enum(names)).max(max));

const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));

const filters = z.array(
  z.object({
    dimension: z.enum(DIMENSIONS),
    values: z.array(text(1, 200).nullable()).min(1).max(FILTER_VALUES_MAX),
    exclude: z.boolean().default(false),
  }),
);

/** JSON in a parameter; what is no JSON is a bad filter. */
const filtersInQuery = z
  .string()
  .max(50_000)
  .transform((value, context): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON list of {dimension, values, exclude}' });
      return z.NEVER;
    }
  })
  .pipe(filters.max(FILTERS_MAX));

const figure = z.number().nullable();
const figures = z
  .partialRecord(z.enum(METRICS), figure)
  .describe('The metrics asked for; null where there is nothing to divide or no latency')
  .meta({ id: 'UsageFigures' });
const bucket = z.object({
  from: z.string().describe('ISO 8601 with the offset of the zone'),
  to: z.string(),
});
const group = z.object({
  values: z
    .array(z.object({ dimension: z.enum(DIMENSIONS), id: z.string().nullable(), name: z.string().nullable() }))
    .describe('One for each dimension grouped by; of a key its hash and name; null: events or keys without one'),
  total: figures,
  previous: figures.nullable(),
  series: z.array(figures).nullable(),
});

export const getUsage = defineEndpoint({
  operationId: 'getUsage',
  contract: 'native',
  tag: 'Usage',
  summary: 'Ask about usage: any range, zone, grouping, filters and metrics, exact to the millisecond',
  description:
    'All figures of an answer count the same events: the first events_recorded that were recorded. Ranges are [from, to). Where events were pruned, bounds before pruned_before move back to a start of moved_to, a half hour, hour, day or week of UTC, and the answer says which range it is of.',
  method: 'GET',
  path: '/api/v1/usage',
  audience: { kind: 'management', scope: 'usage:read' },
  params: z.object({}),
  query: z.object({
    from: instant.optional().describe('Default: 30 days before `to`'),
    to: instant.optional().describe('Exclusive. Default: now'),
    time_zone: timeZone.optional().describe('IANA name of the zone of buckets. Default: the workspace’s'),
    granularity: z.enum(GRANULARITIES).optional().describe('Default: no series'),
    group_by: listOf(DIMENSIONS, GROUP_DIMENSIONS_MAX)
      .default([])
      .describe(`Up to ${GROUP_DIMENSIONS_MAX} of ${DIMENSIONS.join(', ')}, comma-separated`),
    filters: filtersInQuery
      .default([])
      .describe(
        'JSON: [{"dimension":"endpoint","values":["/v1/chat"],"exclude":false}]; null: events or keys without one',
      ),
    metrics: listOf(METRICS, METRICS.length)
      .default(['requests', 'errors', 'error_rate', 'spend_usd', 'byok_usd'])
      .describe(`Comma-separated: ${METRICS.join(', ')}`),
    top: z.coerce
      .number()
      .pipe(z.int().min(1).max(GROUPS_NAMED_MAX))
      .default(10)
      .describe('Groups that are named; the rest is `other`'),
    order_by: z.enum(METRICS).optional().describe('What groups are ranked by. Default: the first metric that can be'),
    order: z.enum(['sum', 'change']).default('sum').describe('The largest first, or what changed most'),
    compare: z.enum(['none', 'previous']).default('none').describe('previous: the range of the same length before'),
    compare_from: instant.optional().describe('With compare_to: any other range to compare with'),
    compare_to: instant.optional(),
    workspace_id: z.uuid().optional(),
  }),
  body: null,
  success: {
    status: 200,
    description: 'Usage',
    schema: z.object({
      data: z.object({
        as_of: z.string(),
        events_recorded: z.int(),
        pruned_before: z.string().nullable(),
        moved_to: z.enum(['half_hour', 'hour', 'day', 'week', 'month']).nullable(),
        time_zone: z.string(),
        range: bucket,
        previous_range: bucket.nullable(),
        total: figures,
        previous: figures.nullable(),
        buckets: z.array(bucket).nullable(),
        series: z.array(figures).nullable(),
        previous_buckets: z.array(bucket).nullable(),
        previous_series: z.array(figures).nullable(),
        groups: z.array(group),
        group_count: z.int(),
        other: group.nullable().describe('The groups that are not named. null: all are, or groups overlap, as tags do'),
      }),
    }),
  },
  errors: [400, 403, 404],
});
export type UsageQuery = z.output<typeof getUsage.query>;
