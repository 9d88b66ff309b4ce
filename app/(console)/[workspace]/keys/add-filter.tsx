'use client';

import { useState } from 'react';
import { FilterPopover } from '@/components/ui/filter-popover';
import type { KeysByStatus } from '@/lib/keys/queries/summarise-keys';
import { KEY_STATUSES, type KeyStatus } from '@/lib/keys/status';
import { FilterGroup, FilterLink } from '../filter-links';
import { STATUS_LABELS } from './key-words';
import { useKeysPlace } from './keys-place';
import { type KeyListParams, listHref } from './list-params';

/** Owners beyond these are found by the search, which looks at owners too. */
const OWNERS_SHOWN = 8;
const TAGS_SHOWN = 8;

type AddFilterProps = { params: KeyListParams; keysByStatus: KeysByStatus | null };

/** Every choice is a link, so that a filter is an address. */
export function AddFilter({ params, keysByStatus }: AddFilterProps) {
  const { slug, owners, tags } = useKeysPlace();
  const [isOpen, setIsOpen] = useState(false);
  const hrefOf = (change: Partial<KeyListParams>) => listHref(slug, params, change);
  const choose = { onChoose: () => setIsOpen(false) };
  return (
    <FilterPopover width={232} isOpen={isOpen} onOpenChange={setIsOpen}>
      <FilterGroup label="Status">
        {KEY_STATUSES.map((status) => (
          <FilterLink
            key={status}
            {...choose}
            href={hrefOf(toggleStatus(params, status))}
            isChosen={params.statuses.includes(status)}
            count={keysByStatus ? (keysByStatus[status] ?? 0) : undefined}
          >
            {STATUS_LABELS[status]}
          </FilterLink>
        ))}
      </FilterGroup>
      <FilterGroup label="Environment">
        {(['live', 'test'] as const).map((environment) => (
          <FilterLink
            key={environment}
            {...choose}
            href={hrefOf({ environment: params.environment === environment ? null : environment })}
            isChosen={params.environment === environment}
          >
            {environment === 'live' ? 'Live' : 'Test'}
          </FilterLink>
        ))}
      </FilterGroup>
      {owners.length > 0 && (
        <FilterGroup label={owners.length > OWNERS_SHOWN ? `Owner, ${OWNERS_SHOWN} of ${owners.length}` : 'Owner'}>
          {owners.slice(0, OWNERS_SHOWN).map(({ owner, keys }) => (
            <FilterLink
              key={owner}
              {...choose}
              href={hrefOf({ owner: params.owner === owner ? null : owner })}
              isChosen={params.owner === owner}
              count={keys}
            >
              {owner}
            </FilterLink>
          ))}
        </FilterGroup>
      )}
      {tags.length > 0 && (
        <FilterGroup label={tags.length > TAGS_SHOWN ? `Tag, ${TAGS_SHOWN} of ${tags.length}` : 'Tag'}>
          {tags.slice(0, TAGS_SHOWN).map(({ tag, keys }) => (
            <FilterLink
              key={tag}
              {...choose}
              href={hrefOf({ tag: params.tag === tag ? null : tag })}
              isChosen={params.tag === tag}
              count={keys}
            >
              {tag}
            </FilterLink>
          ))}
        </FilterGroup>
      )}
    </FilterPopover>
  );
}

function toggleStatus({ statuses }: KeyListParams, status: KeyStatus): Partial<KeyListParams> {
  const next = statuses.includes(status) ? statuses.filter((one) => one !== status) : [...statuses, status];
  return { statuses: KEY_STATUSES.filter((one) => next.includes(one)), showDisabled: next.includes('disabled') };
}
