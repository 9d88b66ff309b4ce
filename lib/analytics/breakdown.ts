import type { Granularity } from '../core/zone';
import {
  BUCKETS_MAX,
  CELLS_MAX,
  type Dimension,
  type Figures,
  type Filter,
  GROUPS_MAX,
  type Group,
  type Measure,
  type Range,
  type Sums,
  type UsageAnswer,
  type UsageQuestion,
  type Value,
} from './contract';
import {
  askedFor,
  isAdditive,
  isLatency,
  type ShownMeasure,
  type ShownValue,
  valueOfFigures,
  valueOfSums,
} from './measures-shown';
import type { Period } from './period';
import type { Grain } from './range';

/** A question about usage as somebody asks it on a page. */
export interface BreakdownRequest {
  readonly timeZone: string;
  readonly period: Period;
  readonly measure: ShownMeasure;
  /** NULL: the whole. */
  readonly by: Dimension | null;
  /** NULL: not divided further. Only with `by`. */
  readonly thenBy: Dimension | null;
  readonly granularity: Granularity;
  /** Groups with a row of their own. */
  readonly top: number;
  readonly filters: readonly Filter[];
  readonly isCompared: boolean;
}

/** What one row says. */
export interface BreakdownRow {
  /** The group's values; none for the whole and for Other. */
  readonly values: readonly Value[];
  readonly value: ShownValue;
  readonly requests: bigint;
  /** The same of the period before. NULL: not compared, or there was nothing. */
  readonly previous: ShownValue;
  /** One for each bucket. */
  readonly series: readonly ShownValue[];
}

export interface BreakdownGroup extends BreakdownRow {
  /** Divided further, the largest first. Empty: not asked for. */
  readonly parts: readonly BreakdownRow[];
  /** What has no row of its own among the parts. NULL: all have one, or parts overlap. */
  readonly otherParts: BreakdownRow | null;
}

export interface Breakdown {
  readonly asOf: Date;
  readonly range: Range;
  readonly bounds: readonly Date[];
  readonly previousBounds: readonly Date[] | null;
  readonly whole: BreakdownRow;
  /** The whole of the period before, bucket by bucket. NULL: not compared, or not known. */
  readonly previousSeries: readonly ShownValue[] | null;
  readonly groups: readonly BreakdownGroup[];
  readonly other: BreakdownRow | null;
  readonly groupCount: number;
  /** Whether rows may be added up to the whole: not where keys have several tags, and not for rates. */
  readonly isExactSum: boolean;
  /** Events before this instant were pruned. NULL: none were. */
  readonly prunedBefore: Date | null;
  /** Bounds before it were moved to a start of this grain in UTC. NULL: none was. */
  readonly movedTo: Grain | null;
}

type Question = Omit<UsageQuestion<Measure>, 'workspaceId'>;

/** Rows of parts in a group that have one of their own. */
export const PARTS_SHOWN = 8;

/** The question about the groups. */
export function groupQuestion(request: BreakdownRequest): Question {
  const { timeZone, period, measure, by, granularity, top, filters, isCompared } = request;
  return {
    from: period.from,
    to: period.to,
    timeZone,
    granularity,
    groupBy: by === null ? [] : [by],
    filters,
    ...askedFor(measure),
    top,
    previous: isCompared ? period.previous : null,
  };
}

/** What latencies were in the period before: sums tell of themselves, quantiles have to be asked for. NULL: nothing to ask. */
export function previousLatencyQuestion(request: BreakdownRequest): Question | null {
  if (!isLatency(request.measure) || !request.isCompared) return null;
  return { ...groupQuestion(request), ...request.period.previous, granularity: null, previous: null, top: GROUPS_MAX };
}

/** The question about the parts of some groups. NULL: they are not divided. */
export function partQuestion(request: BreakdownRequest, answer: UsageAnswer<Measure>): Question | null {
  const { by, thenBy } = request;
  if (by === null || thenBy === null || answer.groups.length === 0) return null;
  const buckets = Math.max(1, (answer.bounds?.length ?? BUCKETS_MAX) - 1);
  const named = answer.groups.map(({ values }) => values[0]?.id ?? null);
  return {
    ...groupQuestion(request),
    groupBy: [by, thenBy],
    filters: [...request.filters, { dimension: by, values: named }],
    top: Math.max(1, Math.min(GROUPS_MAX, Math.floor(CELLS_MAX / buckets))),
  };
}

/** Puts the answers together. `parts` and `latencies` answer `partQuestion` and `previousLatencyQuestion`, where there are such. */
export function toBreakdown(
  request: BreakdownRequest,
  answer: UsageAnswer<Measure>,
  parts: UsageAnswer<Measure> | null,
  latencies: UsageAnswer<Measure> | null,
): Breakdown {
  const { measure, by, thenBy } = request;
  const row = rowOf(measure, latencies);
  const groups = answer.groups.map((group): BreakdownGroup => {
    const own = parts?.groups.filter(({ values }) => values[0]?.id === group.values[0]?.id) ?? [];
    return { ...row(group), ...divide(measure, group, own, thenBy, row) };
  });
  const whole = row({ ...answer, values: [] });
  return {
    asOf: answer.asOf,
    range: answer.range,
    bounds: answer.bounds ?? [answer.range.from, answer.range.to],
    previousBounds: answer.previousBounds,
    whole,
    previousSeries: isLatency(measure)
      ? null
      : (answer.previousSeries?.map((sums) => valueOfSums(measure, sums)) ?? null),
    groups,
    // What Other's latency was before is not known: its requests are not told apart from those of the groups.
    other: answer.other && { ...row(answer.other), ...(latencies ? { previous: null } : {}) },
    groupCount: answer.groupCount,
    isExactSum: isAdditive(measure) && by !== 'tag',
    prunedBefore: answer.prunedBefore,
    movedTo: answer.movedTo,
  };
}

