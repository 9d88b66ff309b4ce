import type { KeySort } from '@/lib/keys/sorts';
import type { KeyStatus } from '@/lib/keys/status';

/** What the list shows, as its URL says it. */
export interface KeyListParams {
  readonly search: string;
  readonly sort: KeySort;
  readonly isDescending: boolean;
  /** From 1. */
  readonly page: number;
  readonly showDisabled: boolean;
  /** Empty: any. */
  readonly statuses: readonly KeyStatus[];
  readonly environment: 'live' | 'test' | null;
  readonly owner: string | null;
  readonly tag: string | null;
}

/** What an address without a query shows. Names begin with A, figures with the largest, what is left with the least. */
export const DEFAULT_SORT: KeySort = 'month_spend';
const ASCENDING_FIRST: readonly KeySort[] = ['name', 'owner', 'remaining'];

export function isDescendingFirst(sort: KeySort): boolean {
  return !ASCENDING_FIRST.includes(sort);
}

/** The query of a list, explicit choices only: defaults are left out. Every change but of the page goes to the first. */
export function listQuery(params: KeyListParams, change: Partial<KeyListParams> = {}): string {
  const { search, sort, isDescending, page, showDisabled, statuses, environment, owner, tag } = {
    ...params,
    page: 1,
    ...change,
  };
  const pairs: [string, string | false | null][] = [
    ['q', search],
    ['sort', sort !== DEFAULT_SORT && sort],
    ['dir', isDescending !== isDescendingFirst(sort) && (isDescending ? 'desc' : 'asc')],
    ['status', statuses.join(',')],
    ['disabled', showDisabled && !statuses.includes('disabled') && 'shown'],
    ['env', environment],
    ['owner', owner],
    ['tag', tag],
    ['page', page > 1 && String(page)],
  ];
  const chosen = pairs.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  return new URLSearchParams(chosen).toString();
}

/** The address of a list in a workspace. */
export function listHref(slug: string, params: KeyListParams, change?: Partial<KeyListParams>): string {
  const text = listQuery(params, change);
  return text === '' ? `/${slug}/keys` : `/${slug}/keys?${text}`;
}

/** The list without any filter, sorted as before. */
export function withoutFilters(params: KeyListParams): KeyListParams {
  return {
    ...params,
    search: '',
    page: 1,
    showDisabled: false,
    statuses: [],
    environment: null,
    owner: null,
    tag: null,
  };
}

export function hasFilters(params: KeyListParams): boolean {
  return (
    params.search !== '' ||
    params.statuses.length > 0 ||
    params.environment !== null ||
    params.owner !== null ||
    params.tag !== null
  );
}
