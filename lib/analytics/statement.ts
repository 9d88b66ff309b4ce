import type { Measure } from './contract';
import type { Column, Source } from './plan';
import { ceilTo, floorTo, type Grain } from './range';

/** What sums are grouped by beside the dimensions of events: a bucket of the latency. */
export type GroupColumn = Column | 'latency_bucket';

/** Values that a column must have, or must not. An absent text is ''. Keys are named by id. */
export interface ColumnFilter {
  readonly column: Column;
  readonly values: readonly (string | number | bigint)[];
  readonly isExcluded: boolean;
}

/** The parameters of a statement, in the order in which its text names them. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The place of a value in the text. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** A table of sums by bucket of time. */
export interface Table {
  readonly name: string;
  readonly grain: Grain;
  readonly startColumn: string;
  /** Whether that is a date of UTC in place of an instant. */
  readonly isDated: boolean;
  /** Which of its rows are of this roll-up, beside those of the workspace. */
  readonly where: string | null;
  readonly columns: Readonly<Partial<Record<GroupColumn, string>>>;
  /** Whether an index has a key's buckets together: a few keys are then read without a look-up for each bucket. */
  readonly isByKey: boolean;
  /** Whether an index has the buckets of all keys in the order of time. */
  readonly isByTime: boolean;
}

const COLUMNS: Readonly<Record<Column, string>> = {
  key: 'r.key_id',
  endpoint: 'r.endpoint',
  model: 'r.model',
  provider: 'r.provider',
  environment: 'r.environment',
  status_class: 'r.status_class',
};

/** Counters that are read as roll-ups: their table and window. */
const COUNTERS: Readonly<Partial<Record<Source['name'], readonly [string, string]>>> = {
  key_months: ['key_counters', 'month'],
  workspace_days: ['workspace_counters', 'day'],
  workspace_weeks: ['workspace_counters', 'week'],
  workspace_months: ['workspace_counters', 'month'],
};

/** The table of a roll-up. */
export function tableOf(source: Source): Table {
  const columns = Object.fromEntries(source.columns.map((column) => [column, COLUMNS[column]]));
  const counters = COUNTERS[source.name];
  if (counters) {
    const [name, window] = counters;
    return {
      name,
      grain: source.grain,
      startColumn: 'r.starts_on',
      isDated: true,
      where: `r."window" = '${window}'`,
      columns,
      isByKey: name === 'key_counters',
      // A key has a row for each month: few enough to be read over.
      isByTime: true,
    };
  }
  if (source.name === 'key_hours') {
    return {
      name: 'key_hours',
      grain: 'hour',
      startColumn: 'r.hour',
      isDated: false,
      where: null,
      columns,
      isByKey: true,
      isByTime: true,
    };
  }
  return {
    name: 'usage_rollups',
    grain: source.grain,
    startColumn: 'r.starts_at',
    isDated: false,
    where: `r.rollup = '${source.name}'`,
    columns,
    isByKey: false,
    isByTime: true,
  };
}

const LATENCIES = { name: 'latency_buckets', startColumn: 'r.starts_at', isDated: false, isByKey: true } as const;
/** Latencies of a workspace by UTC hour. */
export const LATENCY_HOURS: Table = {
  ...LATENCIES,
  grain: 'hour',
  where: 'r.key_id = 0',
  isByTime: true,
  columns: { latency_bucket: 'r.bucket' },
};
/** Latencies of keys by UTC day. */
export const LATENCY_DAYS: Table = {
  ...LATENCIES,
  grain: 'day',
  where: 'r.key_id > 0',
  isByTime: false,
  columns: { key: 'r.key_id', latency_bucket: 'r.bucket' },
};

/** Events as they are kept, in the words of the roll-ups. */
const EVENT_COLUMNS: Readonly<Record<Column, string>> = {
  key: 'e.key_id',
  endpoint: `COALESCE(e.endpoint, '')`,
  model: `COALESCE(e.model, '')`,
  provider: `COALESCE(e.provider, '')`,
  environment: 'e.environment::text',
  status_class: '(e.status / 100)::smallint',
};

