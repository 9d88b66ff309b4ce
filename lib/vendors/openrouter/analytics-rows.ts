import type {
  Dimension,
  Figures,
  Filter,
  Group,
  Latency,
  Measure,
  Range,
  Sums,
  UsageAnswer,
  UsageQuestion,
} from '../../analytics/contract';
import { CELLS_MAX, MEASURES } from '../../analytics/contract';
import { errorRate } from '../../analytics/sums';
import { AppError } from '../../core/errors';
import { usdNumber } from '../../core/money';
import { formatInZone, zonedBounds } from '../../core/zone';
import {
  type AnalyticsQuery,
  type Metric,
  type QueryDimension,
  type QueryFilter,
  ROWS_MAX,
} from './analytics-contract';

/** The vendor's analytics out of answers about usage, one for each workspace that is asked about. */

const DIMENSION_OF: Readonly<Record<Exclude<QueryDimension, 'workspace'>, Dimension>> = {
  model: 'model',
  provider: 'provider',
  api_key_id: 'key',
  endpoint: 'endpoint',
  environment: 'environment',
  status_class: 'status_class',
  owner: 'owner',
  tag: 'tag',
};

type Row = Record<string, string | number | null>;
const DAYS_BY_DEFAULT = 7;

export function rangeOf(query: AnalyticsQuery, now: Date): Range {
  if (query.time_range) return { from: query.time_range.start, to: query.time_range.end };
  return { from: new Date(now.getTime() - DAYS_BY_DEFAULT * 86_400_000), to: now };
}

const isLatency = (metric: string) => metric.endsWith('_latency');
const isWorkspace = ({ field }: { readonly field: QueryDimension }) => field === 'workspace';

/** Whether the filters on workspaces, all of them, let one through. */
export function passesWorkspaceFilters(filters: readonly QueryFilter[], workspaceId: string): boolean {
  return filters.filter(isWorkspace).every(({ operator, value }) => {
    const isNamed = [value].flat().some((id) => id.toLowerCase() === workspaceId);
    return operator === 'eq' || operator === 'in' ? isNamed : !isNamed;
  });
}

/** Hashes that filters on keys name. */
export function keyHashesOf(filters: readonly QueryFilter[]): string[] {
  return filters.filter(({ field }) => field === 'api_key_id').flatMap(({ value }) => [value].flat());
}

function toFilter({ field, operator, value, include_unset: isUnsetIncluded = false }: QueryFilter): Filter[] {
  if (field === 'workspace') return [];
  const values: (string | null)[] = [value].flat();
  const isExcluded = operator === 'neq' || operator === 'not_in';
  // The lists leave events without a value out, unless they are asked for; neq leaves out nothing but its value.
  if (operator === 'in' && isUnsetIncluded) values.push(null);
  if (operator === 'not_in' && !isUnsetIncluded) values.push(null);
  return [{ dimension: DIMENSION_OF[field], values, isExcluded }];
}

/** The question to each workspace. Groups are ranked here and not there, for a rank may need a sum of measures. */
export function questionOf(query: AnalyticsQuery, range: Range): Omit<UsageQuestion<Measure>, 'workspaceId'> {
  const groupBy = query.dimensions.flatMap((name) => (name === 'workspace' ? [] : [DIMENSION_OF[name]]));
  const bounds = query.granularity
    ? zonedBounds('UTC', query.granularity, range.from.getTime(), range.to.getTime(), ROWS_MAX)
    : null;
  const groupsMax = bounds === null ? ROWS_MAX : Math.max(1, Math.floor(CELLS_MAX / (bounds.length - 1)));
  return {
    ...range,
    timeZone: 'UTC',
    granularity: query.granularity ?? null,
    groupBy,
    filters: query.filters.flatMap(toFilter),
    measures: MEASURES,
    orderBy: { measure: 'requests', by: 'sum' },
    top: Math.min(ROWS_MAX, groupsMax),
    previous: null,
    isLatencyWanted: [...query.metrics, query.order_by?.field ?? ''].some(isLatency),
  };
}

export interface AnswerOf {
  readonly workspace: { readonly id: string; readonly name: string };
  readonly answer: UsageAnswer<Measure>;
}

/** One row on its way: its place in time and its group, with the figures that metrics are made of. */
interface Cell {
  readonly bucket: number | null;
  readonly group: string;
  readonly labels: readonly (string | null)[];
  readonly sums: Sums<Measure>;
  readonly latency: Latency | null;
}

function cellsOf(query: AnalyticsQuery, { workspace, answer }: AnswerOf): Cell[] {
  const groups: readonly Pick<Group<Measure>, 'values' | 'total' | 'series'>[] =
    answer.groups.length > 0 || query.dimensions.some((name) => name !== 'workspace')
      ? answer.groups
      : [{ values: [], total: answer.total, series: answer.series }];
  return groups.flatMap(({ values, total, series }) => {
    const ofGroup = query.dimensions.map((name) =>
      name === 'workspace'
        ? { id: workspace.id, name: workspace.name }
        : (values.find(({ dimension }) => dimension === DIMENSION_OF[name]) ?? { id: null, name: null }),
    );
    const cell = (bucket: number | null, { sums, latency }: Figures<Measure>): Cell => ({
      bucket,
      group: JSON.stringify(ofGroup.map(({ id }) => id)),
      labels: ofGroup.map(({ name }) => name),
      sums,
      latency,
    });
    if (query.granularity) return (series ?? []).map((figures, bucket) => cell(bucket, figures));
    return [cell(null, total)];
  });
}

function addCell(left: Cell, right: Cell): Cell {
  const sums = MEASURES.map((measure) => [measure, left.sums[measure] + right.sums[measure]]);
  // Every measure is set just above.
  return { ...left, sums: Object.fromEntries(sums) as Sums<Measure>, latency: left.latency ?? right.latency };
}

