'use client';

import { ListFilter, SearchX } from 'lucide-react';
import { formatPlural } from '@/components/format/text';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { useKeysPlace } from './keys-place';
import { filterChips } from './list-filters';
import { hasFilters, type KeyListParams, listHref, withoutFilters } from './list-params';

/** Keys exist, and none is shown: says which choices hide them, and undoes them. */
export function NoMatch({ params, keyCount }: { params: KeyListParams; keyCount: number }) {
  const { slug } = useKeysPlace();
  const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;
  const exist = `${formatPlural(keyCount, 'key')} ${keyCount === 1 ? 'exists' : 'exist'}.`;
  const chips = filterChips(params).filter(({ isExplicit }) => isExplicit);
  if (!hasFilters(params)) {
    return (
      <EmptyState
        headingLevel={2}
        icon={<ListFilter {...icon} />}
        title="All keys are disabled"
        actions={
          <ButtonLink size="sm" href={listHref(slug, params, { showDisabled: true })}>
            Show disabled keys
          </ButtonLink>
        }
      >
        {exist} This list hides disabled ones.
      </EmptyState>
    );
  }
  const filters = chips.map(({ field, value }) => `${field} is ${value}`).join(', ');
  const clear = (
    <ButtonLink size="sm" href={listHref(slug, withoutFilters(params))}>
      Clear filters
    </ButtonLink>
  );
  if (params.search !== '' && chips.length === 0) {
    return (
      <EmptyState
        headingLevel={2}
        icon={<SearchX {...icon} />}
        title={`Nothing matches “${params.search}”`}
        actions={clear}
      >
        {exist} The search looks at names, owners, secret hints and key ids.
      </EmptyState>
    );
  }
  const search = params.search === '' ? '' : ` and “${params.search}” was searched for`;
  return (
    <EmptyState headingLevel={2} icon={<ListFilter {...icon} />} title="No keys match these filters" actions={clear}>
      {exist} {filters}
      {search}.
    </EmptyState>
  );
}
