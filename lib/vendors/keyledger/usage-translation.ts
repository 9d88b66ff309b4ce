import type {
  Figures,
  Group,
  Latency,
  Measure,
  Range,
  Sums,
  UsageAnswer,
  UsageQuestion,
} from '../../analytics/contract';
import { previousRange } from '../../analytics/question';
import { errorRate } from '../../analytics/sums';
import { AppError } from '../../core/errors';
import { usdNumber } from '../../core/money';
import { formatInZone } from '../../core/zone';
import type { Workspace } from '../../workspaces/contract';
import type { Metric, UsageQuery } from './usage-contract';

const DAYS_BY_DEFAULT = 30;

/** What each metric is made of: a measure, or measures and a rule. */
const MEASURE_OF: Readonly<Record<Metric, Measure | 'error_rate' | 'latency'>> = {
  requests: 'requests',
  errors: 'errors',
  error_rate: 'error_rate',
  unpriced: 'unpriced',
  spend_usd: 'spendNanoUsd',
  byok_usd: 'byokNanoUsd',
  prompt_tokens: 'promptTokens',
  completion_tokens: 'completionTokens',
  cached_prompt_tokens: 'cachedPromptTokens',
  cache_creation_tokens: 'cacheCreationTokens',
  latency_p50_ms: 'latency',
  latency_p95_ms: 'latency',
};

function measuresOf(metrics: readonly Metric[]): Measure[] {
  const measures = new Set<Measure>(['requests']);
  for (const metric of metrics) {
    const measure = MEASURE_OF[metric];
    if (measure === 'error_rate') measures.add('errors');
    else if (measure !== 'latency') measures.add(measure);
  }
  return [...measures];
}

export function toQuestion(query: UsageQuery, workspace: Workspace, now: Date): UsageQuestion<Measure> {
  const to = query.to ?? now;
  const range = { from: query.from ?? new Date(to.getTime() - DAYS_BY_DEFAULT * 86_400_000), to };
  const timeZone = query.time_zone ?? workspace.timeZone;
  return {
    ...range,
    workspaceId: workspace.id,
    timeZone,
    granularity: query.granularity ?? null,
    groupBy: query.group_by,
    filters: query.filters.map(({ dimension, values, exclude }) => ({ dimension, values, isExcluded: exclude })),
    measures: measuresOf([...query.metrics, ...(query.order_by ? [query.order_by] : [])]),
    orderBy: orderOf(query),
    top: query.top,
    previous: comparedRange(query, range, timeZone),
    isLatencyWanted: query.metrics.some((metric) => MEASURE_OF[metric] === 'latency'),
  };
}

function orderOf({ order_by: orderBy, order, metrics }: UsageQuery): UsageQuestion<Measure>['orderBy'] {
  const metric = orderBy ?? metrics.find((name) => MEASURE_OF[name] !== 'latency') ?? 'requests';
  const measure = MEASURE_OF[metric];
  if (measure === 'latency')
    throw new AppError(
      'invalid_input',
      'order_by: Groups cannot be ranked by latency. Rank them by requests or spend_usd.',
    );
  if (measure !== 'error_rate') return { measure, by: order };
  if (order === 'change')
    throw new AppError(
      'invalid_input',
      'order: Groups cannot be ranked by the change of error_rate. Rank them by errors.',
    );
  return { measure: 'errors', by: 'errorRate' };
}

function comparedRange(query: UsageQuery, range: Range, timeZone: string): Range | null {
  const { compare_from: from, compare_to: to } = query;
  if ((from === undefined) !== (to === undefined))
    throw new AppError('invalid_input', 'compare_from: Give both compare_from and compare_to, or neither.');
  if (from !== undefined && to !== undefined) return { from, to };
  return query.compare === 'previous' ? previousRange(range, timeZone) : null;
}

export function toUsage(query: UsageQuery, question: UsageQuestion<Measure>, answer: UsageAnswer<Measure>) {
  const { timeZone } = question;
  const bucket = (from: Date, to: Date) => ({
    from: formatInZone(timeZone, from.getTime()),
    to: formatInZone(timeZone, to.getTime()),
  });
  const buckets = (bounds: readonly Date[] | null) =>
    bounds?.slice(1).map((to, index) => bucket(bounds[index] ?? to, to)) ?? null;
  const figures = ({ sums, latency }: Figures<Measure>) => toFigures(query.metrics, sums, latency);
  const earlier = (sums: Sums) => toFigures(query.metrics, sums, null);
  const toGroup = (group: Group<Measure>) => ({
    values: group.values.map(({ dimension, id, name }) => ({ dimension, id, name })),
    total: figures(group.total),
    previous: group.previous && earlier(group.previous),
    series: group.series?.map(figures) ?? null,
  });
  return {
    as_of: answer.asOf.toISOString(),
    events_recorded: Number(answer.eventsRecorded),
    pruned_before: answer.prunedBefore?.toISOString() ?? null,
    moved_to: answer.movedTo,
    time_zone: timeZone,
    range: bucket(answer.range.from, answer.range.to),
    previous_range: answer.previousRange && bucket(answer.previousRange.from, answer.previousRange.to),
    total: figures(answer.total),
    previous: answer.previous && earlier(answer.previous),
    buckets: buckets(answer.bounds),
    series: answer.series?.map(figures) ?? null,
    previous_buckets: buckets(answer.previousBounds),
    previous_series: answer.previousSeries?.map(earlier) ?? null,
    groups: answer.groups.map(toGroup),
    group_count: answer.groupCount,
    other: answer.other && toGroup(answer.other),
  };
}

/** The metrics of sums; of a range to compare with there are no latencies. */
function toFigures(metrics: readonly Metric[], sums: Sums, latency: Latency | null): Record<string, number | null> {
  return Object.fromEntries(metrics.map((metric) => [metric, figureOf(metric, sums, latency)]));
}

function figureOf(metric: Metric, sums: Sums, latency: Latency | null): number | null {
  const measure = MEASURE_OF[metric];
  if (measure === 'error_rate') return errorRate(sums);
  if (measure === 'latency') return (metric === 'latency_p50_ms' ? latency?.p50 : latency?.p95) ?? null;
  const isMoney = measure === 'spendNanoUsd' || measure === 'byokNanoUsd';
  return isMoney ? usdNumber(sums[measure]) : Number(sums[measure]);
}
