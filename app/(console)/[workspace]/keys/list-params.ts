import { z } from 'zod';
import type { KeyFilter, KeyOrder } from '@/lib/keys/contract';
import { KEY_SORTS, type KeySort } from '@/lib/keys/sorts';
import { KEY_STATUSES, type KeyStatus } from '@/lib/keys/status';

export const PAGE_SIZE = 15;
const PAGE_MAX = 1_000_000;

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
}

/** What an address without a query shows. Names begin with A, figures with the largest, what is left with the least. */
export const DEFAULT_SORT: KeySort = 'month_spend';
const ASCENDING_FIRST: readonly KeySort[] = ['name', 'owner', 'remaining'];

export function isDescendingFirst(sort: KeySort): boolean {
  return !ASCENDING_FIRST.includes(sort);
}

/** An address may be typed, old or mangled: what is not understood is left out. */
const query = z.object({
  q: z.string().trim().max(200).catch(''),
  sort: z.enum(KEY_SORTS).catch(DEFAULT_SORT),
  dir: z.enum(['asc', 'desc']).nullable().catch(null),
  page: z.coerce.number().pipe(z.int().min(1).max(PAGE_MAX)).catch(1),
  disabled: z.literal('shown').nullable().catch(null),
  status: z
    .string()
    .transform((words) => KEY_STATUSES.filter((status) => words.split(',').includes(status)))
    .catch([]),
  env: z.enum(['live', 'test']).nullable().catch(null),
  owner: z.string().min(1).max(100).nullable().catch(null),
});

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export function parseListParams(searchParams: SearchParams): KeyListParams {
  const single = Object.fromEntries(
    Object.entries(searchParams).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const { q, sort, dir, page, disabled, status, env, owner } = query.parse(single);
  return {
    search: q,
    sort,
    isDescending: dir === null ? isDescendingFirst(sort) : dir === 'desc',
    page,
    showDisabled: disabled !== null || status.includes('disabled'),
    statuses: status,
    environment: env,
    owner,
  };
}

/** The query of a list, explicit choices only: defaults are left out. Every change but of the page goes to the first. */
export function listQuery(params: KeyListParams, change: Partial<KeyListParams> = {}): string {
  const { search, sort, isDescending, page, showDisabled, statuses, environment, owner } = {
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
  return { ...params, search: '', page: 1, showDisabled: false, statuses: [], environment: null, owner: null };
}

export function hasFilters(params: KeyListParams): boolean {
  return params.search !== '' || params.statuses.length > 0 || params.environment !== null || params.owner !== null;
}

/** People see `…` where the label keeps three dots. */
export function toFilter(workspaceId: string, params: KeyListParams): KeyFilter {
  return {
    workspaceId,
    includeDisabled: params.showDisabled,
    search: params.search.replaceAll('…', '...'),
    ...(params.environment ? { environment: params.environment } : {}),
    ...(params.owner ? { owner: params.owner } : {}),
    ...(params.statuses.length > 0 ? { statuses: params.statuses } : {}),
  };
}

export function toOrder({ sort, isDescending }: KeyListParams): KeyOrder {
  return { sort, isDescending };
}
