import type { ReactNode } from 'react';

export type SortDirection = 'ascending' | 'descending';
export type Sort = { columnId: string; direction: SortDirection };

/** Define columns at module scope: the table compares them by identity. */
export type DataTableColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Pixels. The column without a width takes the slack; give exactly one of them none. */
  width?: number;
  /** Pixels below which the column without a width pushes others out. */
  minWidth?: number;
  /** `end` for figures, money, percents and "last used". */
  align?: 'start' | 'end';
  /** The first click's direction; without it the column can't be sorted. Figures begin descending. */
  sortFirst?: SortDirection;
  /** 1 goes first when the table gets narrow. Without it the column always stays. */
  hideOrder?: number;
  /** Names the row for a reader; usually the first text column. */
  isRowHeader?: boolean;
};

export const selectColumnWidth = 48;
export const menuColumnWidth = 46;
const slackWidthMin = 180;

type SizedColumn = Pick<DataTableColumn<never>, 'id' | 'width' | 'minWidth' | 'hideOrder'>;

/**
 * For every column that may go: the container width at which it goes. A column goes when those still shown no longer fit,
 * in the order of `hideOrder`. `sideWidth` is what selection and menu take.
 */
export function hideWidthsOf(
  columns: readonly SizedColumn[],
  sideWidth: number,
): Array<{ columnId: string; belowPx: number }> {
  const widthOf = (column: SizedColumn) => column.width ?? column.minWidth ?? slackWidthMin;
  let shownPx = sideWidth + columns.reduce((sum, column) => sum + widthOf(column), 0);
  const leaving = columns
    .filter((column) => column.hideOrder !== undefined)
    .sort((a, b) => (a.hideOrder ?? 0) - (b.hideOrder ?? 0));
  return leaving.map((column) => {
    const belowPx = shownPx;
    shownPx -= widthOf(column);
    return { columnId: column.id, belowPx };
  });
}

/**
 * Container queries need no script, so a narrow page is right at the first paint. What has `data-without` of a column shows
 * only where that column is not.
 */
export function hideStyleOf(tableId: string, columns: readonly SizedColumn[], sideWidth: number): string {
  const table = `[data-table="${tableId}"]`;
  const leaving = hideWidthsOf(columns, sideWidth).map(
    ({ columnId, belowPx }) =>
      `@container data-table (width < ${belowPx}px){${table} [data-column="${columnId}"]{display:none}}` +
      `@container data-table (width >= ${belowPx}px){${table} [data-without="${columnId}"]{display:none}}`,
  );
  const staying = columns
    .filter((column) => column.hideOrder === undefined)
    .map(({ id }) => `${table} [data-without="${id}"]{display:none}`);
  return [...leaving, ...staying].join('');
}

/** A click turns the direction of the sorted column, and gives another its own first direction. */
export function nextSortOf(column: { id: string; sortFirst: SortDirection }, sort: Sort | undefined): Sort {
  const isSorted = sort?.columnId === column.id;
  const direction = !isSorted ? column.sortFirst : sort.direction === 'ascending' ? 'descending' : 'ascending';
  return { columnId: column.id, direction };
}
