import type { ChartPrevious, ChartSeries } from '@/components/charts/chart-data';
import { formatDay } from '@/components/format/time';
import type { Sums } from '@/lib/analytics/contract';
import { valueId, valueNames } from '../../../../series-of-answer';
import type { KeyUsage } from './read-usage';

/** The line of the period before starts with the key: what was before it is missing, and not nothing. */
export function sinceCreation(previous: ChartPrevious, createdAt: Date, zone: string): ChartPrevious | null {
  const { bounds, values, label } = previous;
  const first = values.findIndex((value, index) => {
    const end = bounds[index + 1];
    return value !== 0n || (end !== undefined && end > createdAt);
  });
  if (first === 0) return previous;
  if (first < 0) return null;
  return {
    bounds,
    label: `${label}, from ${formatDay(bounds[first] ?? createdAt, zone)}`,
    values: values.map((value, index) => (index < first ? null : value)),
  };
}

const ERROR_NAMES: Readonly<Record<string, string>> = { '4': '4xx, refused', '5': '5xx, failed' };

/** Refused requests in a colour of their own, failed ones in red: those are the service's. */
export function errorSeries({ errors, usage }: KeyUsage): ChartSeries[] {
  if (errors === null) {
    const values = usage.series?.map(({ sums }) => sums.errors) ?? [];
    return [{ id: 'errors', name: 'All errors', color: 'danger', values }];
  }
  return errors.groups.map(({ values, series }) => ({
    id: valueId(values),
    name: ERROR_NAMES[valueId(values)] ?? valueNames(values),
    color: valueId(values) === '5' ? 'danger' : 3,
    values: series?.map(({ sums }) => sums.requests) ?? [],
  }));
}

/** The four kinds of tokens, which do not overlap. */
export function tokenSeries(sums: readonly Sums[]): ChartSeries[] {
  return [
    {
      id: 'no_cache',
      name: 'Prompt, no cache',
      color: 1,
      values: sums.map(noCacheTokens),
    },
    { id: 'cache_read', name: 'Cache read', color: 2, values: sums.map((one) => one.cachedPromptTokens) },
    { id: 'cache_write', name: 'Cache write', color: 6, values: sums.map((one) => one.cacheCreationTokens) },
    { id: 'output', name: 'Output', color: 4, values: sums.map((one) => one.completionTokens) },
  ];
}

/** Tokens of the prompt that no cache had a part in. */
export function noCacheTokens(sums: Sums): bigint {
  return sums.promptTokens - sums.cachedPromptTokens - sums.cacheCreationTokens;
}
