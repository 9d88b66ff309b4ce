import type { ExportFilter, ExportFormat, StatusFilter } from '@/lib/exports/contract';

/** A file that is to be made, as the page's URL says it. */
export interface ExportsParams {
  readonly format: ExportFormat;
  /** Of usage by key: a row for each key and model. */
  readonly isByModel: boolean;
  /** First and last day in the zone, both inclusive, as `2026-11-18`. NULL: the last 30 days. */
  readonly days: { readonly first: string; readonly last: string } | null;
  /** NULL: the workspace's. */
  readonly zone: string | null;
  readonly keys: readonly string[];
  readonly models: readonly string[];
  readonly endpoints: readonly string[];
  readonly environment: 'live' | 'test' | null;
  readonly status: StatusFilter | null;
  readonly owner: string | null;
  readonly tag: string | null;
  /** Of the history, from 1. */
  readonly page: number;
}

export const EXPORTS_DEFAULT: ExportsParams = {
  format: 'langdock-api-keys',
  isByModel: false,
  days: null,
  zone: null,
  keys: [],
  models: [],
  endpoints: [],
  environment: null,
  status: null,
  owner: null,
  tag: null,
  page: 1,
};

export const EXPORTS_PAGE_SIZE = 20;

/** The explicit choices as pairs of the query. Every change leads to the newest exports, but that of the page itself. */
export function exportsQuery(params: Partial<ExportsParams>): [string, string][] {
  const { format, isByModel, days, zone, keys, models, endpoints, environment, status, owner, tag, page } = {
    ...EXPORTS_DEFAULT,
    ...params,
  };
  const isOfNow = format === 'keys';
  const pairs: [string, string | false | null | undefined][] = [
    ['format', format !== EXPORTS_DEFAULT.format && format],
    ['per', format === 'langdock-api-keys' && isByModel && 'model'],
    ['from', !isOfNow && days?.first],
    ['to', !isOfNow && days?.last],
    ['zone', zone],
    ...keys.map((key): [string, string] => ['key', key]),
    ...(isOfNow ? [] : models.map((model): [string, string] => ['model', model])),
    ...(isOfNow ? [] : endpoints.map((endpoint): [string, string] => ['endpoint', endpoint])),
    ['environment', environment],
    ['status', !isOfNow && status],
    ['owner', owner],
    ['tag', tag],
    ['page', page > 1 && String(page)],
  ];
  return pairs.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
}

export function exportsHref(slug: string, params: Partial<ExportsParams>): string {
  const text = new URLSearchParams(exportsQuery(params)).toString();
  return text === '' ? `/${slug}/exports` : `/${slug}/exports?${text}`;
}

/** The filter that a file is made with: what its format cannot be filtered by is left out. */
export function toExportFilter(params: ExportsParams): ExportFilter {
  const { keys, models, endpoints, environment, status, owner, tag } = params;
  const isOfNow = params.format === 'keys';
  return {
    ...(keys.length > 0 ? { keyHashes: [...keys] } : {}),
    ...(models.length > 0 && !isOfNow ? { models: [...models] } : {}),
    ...(endpoints.length > 0 && !isOfNow ? { endpoints: [...endpoints] } : {}),
    ...(environment === null ? {} : { environment }),
    ...(status === null || isOfNow ? {} : { status }),
    ...(owner === null ? {} : { owner }),
    ...(tag === null ? {} : { tag }),
  };
}

/** A file is fetched from where the page came from, whatever address its link is given out under. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
