import type { PriceSource } from '@/lib/prices/contract';

export const PAGE_SIZE = 50;

/** What the book shows, as its URL says it. */
export interface PriceParams {
  readonly search: string;
  readonly source: PriceSource;
  readonly showReplaced: boolean;
  /** From 1. */
  readonly page: number;
}

/** The explicit choices as pairs of the query. Every change but of the page goes to the first. */
export function priceQuery(params: PriceParams, change: Partial<PriceParams> = {}): [string, string][] {
  const { search, source, showReplaced, page } = { ...params, page: 1, ...change };
  const pairs: [string, string | false][] = [
    ['q', search],
    ['source', source !== 'all' && source],
    ['replaced', showReplaced && 'shown'],
    ['page', page > 1 && String(page)],
  ];
  return pairs.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
}

export function pricesHref(slug: string, params: PriceParams, change?: Partial<PriceParams>): string {
  const text = new URLSearchParams(priceQuery(params, change)).toString();
  return text === '' ? `/${slug}/prices` : `/${slug}/prices?${text}`;
}
