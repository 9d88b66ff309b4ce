'use client';

import { formatPlural } from '@/components/format/text';
import { zonedPartsOf } from '@/components/format/time';
import { FilterChip } from '@/components/ui/chip';
import { ToolBar } from '@/components/ui/top-bar';
import type { KeysByStatus } from '@/lib/keys/queries/summarise-keys';
import { AddFilter } from './add-filter';
import { useKeysPlace } from './keys-place';
import { filterChips } from './list-filters';
import { type KeyListParams, listHref } from './list-params';
import { SearchKeys } from './search-keys';
import { SortMenu } from './sort-menu';
import { ViewMenu } from './view-menu';

type KeysToolbarProps = {
  params: KeyListParams;
  /** Over all pages. */
  shownKeys: number;
  /** NULL: not counted. */
  keysByStatus: KeysByStatus | null;
  keyCount: number;
};

/** What the list shows: the search, the filters with their way out, and below 768px the order. */
export function KeysToolbar({ params, shownKeys, keysByStatus, keyCount }: KeysToolbarProps) {
  const { slug, now } = useKeysPlace();
  return (
    <ToolBar label="Filters">
      <SearchKeys params={params} />
      {filterChips(params).map(({ field, value, removed, isExplicit }) => (
        <span key={field} className={isExplicit ? undefined : 'max-md:hidden'}>
          <FilterChip field={field} value={value} removeHref={listHref(slug, params, removed)} />
        </span>
      ))}
      <AddFilter params={params} keysByStatus={keysByStatus} />
      <span className="md:hidden">
        <SortMenu params={params} month={zonedPartsOf(now).monthName} />
      </span>
      <span className="ml-auto max-md:hidden">
        <ViewMenu />
      </span>
      <span className="ml-auto text-xs text-fg-3 md:hidden">
        {shownKeys} of {formatPlural(keyCount, 'key')}
      </span>
    </ToolBar>
  );
}
