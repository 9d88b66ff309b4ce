import type { Granularity } from '../core/zone';
import type { Grain } from './range';

/** What usage can be grouped and filtered by. Owner and tag are attributes that a key has today, whenever it was used. */
export const DIMENSIONS = [
  'key',
  'owner',
  'tag',
  'endpoint',
  'model',
  'provider',
  'environment',
  'status_class',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What is added up. Money in nano-USD; `spend` is without BYOK, which is counted apart. */
export const MEASURES = [
  'requests',
  'errors',
  'unpriced',
  'promptTokens',
  'completionTokens',
  'cachedPromptTokens',
  'cacheCreationTokens',
  'spendNanoUsd',
  'byokNanoUsd',
] as const;
export type Measure = (typeof MEASURES)[number];

export const GROUP_DIMENSIONS_MAX = 2;
export const FILTERS_MAX = 20;
export const FILTER_VALUES_MAX = 100;
export const GROUPS_MAX = 10_000;
/** Three years of days, or six weeks of hours. */
export const BUCKETS_MAX = 1100;
/** Groups × buckets of one answer. */
export const CELLS_MAX = 20_000;
export const RANGE_DAYS_MAX = 1100;
/** How many events one answer may read one by one where no roll-up tells its dimensions apart. */
export const EVENTS_READ_MAX = 2_000_000;

/** Values of one dimension; NULL stands for events or keys without one. A key is named by its hash. */
export interface Filter {
  readonly dimension: Dimension;
  readonly values: readonly (string | null)[];
  /** Everything but these values. */
  readonly isExcluded?: boolean;
}

export interface Range {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

export interface UsageQuestion<M extends Measure> extends Range {
  readonly workspaceId: string;
  /** The zone that buckets of a series belong to. */
  readonly timeZone: string;
  /** NULL: no series. */
  readonly granularity: Granularity | null;
  readonly groupBy: readonly Dimension[];
  readonly filters: readonly Filter[];
  readonly measures: readonly M[];
  /** What groups are ranked by, the largest first. `change`: by how far the measure moved since the previous range. */
  readonly orderBy: {
    readonly measure: M;
    readonly by: 'sum' | 'change' | 'errorRate';
    readonly isAscending?: boolean;
  };
  /** Groups that are named; the rest is `other`. */
  readonly top: number;
  /** The range to compare with. NULL: none. */
  readonly previous: Range | null;
  readonly isLatencyWanted: boolean;
}

export type Sums<M extends Measure = Measure> = Readonly<Record<M, bigint>>;

/** Quantiles of the latency in milliseconds, each at most 9 % off. NULL: no request had a latency. */
export interface Latency {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface Figures<M extends Measure> {
  readonly sums: Sums<M>;
  /** NULL: not asked for. */
  readonly latency: Latency | null;
}

/** A value of a dimension. NULL: the events or keys without one. */
export interface Value {
  readonly dimension: Dimension;
  /** A key's hash, else the value itself; the status class is its first digit. */
  readonly id: string | null;
  /** A key's name, else the value itself. */
  readonly name: string | null;
}

export interface Group<M extends Measure> {
  readonly values: readonly Value[];
  readonly total: Figures<M>;
  /** NULL: no comparison asked for. */
  readonly previous: Sums<M> | null;
  /** One for each bucket. NULL: no series asked for. */
  readonly series: readonly Figures<M>[] | null;
}

/** What an answer counts, and how fine it is. */
export interface Extent {
  readonly asOf: Date;
  /** The answer counts the first so many events that were recorded in the workspace, whenever they occurred. */
  readonly eventsRecorded: bigint;
  /** Events before this instant were pruned. NULL: none were. */
  readonly prunedBefore: Date | null;
  /** Bounds before `prunedBefore` were moved back to a start of this grain in UTC. NULL: no bound had to be moved. */
  readonly movedTo: Grain | null;
}

export interface UsageAnswer<M extends Measure> extends Extent {
  /** The range that was answered: as asked, unless `movedTo` says otherwise. */
  readonly range: Range;
  readonly previousRange: Range | null;
  readonly total: Figures<M>;
  readonly previous: Sums<M> | null;
  /** The bounds of the series, one more than buckets. NULL: no series asked for. */
  readonly bounds: readonly Date[] | null;
  readonly series: readonly Figures<M>[] | null;
  readonly previousBounds: readonly Date[] | null;
  readonly previousSeries: readonly Sums<M>[] | null;
  readonly groups: readonly Group<M>[];
  /** How many groups there are, named or not. */
  readonly groupCount: number;
  /** The groups that are not named. NULL: all are named, or groups overlap, as tags do. */
  readonly other: Group<M> | null;
}
