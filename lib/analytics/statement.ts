import type { Measure } from './contract';
import type { Column } from './plan';
import { ceilTo, floorTo } from './range';
import type { GroupColumn, Table } from './table';

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

/** Each measure's column in roll-ups, and what one event adds to it. */
export const MEASURE_COLUMNS: Readonly<Record<Measure, { readonly column: string; readonly ofEvent: string }>> = {
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

/** The type of a list of a column's values. */
export const LIST_TYPES: Readonly<Record<Column, string>> = {
  key: 'bigint[]',
  endpoint: 'text[]',
  model: 'text[]',
  provider: 'text[]',
  environment: 'text[]',
  status_class: 'smallint[]',
};

/** What a row must be for the filters of a subject. */
export function conditions(
  subject: Subject,
  expressionOf: (column: Column) => string,
  parameters: Parameters,
): string[] {
  return subject.filters.map(({ column, values, isExcluded }) => {
    const list = parameters.add(values, LIST_TYPES[column]);
    return `${expressionOf(column)} ${isExcluded ? '<> ALL' : '= ANY'} (${list})`;
  });
}

/** Whole buckets `[from, to)` of a table. */
export interface Run {
  readonly table: Table;
  readonly from: number;
  readonly to: number;
  readonly sign: 1 | -1;
}

/** `[from, to)` that is added to some buckets of an answer and taken from others. */
export interface LaidRun {
  readonly from: number;
  readonly to: number;
  readonly buckets: readonly { readonly bucket: number; readonly sign: 1 | -1 }[];
}

export const instant = (milliseconds: number) => new Date(milliseconds).toISOString();

/**
 * Rows of a run: `bucket` (a number, or an expression over `$START`), the columns and the measures. Buckets of all keys are
 * one range of an index by time, or a range for each key; a few keys are a range each, or looked up bucket by bucket where
 * only time orders them. OFFSET keeps such look-ups from being turned into scans.
 */
export function selectRun(subject: Subject, run: Run, bucket: string, parameters: Parameters): string {
  const { table } = run;
  const columnOf = (column: GroupColumn) => columnOfTable(table, column);
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
  return `(SELECT DISTINCT c.key_id FROM key_months c WHERE c.workspace_id = ${workspace}
             AND c.month = ANY (${parameters.add(monthsOf(runs), 'date[]')}))`;
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

/** What a table tells a column by. */
export function columnOfTable(table: Table, column: GroupColumn): string {
  const expression = table.columns[column];
  if (expression === undefined) throw new Error(`This roll-up does not tell ${column} apart.`);
  return expression;
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

/** Adds rows of several selects up by bucket and columns. */
export function addUp(subject: Subject, selects: readonly string[]): string {
  const sums = subject.measures.map((measure) => `add_up(${measureColumn(measure)}) AS ${measureColumn(measure)}`);
  const groups = ['bucket', ...subject.columns];
  return `SELECT ${[...groups, ...sums].join(', ')} FROM (${selects.join(' UNION ALL ')}) parts
    GROUP BY ${groups.join(', ')}`;
}

/** As `addUp`, of all rows that belong to the sums. A group without a request, as a complement leaves it, is dropped. */
export function sumUp(subject: Subject, selects: readonly string[]): string {
  return `${addUp(subject, selects)} HAVING add_up(requests) <> 0`;
}
