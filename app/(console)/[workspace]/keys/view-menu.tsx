'use client';

import { ColumnsMenu } from '@/components/data-table/columns-menu';
import { MenuCheckItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { COLUMN_IDS, COLUMN_LABELS, PAGE_SIZES } from './keys-view';
import { useKeysView } from './keys-view-provider';

/** Which columns, how dense, and how many rows. Kept in this browser. */
export function ViewMenu() {
  const { view, change } = useKeysView();
  const { hiddenColumns, density, pageSize } = view;
  return (
    <ColumnsMenu
      label="Columns and density"
      columns={COLUMN_IDS.filter((id) => id !== 'name').map((id) => ({ id, label: COLUMN_LABELS[id] }))}
      hidden={hiddenColumns}
      onHide={(id, isHidden) =>
        change({ hiddenColumns: COLUMN_IDS.filter((one) => (one === id ? isHidden : hiddenColumns.includes(one))) })
      }
    >
      <MenuSeparator />
      <MenuCheckItem
        isChecked={density === 'compact'}
        onChange={(isCompact) => change({ density: isCompact ? 'compact' : 'default' })}
      >
        Compact rows
      </MenuCheckItem>
      <MenuSeparator />
      <MenuLabel>Rows on a page</MenuLabel>
      {PAGE_SIZES.map((size) => (
        <MenuCheckItem key={size} isChecked={pageSize === size} onChange={() => change({ pageSize: size })}>
          {String(size)}
        </MenuCheckItem>
      ))}
    </ColumnsMenu>
  );
}
