'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';
import type { KeySort } from '@/lib/keys/sorts';
import { useKeysPlace } from './keys-place';
import { isDescendingFirst, type KeyListParams, listHref } from './list-params';

/** Every order of the list, for widths where the table's head is not there. */
export function SortMenu({ params, month }: { params: KeyListParams; month: string }) {
  const { slug } = useKeysPlace();
  const labels = sortLabels(month);
  const arrow = { size: 14, strokeWidth: 1.9, 'aria-hidden': true } as const;
  const Arrow = params.isDescending ? ArrowDown : ArrowUp;
  return (
    <DropdownMenu
      label="Sort by"
      trigger={
        <Button size="sm" icon={<Arrow {...arrow} />} aria-label={`Sorted by ${labels[params.sort]}`}>
          {labels[params.sort]}
        </Button>
      }
    >
      {SORTS.map((sort) => {
        const isCurrent = sort === params.sort;
        const isDescending = isCurrent ? !params.isDescending : isDescendingFirst(sort);
        return (
          <MenuItem
            key={sort}
            href={listHref(slug, params, { sort, isDescending })}
            icon={isCurrent ? <Arrow {...arrow} /> : <span className="w-3.5 flex-none" />}
          >
            {labels[sort]}
          </MenuItem>
        );
      })}
    </DropdownMenu>
  );
}

const SORTS: readonly KeySort[] = [
  'month_spend',
  'lifetime_spend',
  'limit_used',
  'remaining',
  'month_requests',
  'month_error_rate',
  'last_used',
  'name',
  'owner',
  'created',
];

function sortLabels(month: string): Readonly<Record<KeySort, string>> {
  return {
    month_spend: `Spend, ${month}`,
    lifetime_spend: 'Spend, ever',
    limit_used: 'Limit used',
    remaining: 'Remaining',
    month_requests: `Requests, ${month}`,
    month_error_rate: `Errors, ${month}`,
    last_used: 'Last used',
    name: 'Name',
    owner: 'Owner',
    created: 'Created',
  };
}
