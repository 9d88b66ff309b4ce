import type { ReactNode } from 'react';
import type { DataTableColumn } from './column';

export type Totals = {
  /** Names the whole filter, not the page: "All 44". */
  label: ReactNode;
  /** By column id. */
  cells: Readonly<Record<string, ReactNode>>;
  /** Draws the double rule. Only for sums that are exact. */
  isExact: boolean;
};

type TotalsProps = {
  totals: Totals;
  columns: ReadonlyArray<DataTableColumn<never>>;
  hasSelection: boolean;
  hasMenu: boolean;
};

export function DataTableTotals({ totals, columns, hasSelection, hasMenu }: TotalsProps) {
  return (
    <tfoot>
      <tr data-exact={totals.isExact ? '' : undefined}>
        {hasSelection && <td />}
        {columns.map((column, index) =>
          index === 0 ? (
            <th key={column.id} scope="row" data-column={column.id}>
              {totals.label}
            </th>
          ) : (
            <td key={column.id} data-column={column.id} data-align={column.align}>
              {totals.cells[column.id]}
            </td>
          ),
        )}
        {hasMenu && <td />}
      </tr>
    </tfoot>
  );
}
