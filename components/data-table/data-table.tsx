'use client';

import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { type ReactNode, useId, useMemo, useRef } from 'react';
import { type DataTableColumn, hideStyleOf, menuColumnWidth, type Sort, selectColumnWidth } from './column';
import { DataTableHead } from './data-table-head';
import { DataTableRow } from './data-table-row';
import { DataTableTotals, type Totals } from './data-table-totals';
import { MobileRows } from './mobile-rows';
import { type RowSelection, toRowSelectionState, toSelectedIds } from './selection';
import { useIsNarrow } from './use-is-narrow';
import { useRowKeys } from './use-row-keys';

const features = tableFeatures({ rowSelectionFeature, columnVisibilityFeature });

export type DataTableProps<Row> = {
  /** What the rows are: "API keys". */
  label: string;
  columns: ReadonlyArray<DataTableColumn<Row>>;
  /** One page, already filtered and sorted by the server. */
  rows: readonly Row[];
  getRowId: (row: Row) => string;
  getRowName: (row: Row) => string;
  /** Enter opens it; below 768px the whole row does. */
  getRowHref?: ((row: Row) => string) | undefined;
  onPreview?: ((row: Row) => void) | undefined;
  sort?: Sort | undefined;
  getSortHref?: ((sort: Sort) => string) | undefined;
  selection?: RowSelection | undefined;
  /** Turned off by the reader, not by the width. */
  hiddenColumnIds?: readonly string[] | undefined;
  totals?: Totals | undefined;
  density?: 'default' | 'compact' | undefined;
  renderRowMenu?: ((row: Row) => ReactNode) | undefined;
  /** A `MobileRow`, for widths below 768px. */
  renderMobileRow?: ((row: Row) => ReactNode) | undefined;
  isRowMuted?: ((row: Row) => boolean) | undefined;
  /** Stands in the place of the table when there are no rows: a head over nothing says nothing. */
  empty: ReactNode;
};

/** Sorting and paging live in the URL, the selection with the page; the table only shows them. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const {
    label,
    columns,
    rows,
    getRowId,
    getRowHref,
    onPreview,
    sort,
    getSortHref,
    selection,
    hiddenColumnIds,
    totals,
    density = 'default',
  } = props;
  const tableId = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const isNarrow = useIsNarrow();
  const tableColumns = useMemo(() => columns.map((column) => ({ id: column.id })), [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const rowSelection = useMemo(() => toRowSelectionState(selection?.selectedIds), [selection?.selectedIds]);
  const columnVisibility = useMemo(
    () => Object.fromEntries((hiddenColumnIds ?? []).map((id) => [id, false])),
    [hiddenColumnIds],
  );
  const table = useTable({
    features,
    columns: tableColumns,
    data,
    getRowId,
    state: { rowSelection, columnVisibility },
    onRowSelectionChange: (updater) =>
      selection?.onChange(toSelectedIds(typeof updater === 'function' ? updater(rowSelection) : updater)),
  });
  useRowKeys(body, {
    open: (id) =>
      rowElementOf(body.current, id)?.querySelector<HTMLAnchorElement>('a[data-row-link], th a, td a')?.click(),
    preview: onPreview && ((id) => rows.filter((row) => getRowId(row) === id).forEach(onPreview)),
    // Through the handler, so that a Shift click can go on from here.
    toggle: selection && ((id) => toggleByHandler(table.getRow(id))),
    clear: selection && selection.selectedIds.size > 0 ? () => selection.onChange(new Set()) : undefined,
  });
  const visibleIds = new Set(table.getVisibleLeafColumns().map((column) => column.id));
  const visible = columns.filter((column) => visibleIds.has(column.id));
  const hasMenu = Boolean(props.renderRowMenu);
  const sideWidth = (selection ? selectColumnWidth : 0) + (hasMenu ? menuColumnWidth : 0);
  const canBeList = Boolean(props.renderMobileRow) && rows.length > 0;

  return (
    <div className="data-table" data-table={tableId} data-scrolls={props.renderMobileRow ? undefined : ''}>
      <style>{hideStyleOf(tableId, visible, sideWidth)}</style>
      {rows.length > 0 && !(canBeList && isNarrow === true) && (
        <table aria-label={label} data-density={density} className={canBeList ? 'max-md:hidden' : undefined}>
          <colgroup>
            {selection && <col style={{ width: selectColumnWidth }} />}
            {visible.map((column) => (
              <col
                key={column.id}
                data-column={column.id}
                style={column.width === undefined ? undefined : { width: column.width }}
              />
            ))}
            {hasMenu && <col style={{ width: menuColumnWidth }} />}
          </colgroup>
          <DataTableHead
            columns={visible}
            sort={sort}
            getSortHref={getSortHref}
            hasMenu={hasMenu}
            selectAll={
              selection && {
                state: table.getIsAllRowsSelected() ? 'all' : table.getIsSomeRowsSelected() ? 'some' : 'none',
                onToggle: () => table.toggleAllRowsSelected(),
              }
            }
          />
          <tbody ref={body}>
            {table.getRowModel().rows.map((row) => (
              <DataTableRow
                key={row.id}
                id={row.id}
                row={row.original}
                name={props.getRowName(row.original)}
                columns={visible}
                isSelected={row.getIsSelected()}
                isMuted={props.isRowMuted?.(row.original) ?? false}
                onToggle={selection && row.getToggleSelectedHandler()}
                menu={props.renderRowMenu?.(row.original)}
              />
            ))}
          </tbody>
          {totals && (
            <DataTableTotals totals={totals} columns={visible} hasSelection={Boolean(selection)} hasMenu={hasMenu} />
          )}
        </table>
      )}
      {canBeList && isNarrow !== false && (
        <MobileRows
          label={label}
          rows={table.getRowModel().rows.map((row) => ({
            id: row.id,
            name: props.getRowName(row.original),
            href: getRowHref?.(row.original),
            content: props.renderMobileRow?.(row.original),
            isSelected: row.getIsSelected(),
            isMuted: props.isRowMuted?.(row.original) ?? false,
            onToggle: () => row.toggleSelected(),
          }))}
          canSelect={Boolean(selection)}
          isSelecting={Boolean(selection && selection.selectedIds.size > 0)}
        />
      )}
      {rows.length === 0 && props.empty}
    </div>
  );
}

function toggleByHandler(row: {
  getIsSelected: () => boolean;
  getToggleSelectedHandler: () => (event: unknown) => void;
}) {
  row.getToggleSelectedHandler()({ target: { checked: !row.getIsSelected() } });
}

function rowElementOf(body: HTMLElement | null, id: string): HTMLElement | undefined {
  return [...(body?.querySelectorAll<HTMLElement>('tr[data-row-id]') ?? [])].find((row) => row.dataset.rowId === id);
}
