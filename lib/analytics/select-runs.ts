import {
  columnOfTable,
  conditions,
  instant,
  type LaidRun,
  measureColumn,
  type Parameters,
  type Subject,
} from './statement';
import type { Table } from './table';

/** Rows of several runs of one table, of all keys: each run is a range of an index by time for each bucket that it is laid to. */
export function selectRuns(subject: Subject, table: Table, runs: readonly LaidRun[], parameters: Parameters): string {
  const laid = runs.flatMap(({ from, to, buckets }) => buckets.map((one) => ({ ...one, from, to })));
  const list = <Value>(of: (one: (typeof laid)[number]) => Value, type: string) => parameters.add(laid.map(of), type);
  const names = subject.measures.map(measureColumn);
  const where = [
    `r.workspace_id = ${parameters.add(subject.workspaceId, 'uuid')}`,
    ...(table.where === null ? [] : [table.where]),
    ...conditions(subject, (column) => columnOfTable(table, column), parameters),
    `${table.startColumn} >= a.starts_at AND ${table.startColumn} < a.ends_at`,
  ];
  const columns = subject.columns.map((column) => `${columnOfTable(table, column)} AS ${column}`);
  const lists = [
    list(({ from }) => instant(from), 'timestamptz[]'),
    list(({ to }) => instant(to), 'timestamptz[]'),
    list(({ bucket }) => bucket, 'int[]'),
    list(({ sign }) => sign, 'int[]'),
  ];
  return `SELECT ${['a.bucket', ...subject.columns.map((column) => `l.${column}`), ...names.map((name) => `a.sign * l.${name} AS ${name}`)].join(', ')}
    FROM unnest(${lists.join(', ')}) a(starts_at, ends_at, bucket, sign)
   CROSS JOIN LATERAL (SELECT ${[...columns, ...names.map((name) => `r.${name}`)].join(', ')}
                         FROM ${table.name} r WHERE ${where.join(' AND ')} OFFSET 0) l`;
}
