import { OVERVIEW_DIMENSIONS, type OverviewDimension } from '@/lib/analytics/overview';
import type { PeriodName } from '@/lib/analytics/period';
import { periodQuery, readPeriodName } from '../period-params';
import { OVERVIEW_PERIOD } from './overview-period';

/** What the overview shows, as its URL says it. */
export interface OverviewParams {
  readonly period: PeriodName;
  readonly by: OverviewDimension;
  /** NULL: both. */
  readonly environment: 'live' | 'test' | null;
  /** Whether the period before is drawn beside. */
  readonly isCompared: boolean;
}

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** An address may be typed, old or mangled: what is not understood is left out. */
export function readOverviewParams(params: Params): OverviewParams {
  const { by, env, compare } = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  return {
    period: readPeriodName(params, OVERVIEW_PERIOD),
    by: OVERVIEW_DIMENSIONS.find((dimension) => dimension === by) ?? 'key',
    environment: env === 'live' || env === 'test' ? env : null,
    isCompared: compare !== 'off',
  };
}

/** The address of an overview, explicit choices only. */
export function overviewHref(slug: string, params: OverviewParams, change: Partial<OverviewParams> = {}): string {
  const { period, by, environment, isCompared } = { ...params, ...change };
  const pairs: [string, string][] = [
    ...periodQuery(period, OVERVIEW_PERIOD),
    ...(by === 'key' ? [] : [['by', by] as [string, string]]),
    ...(environment === null ? [] : [['env', environment] as [string, string]]),
    ...(isCompared ? [] : [['compare', 'off'] as [string, string]]),
  ];
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? `/${slug}` : `/${slug}?${text}`;
}
