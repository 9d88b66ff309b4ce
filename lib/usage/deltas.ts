import type { UsageWindow } from '../core/time-window';
import { utcDate, windowStart } from '../core/time-window';
import { latencyBucket } from './latency';

/** What of an event is added up. */
export interface CountedEvent {
  readonly workspaceId: string;
  readonly keyId: bigint;
  readonly occurredAt: Date;
  readonly environment: 'live' | 'test';
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly status: number;
  readonly latencyMs: number | null;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
  readonly costNanoUsd: bigint;
  readonly pricedBy: 'caller' | 'model' | 'usage_name' | 'unpriced';
  readonly isByok: boolean;
}

/** Sums over some events. Money in nano-USD; `spend` is without BYOK, which is counted apart. */
export interface Sums {
  requests: number;
  errors: number;
  unpriced: number;
  promptTokens: bigint;
  completionTokens: bigint;
  cachedPromptTokens: bigint;
  cacheCreationTokens: bigint;
  spendNanoUsd: bigint;
  byokNanoUsd: bigint;
}

export interface KeyCounterDelta extends Sums {
  readonly workspaceId: string;
  readonly keyId: bigint;
  readonly window: UsageWindow;
  /** First UTC day of the window, as `YYYY-MM-DD`. */
  readonly startsOn: string;
  lastOccurredAt: Date;
}

export interface WorkspaceCounterDelta extends Sums {
  readonly workspaceId: string;
  readonly window: UsageWindow;
  readonly startsOn: string;
}

export interface KeyHourDelta extends Sums {
  readonly workspaceId: string;
  readonly keyId: bigint;
  readonly hour: string;
}

export type Rollup =
  | 'endpoint_hour'
  | 'model_hour'
  | 'class_hour'
  | 'key_endpoint_day'
  | 'key_endpoint_week'
  | 'key_model_day'
  | 'cube_day';

/** A cell of a roll-up. What the roll-up does not tell apart is '' or 0. */
export interface RollupDelta extends Sums {
  readonly workspaceId: string;
  readonly rollup: Rollup;
  readonly startsAt: string;
  readonly keyId: bigint;
  readonly endpoint: string;
  readonly model: string;
  readonly provider: string;
  readonly environment: string;
  readonly statusClass: number;
}

export interface LatencyDelta {
  readonly workspaceId: string;
  /** 0n: of the workspace. */
  readonly keyId: bigint;
  readonly startsAt: string;
  readonly bucket: number;
  requests: number;
}

/** What a batch of events adds to counters and roll-ups, each list in the order in which its rows are locked. */
export interface Deltas {
  readonly keyCounters: readonly KeyCounterDelta[];
  readonly workspaceCounters: readonly WorkspaceCounterDelta[];
  readonly keyHours: readonly KeyHourDelta[];
  readonly rollups: readonly RollupDelta[];
  readonly latencies: readonly LatencyDelta[];
  /** What the events touch, by the names of `ledgerLock`: each workspace, and each of its UTC days. */
  readonly locks: readonly string[];
}

/**
 * The name of the lock that whoever records shares and whoever rebuilds has alone: of a UTC day of a workspace
 * (`YYYY-MM-DD`), for what is summed by hour and day; of the workspace, for what is summed over longer spans.
 */
export function ledgerLock(workspaceId: string, day?: string): string {
  return day === undefined ? `ledger ${workspaceId}` : `ledger ${workspaceId} ${day}`;
}

const LIFETIME = '0001-01-01';
const HOUR_MILLISECONDS = 3_600_000;

/** The starts of the buckets of UTC that contain an hour, as text that the database reads. */
interface Instants {
  readonly hour: string;
  readonly day: string;
  readonly week: string;
  readonly startsOn: Readonly<Record<UsageWindow, string>>;
}

function instantsOf(hourNumber: number): Instants {
  const at = new Date(hourNumber * HOUR_MILLISECONDS);
  const day = windowStart('day', at);
  const week = windowStart('week', at);
  return {
    hour: at.toISOString(),
    day: day.toISOString(),
    week: week.toISOString(),
    startsOn: {
      day: utcDate(day),
      week: utcDate(week),
      month: utcDate(windowStart('month', at)),
      lifetime: LIFETIME,
    },
  };
}

/**
 * Rows by their key. A row's place among the others follows from its key alone, so all processes lock in one order.
 */
class Rows<Row> {
  private readonly rows = new Map<string, Row>();

  get(key: string, make: () => Row): Row {
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const row = make();
    this.rows.set(key, row);
    return row;
  }

