import { isAdditive, type ShownMeasure, type ShownValue, unitOf } from '@/lib/analytics/measures-shown';
import type { ExploreRow } from './explore-rows';

/** Every column of the table by which it can be sorted. */
export const EXPLORE_SORTS = [
  'value',
  'share',
  'previous',
  'change',
  'percent',
  'requests',
  'mean',
  'highest',
  'name',
  'owner',
] as const;
export type ExploreSortColumn = (typeof EXPLORE_SORTS)[number];

/** How the lines stand. Which lines there are, the measure decides: the first so many of it. */
export interface ExploreSort {
  readonly column: ExploreSortColumn;
  readonly isDescending: boolean;
}

export const SORT_DEFAULT: ExploreSort = { column: 'value', isDescending: true };

/** Figures begin with the most, words with A. */
export function isDescendingFirst(column: ExploreSortColumn): boolean {
  return column !== 'name' && column !== 'owner';
}

interface Shown {
  readonly measure: ShownMeasure;
  readonly by: string | null;
  readonly isCompared: boolean;
}

/** Whether the table has such a column, for what is shown. Parts of a tag's keys overlap, so they have no share. */
export function hasColumn(column: ExploreSortColumn, { measure, by, isCompared }: Shown): boolean {
  switch (column) {
    case 'owner':
      return by === 'key';
    case 'share':
      return isAdditive(measure) && by !== 'tag';
    case 'previous':
    case 'change':
      return isCompared;
    case 'percent':
      return isCompared && unitOf(measure) !== 'fraction';
    case 'requests':
      return !isAdditive(measure);
    case 'mean':
      return isAdditive(measure);
    default:
      return true;
  }
}

/** The order as it is where there is such a column, and more than one line. */
export function sortOfShown(sort: ExploreSort, shown: Shown): ExploreSort {
  return shown.by !== null && hasColumn(sort.column, shown) ? sort : SORT_DEFAULT;
}

/**
 * The lines in another order: groups by their own figures with their parts below them, the parts likewise. What has no
 * line of its own stays last of its kind, and so does what has no figure, whichever the direction.
 */
export function sortRows(rows: readonly ExploreRow[], sort: ExploreSort): ExploreRow[] {
  if (sort.column === SORT_DEFAULT.column && sort.isDescending) return [...rows];
  const blocks: ExploreRow[][] = [];
  for (const row of rows) {
    const last = blocks.at(-1);
    if (row.isInner && last) last.push(row);
    else blocks.push([row]);
  }
  const compare = compareBy(sort);
  return blocks
    .toSorted(([left], [right]) => (left && right ? compare(left, right) : 0))
    .flatMap(([head, ...parts]) => (head ? [head, ...parts.toSorted(compare)] : []));
}

function compareBy({ column, isDescending }: ExploreSort): (left: ExploreRow, right: ExploreRow) => number {
  return (left, right) => {
    const rest = Number(left.kind === 'rest') - Number(right.kind === 'rest');
    if (rest !== 0) return rest;
    const [a, b] = [keyOf(left, column), keyOf(right, column)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order =
      typeof a === 'string' && typeof b === 'string' ? a.localeCompare(b, 'en') : a < b ? -1 : a > b ? 1 : 0;
    return isDescending ? -order : order;
  };
}

/** NULL: the column shows a dash. */
function keyOf({ name, owner, ...row }: ExploreRow, column: ExploreSortColumn): ShownValue | string {
  switch (column) {
    case 'name':
      return name.toLowerCase();
    case 'owner':
      return owner?.toLowerCase() ?? null;
    case 'share':
      return row.value;
    case 'change':
      return changeOf(row);
    case 'percent':
      return growthOf(row);
    default:
      return row[column];
  }
}

type Compared = Pick<ExploreRow, 'value' | 'previous'>;

function changeOf({ value, previous }: Compared): ShownValue {
  if (value === null || previous === null) return null;
  return typeof value === 'bigint' && typeof previous === 'bigint'
    ? value - previous
    : Number(value) - Number(previous);
}

/** What is new has grown more than anything that was there. */
function growthOf({ value, previous }: Compared): number | null {
  if (value === null || previous === null) return null;
  const [now, before] = [Number(value), Number(previous)];
  if (before === 0) return now === 0 ? null : Number.POSITIVE_INFINITY;
  return now / before - 1;
}