/** Each measure's column in roll-ups, and what one event adds to it. */
const MEASURE_COLUMNS: Readonly<Record<Measure, { readonly column: string; readonly ofEvent: string }>> = {
  requests: { column: 'requests', ofEvent: '1::bigint' },
  errors: { column: 'errors', ofEvent: '(e.status >= 400)::int::bigint' },
  unpriced: { column: 'unpriced', ofEvent: `(e.priced_by = 'unpriced')::int::bigint` },
  promptTokens: { column: 'prompt_tokens', ofEvent: 'e.prompt_tokens' },
  completionTokens: { column: 'completion_tokens', ofEvent: 'e.completion_tokens' },
  cachedPromptTokens: { column: 'cached_prompt_tokens', ofEvent: 'e.cached_prompt_tokens' },
  cacheCreationTokens: { column: 'cache_creation_tokens', ofEvent: 'e.cache_creation_tokens' },
  spendNanoUsd: { column: 'spend_nano_usd', ofEvent: 'CASE WHEN e.is_byok THEN 0 ELSE e.cost_nano_usd END' },
  byokNanoUsd: { column: 'byok_nano_usd', ofEvent: 'CASE WHEN e.is_byok THEN e.cost_nano_usd ELSE 0 END' },
};

/** The column of a measure, in tables and in answers. */
export function measureColumn(measure: Measure): string {
  return MEASURE_COLUMNS[measure].column;
}

/** What one statement is about: it reads one workspace, groups by some columns and adds some measures up. */
export interface Subject {
  readonly workspaceId: string;
  readonly columns: readonly GroupColumn[];
  readonly measures: readonly Measure[];
  readonly filters: readonly ColumnFilter[];
  /** Ids of the few keys that are looked up one by one. NULL: all keys. */
  readonly keyIds: readonly bigint[] | null;
  /** Lower bounds of the buckets of the latency. Only where it is grouped by. */
  readonly latencyBounds: readonly number[];
}

const TYPES: Readonly<Record<Column, string>> = {
  key: 'bigint[]',
  endpoint: 'text[]',
  model: 'text[]',
  provider: 'text[]',
  environment: 'text[]',
  status_class: 'smallint[]',
};

function conditions(subject: Subject, expressionOf: (column: Column) => string, parameters: Parameters): string[] {
  return subject.filters.map(({ column, values, isExcluded }) => {
    const list = parameters.add(values, TYPES[column]);
    return `${expressionOf(column)} ${isExcluded ? '<> ALL' : '= ANY'} (${list})`;
  });
}

/** Whether only errors are asked for: classes of the status from 4 on. */
function isAboutErrors({ filters }: Subject): boolean {
  return filters.some(
    ({ column, values, isExcluded }) =>
      column === 'status_class' && !isExcluded && values.every((value) => Number(value) >= 4),
  );
}

/** Whole buckets `[from, to)` of a table. */
export interface Run {
  readonly table: Table;
  readonly from: number;
  readonly to: number;
  readonly sign: 1 | -1;
}

const instant = (milliseconds: number) => new Date(milliseconds).toISOString();

/**
 * Rows of a run: `bucket` (a number, or an expression over `$START`), the columns and the measures. Buckets of all keys are
 * one range of an index by time, or a range for each key; a few keys are a range each, or looked up bucket by bucket where
 * only time orders them. OFFSET keeps such look-ups from being turned into scans.
 */
export function selectRun(subject: Subject, run: Run, bucket: string, parameters: Parameters): string {
  const { table } = run;
  const columnOf = (column: GroupColumn) => table.columns[column] ?? missing(column);
  const workspace = parameters.add(subject.workspaceId, 'uuid');
  const where = [
    `r.workspace_id = ${workspace}`,
    ...(table.where === null ? [] : [table.where]),
    ...conditions(subject, columnOf, parameters),
  ];
  const values = [
    `${bucket.replaceAll('$START', startOf(table))} AS bucket`,
    ...subject.columns.map((column) => `${columnOf(column)} AS ${column}`),
    ...subject.measures.map(
      (measure) => `${run.sign === 1 ? '' : '-'}r.${measureColumn(measure)} AS ${measureColumn(measure)}`,
    ),
  ];
  const select = (...more: readonly string[]) =>
    `SELECT ${values.join(', ')} FROM ${table.name} r WHERE ${[...where, ...more].join(' AND ')}`;
  const within = () => [
    `${table.startColumn} >= ${parameters.add(startText(table, run.from), startType(table))}`,
    `${table.startColumn} < ${parameters.add(startText(table, run.to), startType(table))}`,
  ];
  const hasKeys = table.columns.key !== undefined;
  if (!hasKeys || (subject.keyIds === null && table.isByTime)) return select(...within());
  const keys = `${selectKeys(subject, [run], workspace, parameters)} k(key_id)`;
  if (table.isByKey) {
    return `SELECT l.* FROM ${keys} CROSS JOIN LATERAL (${select('r.key_id = k.key_id', ...within())} OFFSET 0) l`;
  }
  const starts = parameters.add(
    startsOf(run).map((start) => startText(table, start)),
    `${startType(table)}[]`,
  );
  return `SELECT l.* FROM unnest(${starts}) b(starts_at) CROSS JOIN ${keys}
    CROSS JOIN LATERAL (${select('r.key_id = k.key_id', `${table.startColumn} = b.starts_at`)} OFFSET 0) l`;
}

