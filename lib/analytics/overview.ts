import { windowEnd, windowStart } from '../core/time-window';
import { FUTURE_SECONDS_MAX } from '../usage/contract';
import type { Extent, Filter, Range, Sums, UsageAnswer, UsageQuestion } from './contract';
import { FORECAST_DAYS, forecastMonth } from './forecast';
import { granularityOf, type Period, resolvePeriod } from './period';

export const OVERVIEW_DIMENSIONS = ['key', 'model', 'endpoint'] as const;
export type OverviewDimension = (typeof OVERVIEW_DIMENSIONS)[number];

/** What counters keep of keys and workspaces, too: so whole months and days need no roll-up. */
export type OverviewMeasure = 'requests' | 'errors' | 'spendNanoUsd' | 'byokNanoUsd';
const MEASURES: readonly OverviewMeasure[] = ['requests', 'errors', 'spendNanoUsd', 'byokNanoUsd'];
type SharesMeasure = OverviewMeasure | 'unpriced';

/** Series of the spend chart; the rest is Other. */
const SERIES = 6;
/** Rows of the biggest changes. */
const CHANGES = 8;
/** Rows of the shares of spend. */
const SHARES = 8;
const DAY_MILLISECONDS = 86_400_000;

export interface OverviewRequest {
  readonly timeZone: string;
  readonly period: Period;
  readonly by: OverviewDimension;
  /** NULL: both. */
  readonly environment: 'live' | 'test' | null;
  readonly now: Date;
}

/** What a workspace's first page says of its usage, all of one moment. */
export interface Overview extends Extent {
  /** The running day of the zone, and the day before up to the same time. */
  readonly today: {
    readonly range: Range;
    readonly previousRange: Range;
    readonly sums: OverviewSums;
    readonly previous: OverviewSums;
  };
  /** The running UTC month, as budgets count it: of the chosen environment, and of both. */
  readonly month: { readonly range: Range; readonly sums: OverviewSums; readonly sumsOfAll: OverviewSums };
  /** The UTC days before today, oldest first, of both environments: what the forecast goes by. */
  readonly days: readonly OverviewSums[];
  /** The period, by the chosen dimension. */
  readonly usage: UsageAnswer<OverviewMeasure>;
  /** The same, those that changed most first. */
  readonly changes: UsageAnswer<OverviewMeasure>;
  /** Spend of the period by endpoint, or by model where the endpoint is the chosen dimension; and what has no price. */
  readonly shares: UsageAnswer<SharesMeasure>;
}
export type OverviewSums = Sums<OverviewMeasure>;

type Question<M extends SharesMeasure> = Omit<UsageQuestion<M>, 'workspaceId'>;

/** The sums of the period, without groups or series. */
function plainQuestion({ timeZone, period, environment }: OverviewRequest): Question<OverviewMeasure> {
  const filters: Filter[] = environment === null ? [] : [{ dimension: 'environment', values: [environment] }];
  return {
    from: period.from,
    to: period.to,
    timeZone,
    granularity: null,
    groupBy: [],
    filters,
    measures: MEASURES,
    orderBy: { measure: 'spendNanoUsd', by: 'sum' },
    top: SHARES,
    previous: null,
    isLatencyWanted: false,
  };
}

/** The question whose answer `toOverview` takes as shares. */
export function sharesQuestion(request: OverviewRequest): Question<SharesMeasure> {
  const groupBy = request.by === 'endpoint' ? (['model'] as const) : (['endpoint'] as const);
  return {
    ...plainQuestion(request),
    orderBy: { measure: 'spendNanoUsd', by: 'sum' },
    measures: [...MEASURES, 'unpriced'],
    groupBy,
  };
}

