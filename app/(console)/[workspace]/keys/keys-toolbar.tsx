'use client';

import { Download } from 'lucide-react';
import { formatPlural } from '@/components/format/text';
import { zonedPartsOf } from '@/components/format/time';
import { ButtonLink } from '@/components/ui/button-link';
import { ToolBar } from '@/components/ui/top-bar';
import type { KeysByStatus } from '@/lib/keys/queries/summarise-keys';
import { FilterChips } from '../filter-chips';
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
  const { slug, now, noExportReason } = useKeysPlace();
  return (
    <ToolBar label="Filters">
      <SearchKeys params={params} />
      <FilterChips params={params} chips={filterChips(params)} hrefOf={(change) => listHref(slug, params, change)} />
      <AddFilter params={params} keysByStatus={keysByStatus} />
      <span className="md:hidden">
        <SortMenu params={params} month={zonedPartsOf(now).monthName} />
      </span>
      <span className="ml-auto flex items-center gap-2 max-md:hidden">
        {noExportReason === null && (
          <ButtonLink
            size="sm"
            variant="ghost"
            href={exportHref(slug, params)}
            icon={<Download size={14} strokeWidth={1.9} aria-hidden="true" />}
          >
            Export
          </ButtonLink>
        )}
        <ViewMenu />
      </span>
      <span className="ml-auto text-xs text-fg-3 md:hidden">
        {shownKeys} of {formatPlural(keyCount, 'key')}
      </span>
    </ToolBar>
  );
}

/** Where these keys are made into a file, as far as it can be narrowed in the same way. */
function exportHref(slug: string, { environment, owner, tag }: KeyListParams): string {
  const chosen = Object.entries({ environment, owner, tag }).filter(([, value]) => value !== null);
  return `/${slug}/exports?${new URLSearchParams([['format', 'keys'], ...chosen.map(([name, value]) => [name, value ?? ''])])}`;
}
