import { addUp, LIST_TYPES, measureColumn, type Parameters, type Subject } from './statement';
import type { SumsRow } from './sums';
import type { GroupColumn } from './table';

/**
 * Sums of a subject as texts: for the bucket, each column and each measure a list as the database writes it and takes it
 * back. None: there are no sums.
 */
export type SumLists = readonly string[];

/** The columns of sums, in the order of their lists. */
function namesOf({ columns, measures }: Subject): string[] {
  return ['bucket', ...columns, ...measures.map(measureColumn)];
}

const listType = (column: GroupColumn) => (column === 'latency_bucket' ? 'int[]' : LIST_TYPES[column]);

/** A statement that answers what the rows of some selects come to in one row of lists: `sums` is how many, `sumsMax` at most. */
export function listSums(subject: Subject, selects: readonly string[], sumsMax: number): string {
  const lists = namesOf(subject).map((name) => `array_agg(s.${name})::text AS ${name}`);
  // Groups without a request are among them: what is added to them may leave one.
  return `SELECT ${['COUNT(*) AS sums', ...lists].join(', ')} FROM (${addUp(subject, selects)} LIMIT ${sumsMax}) s`;
}

/** The lists of such a row, which are NULL where there are no sums. */
export function toLists(subject: Subject, row: SumsRow): SumLists {
  return namesOf(subject).flatMap((name) => {
    const list = row[name];
    return typeof list === 'string' ? [list] : [];
  });
}

/** The sums again, to be added up with the rows of other selects. */
export function selectLists(subject: Subject, lists: SumLists, parameters: Parameters): string[] {
  if (lists.length === 0) return [];
  const types = ['int[]', ...subject.columns.map(listType), ...subject.measures.map(() => 'bigint[]')];
  const arrays = types.map((type, index) => parameters.add(lists[index], type));
  return [`SELECT * FROM unnest(${arrays.join(', ')}) AS k(${namesOf(subject).join(', ')})`];
}