/** The questions of an overview, in the order in which `toOverview` takes their answers. */
export function overviewQuestions(request: OverviewRequest): Question<OverviewMeasure>[] {
  const { timeZone, period, by, environment, now } = request;
  const plain = plainQuestion(request);
  const series = { granularity: granularityOf(period), groupBy: [by], previous: period.previous } as const;
  const today = resolvePeriod({ kind: 'preset', preset: 'today' }, timeZone, now);
  return [
    { ...plain, ...series, top: SERIES },
    { ...plain, ...series, top: CHANGES, orderBy: { measure: 'spendNanoUsd', by: 'change' } },
    { ...plain, from: today.from, to: today.to, previous: today.previous },
    { ...plain, ...monthAndDaysBefore(now), filters: [], timeZone: 'UTC', granularity: 'day' },
    ...(environment === null
      ? []
      : [{ ...plain, from: windowStart('month', now), to: windowEnd('month', now) ?? now }]),
  ];
}

/**
 * From the first of the UTC month, or the first day that the forecast goes by, whichever is earlier, to the end of the day
 * of the last event that may be on the books: some are a few minutes ahead.
 */
function monthAndDaysBefore(now: Date): Range {
  const today = windowStart('day', now).getTime();
  const first = Math.min(windowStart('month', now).getTime(), today - FORECAST_DAYS * DAY_MILLISECONDS);
  const last = windowStart('day', new Date(now.getTime() + FUTURE_SECONDS_MAX * 1000)).getTime();
  return { from: new Date(first), to: new Date(last + DAY_MILLISECONDS) };
}

const NOTHING: OverviewSums = { requests: 0n, errors: 0n, spendNanoUsd: 0n, byokNanoUsd: 0n };

export function toOverview(
  { timeZone, now }: Pick<OverviewRequest, 'timeZone' | 'now'>,
  [usage, changes, today, daily, month]: readonly UsageAnswer<OverviewMeasure>[],
  shares: UsageAnswer<SharesMeasure> | undefined,
): Overview {
  if (!usage || !changes || !shares || !today || !daily) throw new Error('An overview takes five answers.');
  const { asOf, eventsRecorded, prunedBefore, movedTo } = usage;
  const { from, to, previous } = resolvePeriod({ kind: 'preset', preset: 'today' }, timeZone, now);
  const monthStart = windowStart('month', now);
  const days = daily.series?.map(({ sums }, index) => ({ sums, start: daily.bounds?.[index] ?? monthStart })) ?? [];
  const start = windowStart('day', now);
  const monthEnd = windowEnd('month', now) ?? to;
  const sumsOfAll = days
    .filter((day) => day.start >= monthStart && day.start < monthEnd)
    .reduce((sum, day) => addSums(sum, day.sums), NOTHING);
  return {
    asOf,
    eventsRecorded,
    prunedBefore,
    movedTo,
    today: {
      range: { from, to },
      previousRange: previous,
      sums: today.total.sums,
      previous: today.previous ?? NOTHING,
    },
    month: {
      range: { from: monthStart, to: monthEnd },
      sums: month?.total.sums ?? sumsOfAll,
      sumsOfAll,
    },
    days: days
      .filter((day) => day.start < start)
      .slice(-FORECAST_DAYS)
      .map(({ sums }) => sums),
    usage,
    changes,
    shares,
  };
}

function addSums(left: OverviewSums, right: OverviewSums): OverviewSums {
  return {
    requests: left.requests + right.requests,
    errors: left.errors + right.errors,
    spendNanoUsd: left.spendNanoUsd + right.spendNanoUsd,
    byokNanoUsd: left.byokNanoUsd + right.byokNanoUsd,
  };
}

/** What counts against a budget: spend, and BYOK where the workspace says so. */
export function countedSpend({ spendNanoUsd, byokNanoUsd }: OverviewSums, includesByok: boolean): bigint {
  return includesByok ? spendNanoUsd + byokNanoUsd : spendNanoUsd;
}

/** What the running UTC month will come to. NULL: there is nothing to go by yet. */
export function forecastOf({ days, month, asOf }: Overview, includesByok: boolean): bigint | null {
  return forecastMonth({
    days: days.map((sums) => countedSpend(sums, includesByok)),
    spentNanoUsd: countedSpend(month.sumsOfAll, includesByok),
    now: asOf,
  });
}