  sorted(): Row[] {
    return [...this.rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
  }
}

function noSums(): Sums {
  return {
    requests: 0,
    errors: 0,
    unpriced: 0,
    promptTokens: 0n,
    completionTokens: 0n,
    cachedPromptTokens: 0n,
    cacheCreationTokens: 0n,
    spendNanoUsd: 0n,
    byokNanoUsd: 0n,
  };
}

function addEvent(sums: Sums, event: CountedEvent): void {
  sums.requests += 1;
  if (event.status >= 400) sums.errors += 1;
  if (event.pricedBy === 'unpriced') sums.unpriced += 1;
  sums.promptTokens += event.promptTokens;
  sums.completionTokens += event.completionTokens;
  sums.cachedPromptTokens += event.cachedPromptTokens;
  sums.cacheCreationTokens += event.cacheCreationTokens;
  if (event.isByok) sums.byokNanoUsd += event.costNanoUsd;
  else sums.spendNanoUsd += event.costNanoUsd;
}

function addSums(sums: Sums, more: Sums): void {
  sums.requests += more.requests;
  sums.errors += more.errors;
  sums.unpriced += more.unpriced;
  sums.promptTokens += more.promptTokens;
  sums.completionTokens += more.completionTokens;
  sums.cachedPromptTokens += more.cachedPromptTokens;
  sums.cacheCreationTokens += more.cacheCreationTokens;
  sums.spendNanoUsd += more.spendNanoUsd;
  sums.byokNanoUsd += more.byokNanoUsd;
}

/** The columns that tell a roll-up's rows apart, beside the workspace, in the order of its primary key. */
type Cell = readonly [
  rollup: Rollup,
  startsAt: string,
  keyId: bigint,
  endpoint: string,
  model: string,
  provider: string,
  environment: string,
  statusClass: number,
];

function makeCell(workspaceId: string, cell: Cell): RollupDelta {
  const [rollup, startsAt, keyId, endpoint, model, provider, environment, statusClass] = cell;
  return {
    ...noSums(),
    workspaceId,
    rollup,
    startsAt,
    keyId,
    endpoint,
    model,
    provider,
    environment,
    statusClass,
  };
}

/** Separates the parts of a row's key: texts of events hold no NUL. */
const NUL = '\0';

/** Adds events up for every counter and roll-up. */
export function sumDeltas(events: readonly CountedEvent[]): Deltas {
  const keyCounters = new Rows<KeyCounterDelta>();
  const keyHours = new Rows<KeyHourDelta & { instants: Instants; lastOccurredAt: Date }>();
  const workspaceCounters = new Rows<WorkspaceCounterDelta>();
  const rollups = new Rows<RollupDelta>();
  const latencies = new Rows<LatencyDelta>();
  const locks = new Set<string>();
  const instantsByHour = new Map<number, Instants>();

  for (const event of events) {
    const hourNumber = Math.floor(event.occurredAt.getTime() / HOUR_MILLISECONDS);
    let instants = instantsByHour.get(hourNumber);
    if (!instants) {
      instants = instantsOf(hourNumber);
      instantsByHour.set(hourNumber, instants);
    }
    const { workspaceId, keyId, environment } = event;
    const { hour, day, week } = instants;
    const endpoint = event.endpoint ?? '';
    const model = event.model ?? '';
    const provider = event.provider ?? '';
    const statusClass = Math.floor(event.status / 100);
    locks.add(ledgerLock(workspaceId)).add(ledgerLock(workspaceId, instants.startsOn.day));

    const keyHour = keyHours.get(`${workspaceId}${NUL}${keyId}${NUL}${hour}`, () => ({
      ...noSums(),
      workspaceId,
      keyId,
      hour,
      instants,
      lastOccurredAt: event.occurredAt,
    }));
    addEvent(keyHour, event);
    if (event.occurredAt > keyHour.lastOccurredAt) keyHour.lastOccurredAt = event.occurredAt;

    const cells: readonly Cell[] = [
      ['endpoint_hour', hour, 0n, endpoint, '', '', '', 0],
      ['model_hour', hour, 0n, '', model, provider, '', 0],
      ['class_hour', hour, 0n, '', '', '', environment, statusClass],
      ['key_endpoint_day', day, keyId, endpoint, '', '', '', 0],
      ['key_endpoint_week', week, keyId, endpoint, '', '', '', 0],
      ['key_model_day', day, keyId, '', model, provider, '', 0],
      ['cube_day', day, 0n, endpoint, model, provider, environment, statusClass],
    ];
    for (const cell of cells) {
      const row = rollups.get(`${workspaceId}${NUL}${cell.join(NUL)}`, () => makeCell(workspaceId, cell));
      addEvent(row, event);
    }

    if (event.latencyMs === null) continue;
    const bucket = latencyBucket(event.latencyMs);
    for (const [owner, startsAt] of [
      [0n, hour],
      [keyId, day],
    ] as const) {
      const key = `${workspaceId}${NUL}${owner}${NUL}${startsAt}${NUL}${bucket}`;
      latencies.get(key, () => ({ workspaceId, keyId: owner, startsAt, bucket, requests: 0 })).requests += 1;
    }
  }

  const hours = keyHours.sorted();
  for (const row of hours) {
    const { workspaceId, keyId, instants, lastOccurredAt } = row;
    // A key's day and week are sums over its hours; a workspace, which has few rows, keeps all four.
    for (const window of ['month', 'lifetime'] as const) {
      const startsOn = instants.startsOn[window];
      const counter = keyCounters.get(`${workspaceId}${NUL}${keyId}${NUL}${window}${NUL}${startsOn}`, () => ({
        ...noSums(),
        workspaceId,
        keyId,
        window,
        startsOn,
        lastOccurredAt,
      }));
      addSums(counter, row);
      if (lastOccurredAt > counter.lastOccurredAt) counter.lastOccurredAt = lastOccurredAt;
    }
    for (const window of ['day', 'week', 'month', 'lifetime'] as const) {
      const startsOn = instants.startsOn[window];
      const counter = workspaceCounters.get(`${workspaceId}${NUL}${window}${NUL}${startsOn}`, () => ({
        ...noSums(),
        workspaceId,
        window,
        startsOn,
      }));
      addSums(counter, row);
    }
  }
  return {
    keyCounters: keyCounters.sorted(),
    workspaceCounters: workspaceCounters.sorted(),
    keyHours: hours,
    rollups: rollups.sorted(),
    latencies: latencies.sorted(),
    locks: [...locks].sort(),
  };
}