/** The keys that are looked up one by one: those asked for, else those whose counters tell that they were used in these months. */
function selectKeys(
  subject: Subject,
  runs: readonly { readonly from: number; readonly to: number }[],
  workspace: string,
  parameters: Parameters,
): string {
  if (subject.keyIds !== null) return `unnest(${parameters.add(subject.keyIds, 'bigint[]')})`;
  return `(SELECT DISTINCT c.key_id FROM key_counters c WHERE c.workspace_id = ${workspace} AND c."window" = 'month'
             AND c.starts_on = ANY (${parameters.add(monthsOf(runs), 'date[]')}))`;
}

/** The start of a row's bucket as an instant. */
function startOf({ startColumn, isDated }: Table): string {
  return isDated ? `(${startColumn}::timestamp AT TIME ZONE 'UTC')` : startColumn;
}

const startType = ({ isDated }: Table) => (isDated ? 'date' : 'timestamptz');
const startText = ({ isDated }: Table, start: number) => (isDated ? instant(start).slice(0, 10) : instant(start));

function startsOf({ table, from, to }: Run): number[] {
  const starts: number[] = [];
  for (let start = floorTo(table.grain, from); start < to; start = ceilTo(table.grain, start + 1)) starts.push(start);
  return starts;
}

function missing(column: GroupColumn): never {
  throw new Error(`This roll-up does not tell ${column} apart.`);
}

/** Events of `[from, to)`, which are added to some buckets and taken from others. */
export interface EventRun {
  readonly from: number;
  readonly to: number;
  readonly buckets: readonly { readonly bucket: number; readonly sign: 1 | -1 }[];
}

/** So many runs are selected one by one, each planned by itself; more are laid in a list. */
const RUNS_APART_MAX = 4;

/**
 * Rows of events: `bucket`, the columns and the measures. A run of all keys is a range of the index by time; of a few keys
 * each key's events are a range of the primary key.
 */
export function selectEvents(subject: Subject, runs: readonly EventRun[], parameters: Parameters): string[] {
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

function selectEventsApart(subject: Subject, { from, to, buckets }: EventRun, parameters: Parameters): string {
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
function selectEventsTogether(subject: Subject, runs: readonly EventRun[], parameters: Parameters): string {
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

/** First days of the UTC months that runs touch. */
function monthsOf(runs: readonly { readonly from: number; readonly to: number }[]): string[] {
  const months = new Set<string>();
  for (const { from, to } of runs) {
    const month = new Date(from);
    month.setUTCDate(1);
    month.setUTCHours(0, 0, 0, 0);
    for (; month.getTime() < to; month.setUTCMonth(month.getUTCMonth() + 1)) {
      months.add(month.toISOString().slice(0, 10));
    }
  }
  return [...months];
}

/** Adds rows of several selects up by bucket and columns. A group without a request, as a complement leaves it, is dropped. */
export function sumUp(subject: Subject, selects: readonly string[]): string {
  const sums = subject.measures.map((measure) => `add_up(${measureColumn(measure)}) AS ${measureColumn(measure)}`);
  const groups = ['bucket', ...subject.columns];
  return `SELECT ${[...groups, ...sums].join(', ')} FROM (${selects.join(' UNION ALL ')}) parts
    GROUP BY ${groups.join(', ')} HAVING add_up(requests) <> 0`;
}
