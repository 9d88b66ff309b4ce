import type { MoneyDecimals } from '@/components/format/money';
import { formatMoneyChange } from '@/components/format/money';
import { formatCount, formatDuration, formatPercentChange, formatPoints } from '@/components/format/number';
import type { Dimension, Filter } from '@/lib/analytics/contract';
import { isAdditive, type ShownMeasure, type ShownValue, type Unit } from '@/lib/analytics/measures-shown';
import type { Granularity } from '@/lib/core/zone';
import type { ExploreParams } from './explore-params';
import type { ExploreSortColumn } from './explore-sort';
import type { ExploreColumn } from './explore-view';

interface MeasureWords {
  readonly label: string;
  /** Before "by key": "Spend". */
  readonly title: string;
  /** Of the axis: "USD per day". */
  readonly unit: string;
  /** What it tells, in a menu. */
  readonly hint: string;
}

export const MEASURE_WORDS: Readonly<Record<ShownMeasure, MeasureWords>> = {
  spend: { label: 'Spend', title: 'Spend', unit: 'USD', hint: 'Without BYOK' },
  byok: { label: 'BYOK spend', title: 'BYOK spend', unit: 'USD', hint: 'Through own provider keys' },
  requests: { label: 'Requests', title: 'Requests', unit: 'Requests', hint: 'Recorded events' },
  errors: { label: 'Errors', title: 'Errors', unit: 'Errors', hint: 'Status 400 and above' },
  error_rate: {
    label: 'Error rate',
    title: 'Error rate',
    unit: 'Errors among requests',
    hint: 'Errors among requests',
  },
  unpriced: { label: 'Unpriced', title: 'Unpriced requests', unit: 'Requests', hint: 'No price covered them' },
  prompt_tokens: { label: 'Prompt tokens', title: 'Prompt tokens', unit: 'Tokens', hint: 'Cached ones included' },
  completion_tokens: {
    label: 'Completion tokens',
    title: 'Completion tokens',
    unit: 'Tokens',
    hint: 'Written by models',
  },
  cached_prompt_tokens: { label: 'Cached tokens', title: 'Cached tokens', unit: 'Tokens', hint: 'Read from a cache' },
  cache_creation_tokens: { label: 'Cache writes', title: 'Cache writes', unit: 'Tokens', hint: 'Written to a cache' },
  latency_p50: { label: 'Latency p50', title: 'Median latency', unit: 'Time', hint: 'Half were faster' },
  latency_p95: { label: 'Latency p95', title: 'p95 latency', unit: 'Time', hint: '95 of 100 were faster' },
};

export const DIMENSION_WORDS: Readonly<Record<Dimension, { one: string; many: string }>> = {
  key: { one: 'Key', many: 'keys' },
  owner: { one: 'Owner', many: 'owners' },
  tag: { one: 'Tag', many: 'tags' },
  endpoint: { one: 'Endpoint', many: 'endpoints' },
  model: { one: 'Model', many: 'models' },
  provider: { one: 'Provider', many: 'providers' },
  environment: { one: 'Environment', many: 'environments' },
  status_class: { one: 'Status class', many: 'classes of status' },
};

export const GRANULARITY_WORDS: Readonly<Record<Granularity, string>> = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
};

/** The heads of the table's columns, as they are called for what is shown. */
export type ColumnHeads = Readonly<Record<ExploreSortColumn | ExploreColumn, string>>;

export function columnHeads({ measure, by }: Pick<ExploreParams, 'measure' | 'by'>, bucketWord: string): ColumnHeads {
  return {
    name: by === null ? 'Usage' : DIMENSION_WORDS[by].one,
    owner: 'Owner',
    spark: `Per ${bucketWord}`,
    value: isAdditive(measure) ? 'Sum' : MEASURE_WORDS[measure].label,
    share: 'Share',
    previous: 'Previous',
    change: 'Change',
    percent: '%',
    requests: 'Requests',
    mean: `Avg / ${bucketWord}s`,
    highest: `Highest ${bucketWord}`,
  };
}

/** "Spend by key, then by model" */
export function exploreTitle({ measure, by, thenBy }: Pick<ExploreParams, 'measure' | 'by' | 'thenBy'>): string {
  const words = [by, thenBy].flatMap((dimension) =>
    dimension === null ? [] : [DIMENSION_WORDS[dimension].one.toLowerCase()],
  );
  return [MEASURE_WORDS[measure].title, words.length > 0 && `by ${words.join(' and ')}`].filter(Boolean).join(' ');
}

/** What a value of a filter or a group is called. `names`: of keys, by their hash. */
export function valueWords(dimension: Dimension, value: string | null, names?: ReadonlyMap<string, string>): string {
  if (value === null) return dimension === 'tag' ? '(no tag)' : '(none)';
  if (dimension === 'status_class') return `${value}xx`;
  return names?.get(value) ?? (dimension === 'key' ? `${value.slice(0, 8)}…` : value);
}

/** The values of a filter in the room of a chip. */
export function filterWords({ dimension, values, isExcluded }: Filter, names: ReadonlyMap<string, string>): string {
  const [first = null, ...rest] = values;
  const words = `${valueWords(dimension, first, names)}${rest.length > 0 ? ` +${rest.length}` : ''}`;
  return isExcluded ? `not ${words}` : words;
}

/** How a value moved, always signed. '–': there is nothing to compare. */
export function formatChange(now: ShownValue, before: ShownValue, unit: Unit, decimals: MoneyDecimals): string {
  if (now === null || before === null) return '–';
  switch (unit) {
    case 'money':
      return formatMoneyChange(BigInt(now) - BigInt(before), decimals);
    case 'count':
      return signed(Number(BigInt(now) - BigInt(before)), formatCount(BigInt(now) - BigInt(before)));
    case 'fraction': {
      const points = Number(now) - Number(before);
      return signed(points, formatPoints(points));
    }
    case 'milliseconds': {
      const milliseconds = Number(now) - Number(before);
      return `${milliseconds < 0 ? '−' : ''}${signed(milliseconds, formatDuration(Math.abs(milliseconds)))}`;
    }
  }
}

function signed(difference: number, text: string): string {
  return difference > 0 ? `+${text}` : text;
}

/** By what share a value moved. NULL: there was nothing before, or it is a share itself. */
export function changeShare(now: ShownValue, before: ShownValue, unit: Unit): number | null {
  if (now === null || before === null || Number(before) === 0 || unit === 'fraction') return null;
  return (Number(now) - Number(before)) / Number(before);
}

/** `+12.6%`, `New` where there was nothing before. */
export function formatChangeShare(now: ShownValue, before: ShownValue, unit: Unit): string {
  if (unit !== 'fraction' && before !== null && Number(before) === 0 && Number(now ?? 0) !== 0) return 'New';
  const share = changeShare(now, before, unit);
  return share === null ? '–' : formatPercentChange(share);
}
