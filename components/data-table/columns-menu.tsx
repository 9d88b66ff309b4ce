import { Columns3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { DropdownMenu, MenuCheckItem, MenuLabel } from '../ui/dropdown-menu';

type ColumnsMenuProps<Id extends string> = {
  label?: string | undefined;
  columns: ReadonlyArray<{ readonly id: Id; readonly label: string }>;
  hidden: readonly Id[];
  onHide: (id: Id, isHidden: boolean) => void;
  /** What else can be chosen of a table's look. */
  children?: ReactNode;
};

/** Which columns a table has. */
export function ColumnsMenu<Id extends string>(props: ColumnsMenuProps<Id>) {
  const { label = 'Columns', columns, hidden, onHide, children } = props;
  return (
    <DropdownMenu
      label={label}
      align="end"
      width={200}
      trigger={
        <Button size="sm" icon={<Columns3 size={14} strokeWidth={1.9} aria-hidden="true" />}>
          Columns
        </Button>
      }
    >
      <MenuLabel>Columns</MenuLabel>
      {columns.map((column) => (
        <MenuCheckItem
          key={column.id}
          isChecked={!hidden.includes(column.id)}
          onChange={(isShown) => onHide(column.id, !isShown)}
        >
          {column.label}
        </MenuCheckItem>
      ))}
      {children}
    </DropdownMenu>
  );
}
