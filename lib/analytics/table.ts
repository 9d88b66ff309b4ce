import type { UsageWindow } from '../core/time-window';
import type { Column, Source, SourceName } from './plan';
import type { Grain } from './range';

/** What sums are grouped by beside the dimensions of events: a bucket of the latency. */
export type GroupColumn = Column | 'latency_bucket';

/** A table of sums by bucket of time. */
export interface Table {
  readonly name: string;
  readonly grain: Grain;
  readonly startColumn: string;
  /** Whether that is a date of UTC in place of an instant. */
  readonly isDated: boolean;
  /** Which of its rows are of this roll-up, beside those of the workspace. */
  readonly where: string | null;
  readonly columns: Readonly<Partial<Record<GroupColumn, string>>>;
  /** Whether an index has a key's buckets together: a few keys are then read without a look-up for each bucket. */
  readonly isByKey: boolean;
  /** Whether an index has the buckets of all keys in the order of time. */
  readonly isByTime: boolean;
  /** Rows in a bucket of a busy workspace; where keys are told apart, of each key. An estimate. */
  readonly rowsPerBucket: number;
}

const COLUMNS: Readonly<Record<Column, string>> = {
  key: 'r.key_id',
  endpoint: 'r.endpoint',
  model: 'r.model',
  provider: 'r.provider',
  environment: 'r.environment',
  status_class: 'r.status_class',
};

/** Counters of workspaces that are read as roll-ups: their window. */
const WINDOWS: Readonly<Partial<Record<SourceName, UsageWindow>>> = {
  workspace_days: 'day',
  workspace_weeks: 'week',
  workspace_months: 'month',
};

/** Roll-ups that are read with others: a key's events that name neither endpoint nor model are in one for both. */
const TOGETHER: Readonly<Partial<Record<SourceName, string>>> = {
  key_endpoint_day: 'key_unnamed_day',
  key_model_day: 'key_unnamed_day',
};

/** The table of a roll-up. */
export function tableOf(source: Source): Table {
  const columns = Object.fromEntries(source.columns.map((column) => [column, COLUMNS[column]]));
  const { name, grain, rowsPerBucket } = source;
  const common = { grain, rowsPerBucket, columns, isByTime: true };
  const window = WINDOWS[name];
  if (window) {
    const where = `r."window" = '${window}'`;
    return { ...common, name: 'workspace_counters', startColumn: 'r.starts_on', isDated: true, where, isByKey: false };
  }
  switch (name) {
    // A key has a row for each month: few enough to be read over.
    case 'key_months':
      return { ...common, name, startColumn: 'r.month', isDated: true, where: null, isByKey: true };
    case 'key_hours':
      return { ...common, name, startColumn: 'r.hour', isDated: false, where: null, isByKey: true };
    default: {
      const where = whereRollup(name);
      return { ...common, name: 'usage_rollups', startColumn: 'r.starts_at', isDated: false, where, isByKey: false };
    }
  }
}

function whereRollup(name: SourceName): string {
  const other = TOGETHER[name];
  return other === undefined ? `r.rollup = '${name}'` : `r.rollup IN ('${name}', '${other}')`;
}

const LATENCIES = {
  name: 'latency_buckets',
  startColumn: 'r.starts_at',
  isDated: false,
  isByKey: true,
  rowsPerBucket: 20,
} as const;
/** Latencies of a workspace by UTC hour. */
export const LATENCY_HOURS: Table = {
  ...LATENCIES,
  grain: 'hour',
  where: 'r.key_id = 0',
  isByTime: true,
  columns: { latency_bucket: 'r.bucket' },
};
/** Latencies of keys by UTC day. */
export const LATENCY_DAYS: Table = {
  ...LATENCIES,
  grain: 'day',
  where: 'r.key_id > 0',
  isByTime: false,
  columns: { key: 'r.key_id', latency_bucket: 'r.bucket' },
};
