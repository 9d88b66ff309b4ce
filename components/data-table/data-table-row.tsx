'use client';

import type { ReactNode } from 'react';
import { CheckMark } from '../ui/checkbox';
import type { DataTableColumn } from './column';

type RowProps<Row> = {
  id: string;
  row: Row;
  name: string;
  columns: ReadonlyArray<DataTableColumn<Row>>;
  isSelected: boolean;
  isMuted: boolean;
  /** Takes the click's event, whose Shift selects a range. */
  onToggle: ((event: unknown) => void) | undefined;
  menu: ReactNode;
};

export function DataTableRow<Row>({ id, row, name, columns, isSelected, isMuted, onToggle, menu }: RowProps<Row>) {
  return (
    <tr
      data-row-id={id}
      tabIndex={-1}
      data-selected={isSelected ? '' : undefined}
      data-muted={isMuted ? '' : undefined}
      {...(onToggle ? { 'aria-selected': isSelected } : {})}
    >
      {onToggle && (
        <td>
          <CheckMark aria-label={`Select ${name}`} checked={isSelected} onChange={onToggle} />
        </td>
      )}
      {columns.map((column) => {
        const Cell = column.isRowHeader ? 'th' : 'td';
        return (
          <Cell
            key={column.id}
            data-column={column.id}
            data-align={column.align}
            {...(column.isRowHeader ? { scope: 'row' } : {})}
          >
            {column.cell(row)}
          </Cell>
        );
      })}
      {menu !== undefined && <td className="data-table-menu">{menu}</td>}
    </tr>
  );
}
