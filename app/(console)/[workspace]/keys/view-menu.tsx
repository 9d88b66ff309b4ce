'use client';

import { Columns3 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuCheckItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { COLUMN_IDS, COLUMN_LABELS, PAGE_SIZES } from './keys-view';
import { useKeysView } from './keys-view-provider';

/** Which columns, how dense, and how many rows. Kept in this browser. */
export function ViewMenu() {
  const { view, change } = useKeysView();
  const { hiddenColumns, density, pageSize } = view;
  return (
    <DropdownMenu
      label="Columns and density"
      align="end"
      width={200}
      trigger={
        <Button size="sm" icon={<Columns3 size={14} strokeWidth={1.9} aria-hidden="true" />}>
          Columns
        </Button>
      }
    >
      <MenuLabel>Columns</MenuLabel>
      {COLUMN_IDS.filter((id) => id !== 'name').map((id) => (
        <MenuCheckItem
          key={id}
          isChecked={!hiddenColumns.includes(id)}
          onChange={(isShown) =>
            change({
              hiddenColumns: COLUMN_IDS.filter((one) => (one === id ? !isShown : hiddenColumns.includes(one))),
            })
          }
        >
          {COLUMN_LABELS[id]}
        </MenuCheckItem>
      ))}
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
    </DropdownMenu>
  );
}
