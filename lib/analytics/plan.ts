import type { Dimension, Measure } from './contract';
import { type Grain, hoursOf, type Ladder } from './range';

/** What an event itself tells apart. Owner and tag are read from its key. */
export type Column = 'key' | 'endpoint' | 'model' | 'provider' | 'environment' | 'status_class';

const COLUMN_OF: Readonly<Record<Dimension, Column>> = {
  key: 'key',
  owner: 'key',
  tag: 'key',
  endpoint: 'endpoint',
  model: 'model',
  provider: 'provider',
  environment: 'environment',
  status_class: 'status_class',
};

export function columnOf(dimension: Dimension): Column {
  return COLUMN_OF[dimension];
}

export type SourceName =
  | 'key_hours'
  | 'endpoint_half_hour'
  | 'model_half_hour'
  | 'class_half_hour'
  | 'endpoint_day'
  | 'model_day'
  | 'key_endpoint_day'
  | 'key_model_day'
  | 'cube_day'
  | 'key_months'
  | 'workspace_days'
  | 'workspace_weeks'
  | 'workspace_months';

/** A roll-up: its buckets and what it tells apart. */
export interface Source {
  readonly name: SourceName;
  readonly grain: Grain;
  readonly columns: readonly Column[];
  /** Rows in a bucket of a busy workspace; for a roll-up by key, of each key. Estimates: only ratios matter. */
  readonly rowsPerBucket: number;
  /** What it sums; absent: every measure. */
  readonly measures?: readonly Measure[];
}

/** Counters keep fewer sums than roll-ups. */
const COUNTED: readonly Measure[] = [
  'requests',
  'errors',
  'promptTokens',
  'completionTokens',
  'spendNanoUsd',
  'byokNanoUsd',
];

const SOURCES: readonly Source[] = [
  { name: 'class_half_hour', grain: 'half_hour', columns: ['environment', 'status_class'], rowsPerBucket: 6 },
  { name: 'model_half_hour', grain: 'half_hour', columns: ['model', 'provider'], rowsPerBucket: 10 },
  { name: 'endpoint_half_hour', grain: 'half_hour', columns: ['endpoint'], rowsPerBucket: 10 },
  { name: 'endpoint_day', grain: 'day', columns: ['endpoint'], rowsPerBucket: 10 },
  { name: 'model_day', grain: 'day', columns: ['model', 'provider'], rowsPerBucket: 10 },
  {
    name: 'cube_day',
    grain: 'day',
    columns: ['endpoint', 'model', 'provider', 'environment', 'status_class'],
    rowsPerBucket: 300,
  },
  { name: 'key_hours', grain: 'hour', columns: ['key'], rowsPerBucket: 1 },
  { name: 'key_model_day', grain: 'day', columns: ['key', 'model', 'provider'], rowsPerBucket: 5 },
  { name: 'key_endpoint_day', grain: 'day', columns: ['key', 'endpoint'], rowsPerBucket: 5 },
  { name: 'key_months', grain: 'month', columns: ['key'], rowsPerBucket: 1, measures: COUNTED },
  { name: 'workspace_days', grain: 'day', columns: [], rowsPerBucket: 1, measures: COUNTED },
  { name: 'workspace_weeks', grain: 'week', columns: [], rowsPerBucket: 1, measures: COUNTED },
  { name: 'workspace_months', grain: 'month', columns: [], rowsPerBucket: 1, measures: COUNTED },
];

const KEYS = 500;
const EVENTS_PER_KEY_HOUR = 5;
/** Up to so many keys are looked up one by one; more are picked out of all. */
export const KEYS_FEW_MAX = 100;

/** How many keys a question reaches: so many by their ids, or `all`. */
export type KeyScope = number | 'all';

function isFew(keys: KeyScope): keys is number {
  return keys !== 'all' && keys <= KEYS_FEW_MAX;
}

/** What has to be read. */
export interface Need {
  readonly columns: readonly Column[];
  readonly measures: readonly Measure[];
  readonly keys: KeyScope;
}

/** Roll-ups that tell some columns apart and sum some measures, those with the fewest rows for an hour first. */
function candidates({ columns, measures, keys }: Need): { source: Source; rows: number }[] {
  const keyCount = keyCountOf(keys);
  return SOURCES.filter(
    (source) =>
      columns.every((column) => source.columns.includes(column)) &&
      measures.every((measure) => source.measures === undefined || source.measures.includes(measure)),
  )
    .map((source) => {
      const isByKey = source.columns.includes('key');
      // Where keys are picked each is a look-up of its own in each bucket, but where they come first in an index one in all.
      const isKeyFirst = source.name === 'key_hours' || source.name === 'key_months';
      const lookUps = isByKey && isFew(keys) && !isKeyFirst ? 2 * keyCount : 0;
      return { source, rows: lookUps + source.rowsPerBucket * (isByKey ? keyCount : 1) };
    })
    .toSorted((left, right) => left.rows / hoursOf(left.source.grain) - right.rows / hoursOf(right.source.grain));
}

export interface RangePlan {
  /** From the coarsest to the finest, as the ladder's rungs. */
  readonly sources: readonly Source[];
  readonly ladder: Ladder;
}

/** The roll-ups that one range is read from: of each grain the narrowest, a coarser one only where it has fewer rows. */
export function planRange(need: Need): RangePlan {
  const steps: { source: Source; rows: number }[] = [];
  // The fewest rows for an hour come first, so a finer roll-up after a coarser one is a further step down.
  for (const candidate of candidates(need)) {
    const finest = steps.at(-1);
    if (!finest || hoursOf(candidate.source.grain) < hoursOf(finest.source.grain)) steps.push(candidate);
  }
  return {
    sources: steps.map(({ source }) => source),
    ladder: {
      rungs: steps.map(({ source, rows }) => ({ grain: source.grain, rowsPerBucket: rows })),
      eventsPerHour: eventsPerHour(need.keys),
    },
  };
}

/** The roll-ups that a series may be read from, each with its rows for an hour. */
export function planSeries(need: Need): { source: Source; rowsPerHour: number }[] {
  return candidates(need).map(({ source, rows }) => ({ source, rowsPerHour: rows / hoursOf(source.grain) }));
}

export function eventsPerHour(keys: KeyScope): number {
  return EVENTS_PER_KEY_HOUR * keyCountOf(keys);
}

/** So many keys are reckoned with. */
export function keyCountOf(keys: KeyScope): number {
  return isFew(keys) ? keys : KEYS;
}
