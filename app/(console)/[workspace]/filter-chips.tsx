'use client';

import { FilterChip } from '@/components/ui/chip';
import { useRemovedFilters } from './use-removed-filters';

interface Chip<Params> {
  readonly field: string;
  readonly value: string;
  /** What the address changes by when it is removed. */
  readonly removed: Partial<Params>;
  /** Whether somebody chose it; a default is left out below 768px. True when absent. */
  readonly isExplicit?: boolean;
}

type FilterChipsProps<Params> = {
  params: Params;
  chips: readonly Chip<Params>[];
  hrefOf: (change: Partial<Params>) => string;
};

/** The filters of the address in words, each with its way out. */
export function FilterChips<Params extends object>({ params, chips, hrefOf }: FilterChipsProps<Params>) {
  const { isRemoved, changeOf, follow } = useRemovedFilters(params);
  return chips
    .filter(({ field }) => !isRemoved(field))
    .map(({ field, value, removed, isExplicit = true }) => (
      <span key={field} className={isExplicit ? 'contents' : 'contents max-md:hidden'}>
        <FilterChip
          field={field}
          value={value}
          removeHref={hrefOf(changeOf(removed))}
          onFollow={follow(field, removed)}
        />
      </span>
    ));
}
