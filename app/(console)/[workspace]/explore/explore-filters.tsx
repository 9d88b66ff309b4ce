'use client';

import { FilterChip } from '@/components/ui/chip';
import type { Filter } from '@/lib/analytics/contract';
import { useRemovedFilters } from '../use-removed-filters';
import { type ExploreParams, exploreHref, withFilter } from './explore-params';
import { DIMENSION_WORDS, filterWords } from './explore-words';

const idOf = ({ dimension, isExcluded }: Filter) => `${isExcluded ? '-' : ''}${dimension}`;

type ExploreFiltersProps = {
  slug: string;
  params: ExploreParams;
  /** Of the keys that are filtered by, by hash. */
  keyNames: ReadonlyMap<string, string>;
};

/** What the question leaves out, with its way out. */
export function ExploreFilters({ slug, params, keyNames }: ExploreFiltersProps) {
  const { isRemoved, follow } = useRemovedFilters(params);
  const left = params.filters.filter((filter) => !isRemoved(idOf(filter)));
  return left.map((filter) => (
    <FilterChip
      key={idOf(filter)}
      field={DIMENSION_WORDS[filter.dimension].one}
      value={<span className="max-w-56 truncate">{filterWords(filter, keyNames)}</span>}
      removeHref={exploreHref(slug, params, { filters: withFilter(left, { ...filter, values: [] }) })}
      onFollow={follow(idOf(filter), {})}
    />
  ));
}
