import { v5 as uuidV5 } from 'uuid';
import type { Range } from '../../analytics/contract';
import { askUsage } from '../../analytics/queries/ask-usage';
import { readCredits } from '../../analytics/queries/credits';
import { findUnknownKeys } from '../../analytics/queries/find-unknown-keys';
import { type Activity, listActivity } from '../../analytics/queries/list-activity';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { usdNumber } from '../../core/money';
import { windowStart } from '../../core/time-window';
import { getMeantWorkspace, listReachableWorkspaces } from '../../workspaces/queries';
import { type Route, route } from '../route';
import * as contract from './analytics-contract';
import { type AnswerOf, keyHashesOf, passesWorkspaceFilters, questionOf, rangeOf, toRows } from './analytics-rows';

const DAY_MILLISECONDS = 86_400_000;
const ACTIVITY_DAYS = 30;
/** What the vendor calls nothing: events that name none. */
const NONE = '(none)';
/** Fixed for good, so that derived ids never change. */
const ENDPOINT_NAMESPACE = '0f3d2f0e-6a5e-5f0b-9d0f-4b9f5b8a7c21';
/** A question is asked of each workspace by itself. */
const WORKSPACES_MAX = 1000;

/** The days that are asked for among the last 30 completed ones of UTC. NULL: none of them. */
function activityRange(date: string | undefined, now: Date): Range | null {
  const today = windowStart('day', now).getTime();
  if (date === undefined) return { from: new Date(today - ACTIVITY_DAYS * DAY_MILLISECONDS), to: new Date(today) };
  const from = Date.parse(`${date}T00:00:00Z`);
  const isListed = from < today && from >= today - ACTIVITY_DAYS * DAY_MILLISECONDS;
  return isListed ? { from: new Date(from), to: new Date(from + DAY_MILLISECONDS) } : null;
}

function toActivityItem(activity: Activity) {
  return {
    date: activity.date,
    model: activity.model || NONE,
    model_permaslug: activity.model || NONE,
    endpoint_id: uuidV5(activity.endpoint, ENDPOINT_NAMESPACE),
    provider_name: activity.provider || NONE,
    usage: usdNumber(activity.spendNanoUsd),
    byok_usage_inference: usdNumber(activity.byokNanoUsd),
    requests: Number(activity.requests),
    prompt_tokens: Number(activity.promptTokens),
    completion_tokens: Number(activity.completionTokens),
    reasoning_tokens: 0,
    ...(activity.workspaceId === null ? {} : { workspace_id: activity.workspaceId }),
  };
}

const LABELS: Readonly<Record<string, string>> = { api_key_id: 'API key', p50_latency: 'Latency, median' };

/** `tokens_prompt` reads `Tokens prompt`. */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ').replace(/^p(\d\d) latency$/, 'Latency, $1th percentile');
  return LABELS[name] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function formatOf(metric: contract.Metric): 'latency' | 'percent' | 'currency' | 'number' {
  if (metric.endsWith('_latency')) return 'latency';
  if (metric.endsWith('_rate')) return 'percent';
  return metric.endsWith('_usage') ? 'currency' : 'number';
}

/** The workspaces that a question is about: all within reach that its filters let through. */
async function workspacesOf(call: Call, query: contract.AnalyticsQuery) {
  const workspaces = await listReachableWorkspaces(call, WORKSPACES_MAX + 1);
  const wanted = workspaces.filter(({ id }) => passesWorkspaceFilters(query.filters, id));
  if (wanted.length > WORKSPACES_MAX) {
    throw new AppError(
      'invalid_input',
      `filters: This asks about more than ${WORKSPACES_MAX} workspaces. Name some of them, or ask with a management key of one.`,
    );
  }
  return wanted;
}

export const analyticsRoutes: readonly Route[] = [
  route(contract.getCredits, async ({ call }) => {
    const { grantedNanoUsd, usedNanoUsd } = await readCredits(call);
    return { data: { total_credits: usdNumber(grantedNanoUsd), total_usage: usdNumber(usedNanoUsd) } };
  }),

  route(contract.getActivity, async ({ call, query }) => {
    requireScope(call, 'usage:read');
    const workspace = query.workspace_id === undefined ? null : await getMeantWorkspace(call, query.workspace_id);
    const range = activityRange(query.date, call.now);
    if (range === null) return { data: [] };
    const rows = await listActivity(call, {
      range,
      workspaceId: workspace?.id ?? null,
      keyHash: query.api_key_hash?.toLowerCase() ?? null,
      creatorUserId: query.user_id ?? null,
      isByWorkspace: query.group_by === 'workspace',
    });
    return { data: rows.map(toActivityItem) };
  }),

  route(contract.getAnalyticsMeta, async ({ call }) => {
    requireScope(call, 'usage:read');
    return {
      data: {
        metrics: contract.METRICS.map((name) => ({
          name,
          display_label: labelOf(name),
          is_rate: formatOf(name) === 'percent' || formatOf(name) === 'latency',
          display_format: formatOf(name),
        })),
        dimensions: contract.QUERY_DIMENSIONS.map((name) => ({ name, display_label: labelOf(name) })),
        operators: Object.entries(contract.OPERATORS).map(([name, kind]) => ({ name, value_type: kind })),
        granularities: contract.QUERY_GRANULARITIES.map((name) => ({ name, display_label: labelOf(name) })),
      },
    };
  }),

  route(contract.queryAnalytics, async ({ call, body }) => {
    requireScope(call, 'usage:read');
    const startedAt = performance.now();
    const range = rangeOf(body, call.now);
    const question = questionOf(body, range);
    const answers: AnswerOf[] = [];
    for (const workspace of await workspacesOf(call, body)) {
      answers.push({ workspace, answer: await askUsage(call, { ...question, workspaceId: workspace.id }) });
    }
    const { rows, isTruncated } = toRows(body, answers);
    const unknown = await findUnknownKeys(call, keyHashesOf(body.filters));
    const warnings = unknown.length > 0 ? [`api_key_id: ${unknown.length} of the hashes in filters are of no key`] : [];
    return {
      data: {
        data: rows,
        metadata: {
          query_time_ms: Math.round(performance.now() - startedAt),
          row_count: rows.length,
          truncated: isTruncated,
        },
        ...(warnings.length > 0 ? { warnings } : {}),
      },
    };
  }),
];
