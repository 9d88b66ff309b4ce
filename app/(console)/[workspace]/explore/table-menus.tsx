'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { ColumnsMenu } from '@/components/data-table/columns-menu';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';
import { type ExploreParams, exploreHref } from './explore-params';
import { EXPLORE_SORTS, hasColumn, isDescendingFirst } from './explore-sort';
import { EXPLORE_COLUMNS } from './explore-view';
import { useExploreView } from './explore-view-provider';
import type { ColumnHeads } from './explore-words';

/** Which columns the table has. Kept in this browser. */
export function LinesColumnsMenu({ params, heads }: { params: ExploreParams; heads: ColumnHeads }) {
  const { hidden, hide } = useExploreView();
  const there = EXPLORE_COLUMNS.filter((column) => column === 'spark' || hasColumn(column, params));
  return (
    <ColumnsMenu
      columns={there.map((id) => ({ id, label: heads[id] }))}
      hidden={hidden}
      onHide={(id, isHidden) => hide(EXPLORE_COLUMNS.filter((one) => (one === id ? isHidden : hidden.includes(one))))}
    />
  );
}

/** Every order of the lines, for widths where the table's head is not there. */
export function LinesSortMenu({ slug, params, heads }: { slug: string; params: ExploreParams; heads: ColumnHeads }) {
  const { column: current, isDescending } = params.sort;
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  const arrow = { size: 14, strokeWidth: 1.9, 'aria-hidden': true } as const;
  return (
    <DropdownMenu
      label="Sort by"
      align="end"
      trigger={
        <Button size="sm" icon={<Arrow {...arrow} />} aria-label={`Sorted by ${heads[current]}`}>
          {heads[current]}
        </Button>
      }
    >
      {EXPLORE_SORTS.filter((column) => hasColumn(column, params)).map((column) => {
        const sort = { column, isDescending: column === current ? !isDescending : isDescendingFirst(column) };
        return (
          <MenuItem
            key={column}
            href={exploreHref(slug, params, { sort })}
            icon={column === current ? <Arrow {...arrow} /> : <span className="w-3.5 flex-none" />}
          >
            {heads[column]}
          </MenuItem>
        );
      })}
    </DropdownMenu>
  );
}
