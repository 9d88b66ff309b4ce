import type { Range } from '@/lib/analytics/contract';
import { granularityOf, type PeriodName, type Preset } from '@/lib/analytics/period';
import type { Granularity } from '@/lib/core/zone';
import { periodQuery, readPeriodName } from '../../../../period-params';

/** The buckets that a reader may choose. */
export const CHOSEN_GRANULARITIES = ['hour', 'day', 'week'] as const;
export type ChosenGranularity = (typeof CHOSEN_GRANULARITIES)[number];

/** What a key's usage shows, as its URL says it. */
export interface UsageParams {
  readonly period: PeriodName;
  /** Whether the period before is drawn beside. */
  readonly isCompared: boolean;
  /** NULL: what reads best for the period. */
  readonly granularity: ChosenGranularity | null;
}

/** The period of an address that names none. */
export const USAGE_PERIOD: Preset = '30d';

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An address may be typed, old or mangled: what is not understood is left out. */
export function readUsageParams(params: Params): UsageParams {
  const [compare, per] = [params.compare, params.per].map((value) => (typeof value === 'object' ? value[0] : value));
  return {
    period: readPeriodName(params, USAGE_PERIOD),
    isCompared: compare !== 'off',
    granularity: CHOSEN_GRANULARITIES.find((one) => one === per) ?? null,
  };
}

/** The address of a key's usage, explicit choices only. `base`: without any. */
export function usageHref(base: string, params: UsageParams, change: Partial<UsageParams> = {}): string {
  const { period, isCompared, granularity } = { ...params, ...change };
  const pairs: [string, string][] = [
    ...periodQuery(period, USAGE_PERIOD),
    ...(isCompared ? [] : [['compare', 'off'] as [string, string]]),
    ...(granularity === null ? [] : [['per', granularity] as [string, string]]),
  ];
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? base : `${base}?${text}`;
}

const DAY_MILLISECONDS = 86_400_000;
/** Hours of a month still make bars that can be told apart, and fewer than two buckets make no chart. */
const DAYS_OF: Readonly<Record<ChosenGranularity, readonly [min: number, max: number]>> = {
  hour: [0, 32],
  day: [1.5, 400],
  week: [10, 1100],
};

/** The buckets that make sense for a range, and the one of them that is shown. */
export function granularitiesOf(
  range: Range,
  chosen: ChosenGranularity | null,
): { choices: readonly ChosenGranularity[]; shown: Granularity } {
  const days = (range.to.getTime() - range.from.getTime()) / DAY_MILLISECONDS;
  const choices = CHOSEN_GRANULARITIES.filter((one) => days >= DAYS_OF[one][0] && days <= DAYS_OF[one][1]);
  return { choices, shown: choices.find((one) => one === chosen) ?? granularityOf(range) };
}
