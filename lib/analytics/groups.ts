import type { Dimension, Measure, UsageQuestion } from './contract';
import { columnOf } from './plan';
import { measureColumn, type Parameters } from './statement';
import type { SumsRow } from './sums';

/** The values of a group, one for each dimension. NULL: the events or keys without one. */
export type GroupValues = readonly (string | null)[];

/** How sums by column (`g`) become groups by dimension: owner and tag are read from the key (`k`). */
const DIMENSION_COLUMNS: Readonly<Record<Dimension, string>> = {
  key: 'g.key::text',
  owner: 'k.owner',
  tag: 't.tag',
  endpoint: `NULLIF(g.endpoint, '')`,
  model: `NULLIF(g.model, '')`,
  provider: `NULLIF(g.provider, '')`,
  environment: 'g.environment',
  status_class: 'g.status_class::text',
};

/** The columns of events that some dimensions need, each once. */
export function groupColumns(dimensions: readonly Dimension[]) {
  return [...new Set(dimensions.map(columnOf))];
}

/** `FROM sums g` with what the dimensions are read from. A key without tags is in the group of no tag, one with several in each. */
function fromSums(dimensions: readonly Dimension[], workspaceId: string, parameters: Parameters): string {
  const isByTag = dimensions.includes('tag');
  if (!isByTag && !dimensions.includes('owner')) return 'FROM sums g';
  const workspace = parameters.add(workspaceId, 'uuid');
  const keys = `FROM sums g JOIN api_keys k ON k.workspace_id = ${workspace} AND k.id = g.key`;
  return isByTag
    ? `${keys} CROSS JOIN LATERAL unnest(CASE WHEN k.tags = '{}' THEN ARRAY[NULL]::text[] ELSE k.tags END) t(tag)`
    : keys;
}

const names = (dimensions: readonly Dimension[]) => dimensions.map((_, index) => `d${index + 1}`);
/** The values of the group that a row of these statements is about. */
export function valuesOfRow(row: SumsRow, dimensions: readonly Dimension[]): GroupValues {
  return names(dimensions).map((name) => {
    const value = row[name];
    return typeof value === 'string' ? value : null;
  });
}

const values = (dimensions: readonly Dimension[]) =>
  dimensions.map((dimension, index) => `${DIMENSION_COLUMNS[dimension]} AS d${index + 1}`);

/** How groups are ranked, and how many are named. */
export type Ranking<M extends Measure> = Pick<UsageQuestion<M>, 'orderBy' | 'top'>;

/**
 * The largest groups of `sums`, whose bucket 0 is the range and 1 the one before, by each of some rankings. `d1`, `d2`: the
 * values; NULL is the group of events or keys without one. A measure's sum in the range before has the prefix `previous_`,
 * that of all groups `all_`. `place_1`, `count_1`: a group's place in the first ranking and how many groups that has. A
 * group without requests has none, but where changes are ranked and it had some before.
 */
export function rankGroups<M extends Measure>(
  sums: string,
  { workspaceId, groupBy, measures }: UsageQuestion<M>,
  rankings: readonly Ranking<M>[],
  parameters: Parameters,
): string {
  const columns = [...new Set<Measure>(['requests', 'errors', ...measures])].map(measureColumn);
  const all = columns.flatMap((column) => [column, `previous_${column}`]);
  const sumIn = (column: string, bucket: number) => `add_up(g.${column}) FILTER (WHERE g.bucket = ${bucket})`;
  const ties = names(groupBy).map((name) => `${name} COLLATE "C"`);
  const places = rankings.map(({ orderBy }, index) => {
    const counted = orderBy.by === 'change' ? 'requests + previous_requests > 0' : 'requests > 0';
    return `COUNT(*) FILTER (WHERE ${counted}) OVER () AS count_${index + 1},
           ROW_NUMBER() OVER (ORDER BY (${counted}) DESC, ${[orderOf(orderBy), ...ties].join(', ')}) AS place_${index + 1}`;
  });
  const named = rankings.map(({ top }, index) => `place_${index + 1} <= ${parameters.add(top, 'int')}`);
  return `WITH sums AS (${sums}), grouped AS (
      SELECT ${[
        ...values(groupBy),
        ...columns.flatMap((column) => [
          `${sumIn(column, 0)} AS ${column}`,
          `${sumIn(column, 1)} AS previous_${column}`,
        ]),
      ].join(', ')}
        ${fromSums(groupBy, workspaceId, parameters)} GROUP BY ${names(groupBy).join(', ')}), ranked AS (
    SELECT *, ${[...all.map((column) => `add_up(${column}) OVER () AS all_${column}`), ...places].join(', ')} FROM grouped)
    SELECT * FROM ranked WHERE ${named.join(' OR ')}`;
}

function orderOf<M extends Measure>({ measure, by, isAscending }: UsageQuestion<M>['orderBy']): string {
  const direction = isAscending ? 'ASC' : 'DESC';
  const column = measureColumn(measure);
  return {
    sum: `${column} ${direction}`,
    change: `ABS(${column} - previous_${column}) ${direction}`,
    errorRate: `errors::numeric / NULLIF(requests, 0) ${direction} NULLS LAST, requests DESC`,
  }[by];
}

/** `sums` by bucket and group, of the groups named alone. */
export function seriesOfGroups(
  sums: string,
  workspaceId: string,
  dimensions: readonly Dimension[],
  selected: readonly string[],
  named: readonly GroupValues[],
  parameters: Parameters,
): string {
  const lists = dimensions.map((_, index) =>
    parameters.add(
      named.map((group) => group[index] ?? null),
      'text[]',
    ),
  );
  const matches = names(dimensions).map((name) => `n.${name} IS NOT DISTINCT FROM s.${name}`);
  return `WITH sums AS (${sums}), grouped AS (
      SELECT g.bucket, ${[...values(dimensions), ...selected].join(', ')}
        ${fromSums(dimensions, workspaceId, parameters)} GROUP BY g.bucket, ${names(dimensions).join(', ')})
    SELECT s.* FROM grouped s JOIN unnest(${lists.join(', ')}) n(${names(dimensions).join(', ')}) ON ${matches.join(' AND ')}`;
}

/** The sums of some measures over rows of `sums g`. */
export function summed(measures: readonly Measure[]): string[] {
  return measures.map((measure) => `add_up(g.${measureColumn(measure)}) AS ${measureColumn(measure)}`);
}

/** Requests by bucket of the latency over rows of `sums g`, as two lists. */
export const LATENCY_LISTS = [
  'array_agg(g.latency_bucket::int) AS latency_buckets',
  'array_agg(g.requests) AS latency_requests',
];
