import { DIMENSIONS, type Dimension, type Filter } from '@/lib/analytics/contract';
import { type ExploreParams, exploreHref, withFilter } from './explore-params';
import type { ExploreRow } from './explore-rows';

/** Where a line of the table leads. NULL: it leads nowhere. */
export interface DrillLinks {
  /** Into it: only this, and divided by what it is not divided by yet. */
  readonly intoHref: string | null;
  readonly onlyHref: string | null;
  readonly withoutHref: string | null;
  readonly keyHref: string | null;
}

const NOWHERE: DrillLinks = { intoHref: null, onlyHref: null, withoutHref: null, keyHref: null };

/** What is looked at next, the most telling first. */
const NEXT: readonly Dimension[] = ['key', 'endpoint', 'model', 'provider', 'status_class', 'environment'];

export function drillLinks(slug: string, params: ExploreParams, row: ExploreRow): DrillLinks {
  const { values, kind, hasKeyPage } = row;
  const dimensions = [params.by, params.thenBy].flatMap((dimension) => dimension ?? []);
  const dimension = dimensions[(values?.length ?? 0) - 1];
  if (values === null || dimension === undefined) return NOWHERE;
  const filters = values.reduce<readonly Filter[]>((kept, value, index) => {
    const own = dimensions[index];
    if (own === undefined) return kept;
    const without = withFilter(kept, { dimension: own, values: [], isExcluded: true });
    return withFilter(without, { dimension: own, values: [value] });
  }, params.filters);
  const ordered = inOrder(filters);
  const value = values.at(-1) ?? null;
  return {
    intoHref: exploreHref(slug, params, { filters: ordered, ...dividedOn(params, kind, ordered) }),
    onlyHref: exploreHref(slug, params, { filters: ordered }),
    withoutHref: kind === 'group' ? exploreHref(slug, params, { filters: leaveOut(params, dimension, value) }) : null,
    keyHref: hasKeyPage && kind === 'group' && value !== null ? `/${slug}/keys/${value}` : null,
  };
}

/** By what a line is divided once one is inside: its parts become the groups, then what tells most. */
function dividedOn(
  { thenBy }: ExploreParams,
  kind: ExploreRow['kind'],
  filters: readonly Filter[],
): Pick<ExploreParams, 'by' | 'thenBy'> {
  if (kind === 'group' && thenBy !== null) return { by: thenBy, thenBy: null };
  const isFixed = (dimension: Dimension) =>
    filters.some((filter) => filter.dimension === dimension && !filter.isExcluded && filter.values.length === 1);
  return { by: NEXT.find((dimension) => !isFixed(dimension)) ?? null, thenBy: null };
}

function leaveOut({ filters }: ExploreParams, dimension: Dimension, value: string | null): Filter[] {
  const excluded = filters.find((filter) => filter.dimension === dimension && filter.isExcluded)?.values ?? [];
  return inOrder(withFilter(filters, { dimension, values: [...excluded, value], isExcluded: true }));
}

/** Filters in the order that an address is read in, so that the same question has one address. */
function inOrder(filters: readonly Filter[]): Filter[] {
  const placeOf = ({ dimension, isExcluded }: Filter) => DIMENSIONS.indexOf(dimension) * 2 + (isExcluded ? 1 : 0);
  return filters.toSorted((left, right) => placeOf(left) - placeOf(right));
}
