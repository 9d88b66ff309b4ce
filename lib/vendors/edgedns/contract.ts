import { z } from 'zod';
import { defineEndpoint } from '../../core/endpoint';

/**
 * EdgeDNS's usage analytics. Source: edgedns.dev, docs of the analytics endpoints. The fields of by-key are documented; of
 * its siblings what they tell is, so their fields have the vendor's words from the page on query history.
 */
export const PERIODS = ['7d', '30d', 'current'] as const;
export type Period = (typeof PERIODS)[number];

const query = z.object({
  period: z
    .enum(PERIODS)
    .default('current')
    .describe('The last 7 or 30 days, today the last of them, or the running calendar month; all in UTC'),
  workspace_id: z.uuid().optional().describe('For a key of the whole account. Default: the default workspace'),
});

const count = z.int().min(0);
const percent = z.number().describe('0 to 100');
const instant = z.string().describe('ISO 8601');
const period = {
  period: z.enum(PERIODS),
  period_start: instant,
  period_end: instant,
};

const usageByKey = z.object({
  keys: z.array(
    z.object({
      key_id: z.string(),
      name: z.string(),
      environment: z.enum(['live', 'test']),
      request_count: count,
      endpoint_distribution: z.record(z.string(), count),
      error_count: count,
      last_activity: instant.nullable(),
    }),
  ),
  total_keys: count,
});

const usage = z.object({
  ...period,
  total_requests: count,
  by_category: z.record(z.string(), count).describe('By the first part of the endpoint’s path that is no version'),
  daily: z.array(z.object({ date: z.string(), request_count: count })),
  quota: z.null().describe('Keyledger limits spending, not requests'),
});

const byEndpoint = z.object({
  ...period,
  endpoints: z.array(
    z.object({
      endpoint: z.string(),
      request_count: count,
      error_count: count,
      error_rate_percent: percent,
      avg_response_time_ms: z.number().nullable().describe('null past 200,000 requests in the period'),
      cache_hit_rate_percent: percent.nullable().describe('Cached prompt tokens among all; null without tokens'),
    }),
  ),
  total_endpoints: count,
});

const errors = z.object({
  ...period,
  total_requests: count,
  total_errors: count,
  error_rate_percent: percent,
  by_status: z.object({ '4xx': count, '5xx': count }),
  by_endpoint: z.array(z.object({ endpoint: z.string(), error_count: count, error_rate_percent: percent })),
  daily: z.array(z.object({ date: z.string(), request_count: count, error_count: count })),
});

function endpoint<S extends z.ZodType>(operationId: string, path: string, summary: string, schema: S) {
  return defineEndpoint({
    operationId,
    contract: 'edgedns',
    tag: 'EdgeDNS',
    summary,
    method: 'GET',
    path: `/v1/analytics/${path}`,
    audience: { kind: 'management', scope: 'usage:read' },
    params: z.object({}),
    query,
    body: null,
    success: { status: 200, description: summary, schema },
    errors: [400, 403, 404],
  });
}

export const getUsageByKey = endpoint(
  'edgednsUsageByKey',
  'usage/by-key',
  'Requests, endpoints and errors of each key, the most used first; keys without a request are among them',
  usageByKey,
);
export const getUsage = endpoint('edgednsUsage', 'usage', 'Requests of a period by category and day', usage);
export const getUsageByEndpoint = endpoint(
  'edgednsUsageByEndpoint',
  'usage/by-endpoint',
  'Requests, errors and latency of each endpoint, the most used first',
  byEndpoint,
);
export const getErrors = endpoint('edgednsErrors', 'errors', 'Errors of a period by status, endpoint and day', errors);