type Grouped = Pick<Group<Measure>, 'values' | 'total' | 'previous' | 'series'>;

function rowOf(measure: ShownMeasure, latencies: UsageAnswer<Measure> | null) {
  const idOf = (values: readonly Value[]) => JSON.stringify(values.map(({ id }) => id));
  const before = new Map(latencies?.groups.map(({ values, total }) => [idOf(values), total]));
  const previousOf = ({ values, previous }: Grouped): ShownValue => {
    if (latencies) {
      const total = values.length === 0 ? latencies.total : before.get(idOf(values));
      return total ? valueOfFigures(measure, total) : null;
    }
    return previous && valueOfSums(measure, previous);
  };
  return (group: Grouped): BreakdownRow => ({
    values: group.values,
    value: valueOfFigures(measure, group.total),
    requests: group.total.sums.requests,
    previous: previousOf(group),
    series: group.series?.map((figures) => valueOfFigures(measure, figures)) ?? [],
  });
}

/** The parts of a group that have a row, and what is left of the group beside them, which so ties out by itself. */
function divide(
  measure: ShownMeasure,
  group: Grouped,
  own: readonly Grouped[],
  thenBy: Dimension | null,
  row: (group: Grouped) => BreakdownRow,
): Pick<BreakdownGroup, 'parts' | 'otherParts'> {
  const shown = own.slice(0, PARTS_SHOWN);
  const parts = shown.map((part) => ({ ...row(part), values: part.values.slice(1) }));
  const hasOther = isAdditive(measure) && thenBy !== null && thenBy !== 'tag';
  const rest = hasOther ? row(subtract(group, shown)) : null;
  const hasRest = rest !== null && rest.requests > 0n;
  return { parts, otherParts: hasRest ? rest : null };
}

/** A group less some of its parts. */
function subtract(group: Grouped, parts: readonly Grouped[]): Grouped {
  const less = (sums: Sums<Measure>, others: readonly (Sums<Measure> | null | undefined)[]): Sums<Measure> => {
    const left = Object.entries(sums).map(([measure, sum]) => [
      measure,
      // Both have the measures of one question.
      others.reduce((rest, other) => rest - (other?.[measure as Measure] ?? 0n), sum),
    ]);
    return Object.fromEntries(left) as Sums<Measure>;
  };
  const figures = (whole: Figures<Measure>, others: readonly (Figures<Measure> | undefined)[]): Figures<Measure> => ({
    sums: less(
      whole.sums,
      others.map((other) => other?.sums),
    ),
    latency: null,
  });
  return {
    values: [],
    total: figures(
      group.total,
      parts.map(({ total }) => total),
    ),
    previous:
      group.previous &&
      less(
        group.previous,
        parts.map(({ previous }) => previous),
      ),
    series:
      group.series?.map((whole, bucket) =>
        figures(
          whole,
          parts.map(({ series }) => series?.[bucket]),
        ),
      ) ?? null,
  };
}

/** How a row's buckets were: the mean of complete ones with usage, and the highest. */
export interface BucketFigures {
  /** Of whole numbers the mean is rounded half up. NULL: no complete bucket had any. */
  readonly mean: ShownValue;
  readonly meanBuckets: number;
  readonly highest: ShownValue;
  readonly highestBucket: number | null;
}

/** `isLastOpen`: the last bucket still runs, so it is no part of the mean, but may be the highest. */
export function bucketFigures(series: readonly ShownValue[], isLastOpen: boolean): BucketFigures {
  const complete = (isLastOpen ? series.slice(0, -1) : series).filter((value) => value !== null && value !== 0n);
  let highestBucket: number | null = null;
  series.forEach((value, bucket) => {
    const highest = highestBucket === null ? null : (series[highestBucket] ?? null);
    if (value !== null && (highest === null || value > highest)) highestBucket = bucket;
  });
  return {
    mean: meanOf(complete),
    meanBuckets: complete.length,
    highest: highestBucket === null ? null : (series[highestBucket] ?? null),
    highestBucket,
  };
}

function meanOf(values: readonly ShownValue[]): ShownValue {
  if (values.length === 0) return null;
  const whole = values.filter((value) => typeof value === 'bigint');
  if (whole.length === values.length) {
    const sum = whole.reduce((total, value) => total + value, 0n);
    return (2n * sum + BigInt(values.length)) / (2n * BigInt(values.length));
  }
  return values.reduce<number>((total, value) => total + Number(value), 0) / values.length;
}
