import type { Dimension, Filter } from '@/lib/analytics/contract';
import type { ShownMeasure } from '@/lib/analytics/measures-shown';
import type { PeriodName, Preset } from '@/lib/analytics/period';
import type { Granularity } from '@/lib/core/zone';
import { periodQuery } from '../period-params';
import { type ExploreSort, isDescendingFirst, SORT_DEFAULT } from './explore-sort';

/** The period of an address that names none. */
export const EXPLORE_PERIOD: Preset = '30d';
export const TOPS = [5, 8, 15, 25] as const;
export const TOP_DEFAULT = 8;
export const CHARTS = ['stacked', 'lines', 'share', 'cumulative'] as const;
export type Chart = (typeof CHARTS)[number];

/** What Explore shows, as its URL says it. */
export interface ExploreParams {
  readonly measure: ShownMeasure;
  /** NULL: the whole. */
  readonly by: Dimension | null;
  /** NULL: not divided further. */
  readonly thenBy: Dimension | null;
  /** NULL: what reads best for the period. */
  readonly every: Granularity | null;
  readonly top: number;
  readonly period: PeriodName;
  readonly isCompared: boolean;
  readonly filters: readonly Filter[];
  readonly chart: Chart;
  /** Of the table's lines. */
  readonly sort: ExploreSort;
  /** The saved view that it was opened from. */
  readonly viewId: string | null;
}

export const EXPLORE_DEFAULT: ExploreParams = {
  measure: 'spend',
  by: 'key',
  thenBy: null,
  every: null,
  top: TOP_DEFAULT,
  period: { kind: 'preset', preset: EXPLORE_PERIOD },
  isCompared: true,
  filters: [],
  chart: 'stacked',
  sort: SORT_DEFAULT,
  viewId: null,
};

/** Before the name of a dimension: everything but these values. */
export const EXCLUDED = 'not.';

/** The explicit choices as pairs of the query, without the saved view: what such a view is made of. */
export function exploreQuery(params: ExploreParams): [string, string][] {
  const { measure, by, thenBy, every, top, period, isCompared, filters, chart, sort } = params;
  const pairs: [string, string | false | null][] = [
    ['measure', measure !== EXPLORE_DEFAULT.measure && measure],
    ['by', by !== EXPLORE_DEFAULT.by && (by ?? 'none')],
    ['then', by === null ? null : thenBy],
    ['every', every],
    ['top', top !== TOP_DEFAULT && String(top)],
    ['compare', !isCompared && 'off'],
    ['chart', chart !== EXPLORE_DEFAULT.chart && chart],
    ['sort', sort.column !== SORT_DEFAULT.column && sort.column],
    ['dir', sort.isDescending !== isDescendingFirst(sort.column) && (sort.isDescending ? 'desc' : 'asc')],
  ];
  return [
    ...pairs.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
    ...periodQuery(period, EXPLORE_PERIOD),
    ...filters.flatMap(({ dimension, values, isExcluded }) =>
      values.map((value): [string, string] => [`${isExcluded ? EXCLUDED : ''}${dimension}`, value ?? '']),
    ),
  ];
}

export function exploreHref(slug: string, params: ExploreParams, change: Partial<ExploreParams> = {}): string {
  return hrefOf(`/${slug}/explore`, { ...params, ...change });
}

/** Where what is shown is had as CSV. */
export function exploreCsvHref(slug: string, params: ExploreParams): string {
  return hrefOf(`/${slug}/explore/csv`, { ...params, viewId: null });
}

function hrefOf(path: string, params: ExploreParams): string {
  const pairs = exploreQuery(params);
  if (params.viewId !== null) pairs.push(['view', params.viewId]);
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The filters with another one for a dimension. Without values there is none. */
export function withFilter(filters: readonly Filter[], filter: Filter): Filter[] {
  const others = filters.filter((one) => !isAlike(one, filter));
  return filter.values.length === 0 ? others : [...others, filter];
}

/** Whether two filters are about the same dimension in the same sense. */
export function isAlike(left: Filter, right: Filter): boolean {
  return left.dimension === right.dimension && Boolean(left.isExcluded) === Boolean(right.isExcluded);
}
