import type { Column } from './plan';
import {
  conditions,
  instant,
  type LaidRun,
  MEASURE_COLUMNS,
  measureColumn,
  type Parameters,
  type Subject,
} from './statement';
import type { GroupColumn } from './table';

/** Events as they are kept, in the words of the roll-ups. */
const EVENT_COLUMNS: Readonly<Record<Column, string>> = {
  key: 'e.key_id',
  endpoint: `COALESCE(e.endpoint, '')`,
  model: `COALESCE(e.model, '')`,
  provider: `COALESCE(e.provider, '')`,
  environment: 'e.environment::text',
  status_class: '(e.status / 100)::smallint',
};

/** Whether only errors are asked for: classes of the status from 4 on. */
function isAboutErrors({ filters }: Subject): boolean {
  return filters.some(
    ({ column, values, isExcluded }) =>
      column === 'status_class' && !isExcluded && values.every((value) => Number(value) >= 4),
  );
}

/** So many runs are selected one by one, each planned by itself; more are laid in a list. */
const RUNS_APART_MAX = 4;

/**
 * Rows of events: `bucket`, the columns and the measures. A run of all keys is a range of the index by time; of a few keys
 * each key's events are a range of the primary key.
 */
export function selectEvents(subject: Subject, runs: readonly LaidRun[], parameters: Parameters): string[] {
  if (runs.length <= RUNS_APART_MAX && runs.every(({ buckets }) => buckets.length === 1)) {
    return runs.map((run) => selectEventsApart(subject, run, parameters));
  }
  return [selectEventsTogether(subject, runs, parameters)];
}

interface EventParts {
  readonly columns: readonly string[];
  readonly where: readonly string[];
  /** What the events are looked up by, before them in the list of tables. */
  readonly keys: readonly string[];
}

function partsOf(subject: Subject, parameters: Parameters): EventParts {
  const columnOf = (column: GroupColumn) =>
    column === 'latency_bucket'
      ? `width_bucket(e.latency_ms, ${parameters.add(subject.latencyBounds, 'int[]')})`
      : EVENT_COLUMNS[column];
  return {
    columns: subject.columns.map((column) => `${columnOf(column)} AS ${column}`),
    where: [
      `e.workspace_id = ${parameters.add(subject.workspaceId, 'uuid')}`,
      ...(subject.keyIds === null ? [] : ['e.key_id = k.key_id']),
      ...conditions(subject, (column) => EVENT_COLUMNS[column], parameters),
      // In these words an index has them alone.
      ...(isAboutErrors(subject) ? ['e.status >= 400'] : []),
      ...(subject.columns.includes('latency_bucket') ? ['e.latency_ms IS NOT NULL'] : []),
    ],
    keys: subject.keyIds === null ? [] : [`unnest(${parameters.add(subject.keyIds, 'bigint[]')}) k(key_id)`],
  };
}

function selectEventsApart(subject: Subject, { from, to, buckets }: LaidRun, parameters: Parameters): string {
  const { columns, where, keys } = partsOf(subject, parameters);
  const [laid = { bucket: 0, sign: 1 }] = buckets;
  const sums = subject.measures.map((measure) => {
    const { column, ofEvent } = MEASURE_COLUMNS[measure];
    return `${laid.sign === 1 ? ofEvent : `-(${ofEvent})`} AS ${column}`;
  });
  const within = [
    `e.occurred_at >= ${parameters.add(instant(from), 'timestamptz')}`,
    `e.occurred_at < ${parameters.add(instant(to), 'timestamptz')}`,
  ];
  const select = `SELECT ${[`${laid.bucket} AS bucket`, ...columns, ...sums].join(', ')} FROM usage_events e
    WHERE ${[...where, ...within].join(' AND ')}`;
  // OFFSET keeps the look-ups of keys what they are.
  return keys.length === 0 ? select : `SELECT l.* FROM ${keys.join()} CROSS JOIN LATERAL (${select} OFFSET 0) l`;
}

/** Each run is added up once before it is laid to its buckets. */
function selectEventsTogether(subject: Subject, runs: readonly LaidRun[], parameters: Parameters): string {
  const { columns, where, keys } = partsOf(subject, parameters);
  const list = (values: readonly (string | number)[], type: string) => parameters.add(values, type);
  const laid = runs.flatMap(({ buckets }, run) => buckets.map(({ bucket, sign }) => ({ run, bucket, sign })));
  const within = [
    'e.occurred_at >= p.starts_at AND e.occurred_at < p.ends_at',
    // The same for all runs, so that the planner leaves out the partitions that none of them touches.
    `e.occurred_at >= ${parameters.add(instant(Math.min(...runs.map(({ from }) => from))), 'timestamptz')}`,
    `e.occurred_at < ${parameters.add(instant(Math.max(...runs.map(({ to }) => to))), 'timestamptz')}`,
  ];
  const names = subject.measures.map(measureColumn);
  const sums = subject.measures.map((measure) => {
    const { column, ofEvent } = MEASURE_COLUMNS[measure];
    return `add_up(${ofEvent}) AS ${column}`;
  });
  const numbers = list([...runs.keys()], 'int[]');
  const from = list(
    runs.map((run) => instant(run.from)),
    'timestamptz[]',
  );
  const to = list(
    runs.map((run) => instant(run.to)),
    'timestamptz[]',
  );
  const places = [
    list(
      laid.map(({ run }) => run),
      'int[]',
    ),
    list(
      laid.map(({ bucket }) => bucket),
      'int[]',
    ),
    list(
      laid.map(({ sign }) => sign),
      'int[]',
    ),
  ];
  const groups = ['p.run', ...subject.columns.map((_, index) => String(index + 2))];
  return `SELECT ${['a.bucket', ...subject.columns.map((column) => `s.${column}`), ...names.map((name) => `a.sign * s.${name} AS ${name}`)].join(', ')}
    FROM (SELECT ${['p.run', ...columns, ...sums].join(', ')}
            FROM ${[`unnest(${numbers}, ${from}, ${to}) p(run, starts_at, ends_at)`, ...keys].join(' CROSS JOIN ')}
           CROSS JOIN LATERAL (SELECT * FROM usage_events e WHERE ${[...where, ...within].join(' AND ')} OFFSET 0) e
           GROUP BY ${groups.join(', ')}) s
    JOIN unnest(${places.join(', ')}) a(run, bucket, sign) ON a.run = s.run`;
}