function metricOf(metric: Metric, { sums, latency }: Cell): number | null {
  switch (metric) {
    case 'request_count':
      return Number(sums.requests);
    case 'error_count':
      return Number(sums.errors);
    case 'error_rate':
      return errorRate(sums);
    case 'unpriced_request_count':
      return Number(sums.unpriced);
    case 'total_usage':
      return usdNumber(sums.spendNanoUsd + sums.byokNanoUsd);
    case 'credits_usage':
    case 'openrouter_usage':
      return usdNumber(sums.spendNanoUsd);
    case 'byok_usage':
      return usdNumber(sums.byokNanoUsd);
    case 'tokens_total':
      return Number(sums.promptTokens + sums.completionTokens);
    case 'tokens_prompt':
      return Number(sums.promptTokens);
    case 'tokens_completion':
      return Number(sums.completionTokens);
    case 'cached_tokens':
      return Number(sums.cachedPromptTokens);
    case 'cache_creation_tokens':
      return Number(sums.cacheCreationTokens);
    case 'cache_hit_rate':
      return sums.promptTokens === 0n ? null : Number(sums.cachedPromptTokens) / Number(sums.promptTokens);
    case 'p50_latency':
      return latency?.p50 ?? null;
    case 'p90_latency':
      return latency?.p90 ?? null;
    case 'p95_latency':
      return latency?.p95 ?? null;
    case 'p99_latency':
      return latency?.p99 ?? null;
  }
}

/** The rows of the answers together, ordered and cut, and whether any were cut off. */
export function toRows(query: AnalyticsQuery, answers: readonly AnswerOf[]): { rows: Row[]; isTruncated: boolean } {
  const isCutInside = answers.some(({ answer }) => answer.groupCount > answer.groups.length);
  if (answers.length > 1) refuseWhatCannotBeAdded(query, isCutInside);
  const cells = new Map<string, Cell>();
  for (const answer of answers) {
    for (const cell of cellsOf(query, answer)) {
      const place = `${cell.bucket} ${cell.group}`;
      const known = cells.get(place);
      cells.set(place, known ? addCell(known, cell) : cell);
    }
  }
  // A total is a row even of nothing; a bucket or a group without requests is none.
  const isTotal = query.dimensions.length === 0 && !query.granularity;
  const found = [...cells.values()].filter(({ sums }) => isTotal || sums.requests > 0n);
  const ordered = found.toSorted(comparison(query));
  const seen = new Map<string, number>();
  const kept = ordered.filter(({ group }) => {
    const place = (seen.get(group) ?? 0) + 1;
    seen.set(group, place);
    return query.dimensions.length === 0 || place <= (query.group_limit ?? ROWS_MAX);
  });
  const bounds = answers[0]?.answer.bounds ?? [];
  return {
    rows: kept.slice(0, query.limit).map((cell) => toRow(query, cell, bounds)),
    isTruncated: isCutInside || kept.length > query.limit || kept.length < found.length,
  };
}

function refuseWhatCannotBeAdded(query: AnalyticsQuery, isCutInside: boolean): void {
  const isApart = query.dimensions.some((name) => name === 'workspace' || name === 'api_key_id');
  if (!isApart && [...query.metrics, query.order_by?.field ?? ''].some(isLatency))
    throw new AppError(
      'invalid_input',
      'metrics: Latencies of several workspaces cannot be taken together. Filter by workspace, or add the dimension workspace.',
    );
  if (!isApart && isCutInside)
    throw new AppError(
      'invalid_input',
      'dimensions: There are too many groups to add up over several workspaces. Filter by workspace, or ask for longer buckets.',
    );
}

function comparison(query: AnalyticsQuery): (left: Cell, right: Cell) => number {
  const field = query.order_by?.field ?? (query.granularity ? 'date' : query.metrics[0]) ?? 'request_count';
  const direction = (query.order_by?.direction ?? 'desc') === 'desc' ? -1 : 1;
  const place = query.dimensions.map(String).indexOf(field);
  return (left, right) =>
    direction * compareBy(field, place, left, right) ||
    (right.bucket ?? 0) - (left.bucket ?? 0) ||
    Number(right.sums.requests - left.sums.requests) ||
    left.labels.join().localeCompare(right.labels.join(), 'en') ||
    (left.group < right.group ? -1 : 1);
}

function compareBy(field: Metric | QueryDimension | 'date', place: number, left: Cell, right: Cell): number {
  if (field === 'date') return (left.bucket ?? 0) - (right.bucket ?? 0);
  if (isDimension(field)) return (left.labels[place] ?? '').localeCompare(right.labels[place] ?? '', 'en');
  // What cannot be told is less than anything.
  return (
    (metricOf(field, left) ?? Number.NEGATIVE_INFINITY) - (metricOf(field, right) ?? Number.NEGATIVE_INFINITY) || 0
  );
}

function isDimension(field: Metric | QueryDimension): field is QueryDimension {
  return field === 'workspace' || field in DIMENSION_OF;
}

function toRow(query: AnalyticsQuery, cell: Cell, bounds: readonly Date[]): Row {
  const row: Row = {};
  if (query.granularity) {
    const start = formatInZone('UTC', bounds[cell.bucket ?? 0]?.getTime() ?? 0);
    row[`date__${query.granularity}`] = query.granularity === 'hour' ? start : start.slice(0, 10);
  }
  query.dimensions.forEach((name, index) => {
    row[name] = cell.labels[index] ?? null;
  });
  for (const metric of query.metrics) row[metric] = metricOf(metric, cell);
  return row;
}
