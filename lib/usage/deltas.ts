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
  | 'endpoint_half_hour'
  | 'model_half_hour'
  | 'class_half_hour'
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
const HALF_HOUR_MINUTES = 30;

/**
 * The buckets of UTC that hold one hour of one workspace. The names are short and stand for workspace and bucket in the
 * keys of rows: those are made for every event, and long ones would cost more than the adding up.
 */
interface Span {
  readonly workspaceId: string;
  readonly hour: string;
  /** The second half of the hour. The first starts with it. */
  readonly halfHour: string;
  readonly day: string;
  readonly week: string;
  readonly startsOn: Readonly<Record<UsageWindow, string>>;
  readonly hourName: string;
  readonly dayName: string;
  readonly weekName: string;
}

class Spans {
  private readonly spans = new Map<string, Span>();
  private readonly names = new Map<string, string>();

  at(workspaceId: string, hourNumber: number): Span {
    const key = `${hourNumber} ${workspaceId}`;
    const known = this.spans.get(key);
    if (known !== undefined) return known;
    const at = new Date(hourNumber * HOUR_MILLISECONDS);
    const day = windowStart('day', at);
    const week = windowStart('week', at);
    const month = windowStart('month', at);
    const span = {
      workspaceId,
      hour: at.toISOString(),
      halfHour: new Date(at.getTime() + HALF_HOUR_MINUTES * 60_000).toISOString(),
      day: day.toISOString(),
      week: week.toISOString(),
      startsOn: { day: utcDate(day), week: utcDate(week), month: utcDate(month), lifetime: LIFETIME },
      hourName: this.name(`h${key}`),
      dayName: this.name(`d${day.getTime()} ${workspaceId}`),
      weekName: this.name(`w${week.getTime()} ${workspaceId}`),
    };
    this.spans.set(key, span);
    return span;
  }

  private name(bucket: string): string {
    const known = this.names.get(bucket);
    if (known !== undefined) return known;
    const name = `${this.names.size}:`;
    this.names.set(bucket, name);
    return name;
  }
}

/** Rows by a key that tells them apart within this batch. */
class Rows<Row> {
  private readonly rows = new Map<string, Row>();

  get(key: string, make: () => Row): Row {
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const row = make();
    this.rows.set(key, row);
    return row;
  }

  values(): Iterable<Row> {
    return this.rows.values();
  }

  /** In an order that follows from the rows alone, so that all processes lock in one order. */
  sorted(orderOf: (row: Row) => string): Row[] {
    const ordered = [...this.rows.values()].map((row) => ({ row, order: orderOf(row) }));
    return ordered.sort((left, right) => (left.order < right.order ? -1 : 1)).map(({ row }) => row);
  }
}

/**
 * A row that starts at nothing. Classes and not literals with spreads: rows are made and added to for every event, and an
 * object that was put together by spreads costs ten times as much at each of its fields.
 */
class Row implements Sums {
  requests = 0;
  errors = 0;
  unpriced = 0;
  promptTokens = 0n;
  completionTokens = 0n;
  cachedPromptTokens = 0n;
  cacheCreationTokens = 0n;
  spendNanoUsd = 0n;
  byokNanoUsd = 0n;
}

class KeyHourRow extends Row implements KeyHourDelta {
  readonly hour: string;

  constructor(
    readonly span: Span,
    readonly workspaceId: string,
    readonly keyId: bigint,
    public lastOccurredAt: Date,
  ) {
    super();
    this.hour = span.hour;
  }
}

class RollupRow extends Row implements RollupDelta {
  constructor(
    readonly workspaceId: string,
    readonly rollup: Rollup,
    readonly startsAt: string,
    readonly keyId: bigint,
    readonly endpoint: string,
    readonly model: string,
    readonly provider: string,
    readonly environment: string,
    readonly statusClass: number,
  ) {
    super();
  }
}

class KeyCounterRow extends Row implements KeyCounterDelta {
  constructor(
    readonly workspaceId: string,
    readonly keyId: bigint,
    readonly window: UsageWindow,
    readonly startsOn: string,
    public lastOccurredAt: Date,
  ) {
    super();
  }
}

class WorkspaceCounterRow extends Row implements WorkspaceCounterDelta {
  constructor(
    readonly workspaceId: string,
    readonly window: UsageWindow,
    readonly startsOn: string,
  ) {
    super();
  }
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

/** Separates the parts of a row's key: texts of events hold no NUL. */
const NUL = '\0';

/** Adds events up for every counter and roll-up. */
export function sumDeltas(events: readonly CountedEvent[]): Deltas {
  const spans = new Spans();
  const keyHours = new Rows<KeyHourRow>();
  const rollups = new Rows<RollupRow>();
  const latencies = new Rows<LatencyDelta>();
  for (const event of events) {
    const span = spans.at(event.workspaceId, Math.floor(event.occurredAt.getTime() / HOUR_MILLISECONDS));
    const { keyId, occurredAt } = event;
    const keyHour = keyHours.get(
      `${span.hourName}${keyId}`,
      () => new KeyHourRow(span, span.workspaceId, keyId, occurredAt),
    );
    addEvent(keyHour, event);
    if (occurredAt > keyHour.lastOccurredAt) keyHour.lastOccurredAt = occurredAt;
    rollUp(rollups, span, event);
    if (event.latencyMs !== null) countLatency(latencies, span, keyId, latencyBucket(event.latencyMs));
  }
  const { keyCounters, workspaceCounters } = sumCounters(keyHours.values());
  return {
    keyCounters: keyCounters.sorted((row) => `${row.workspaceId} ${row.keyId} ${row.window} ${row.startsOn}`),
    workspaceCounters: workspaceCounters.sorted((row) => `${row.workspaceId} ${row.window} ${row.startsOn}`),
    keyHours: keyHours.sorted((row) => `${row.workspaceId} ${row.keyId} ${row.hour}`),
    rollups: rollups.sorted(orderOfRollup),
    latencies: latencies.sorted(
      (row) => `${row.keyId === 0n ? 1 : 0} ${row.workspaceId} ${row.keyId} ${row.startsAt} ${row.bucket}`,
    ),
    locks: locksOf(keyHours.values()),
  };
}

/** Adds an event to its row of each roll-up. */
function rollUp(rollups: Rows<RollupRow>, span: Span, event: CountedEvent): void {
  const { workspaceId: w, day, week, dayName, weekName } = span;
  const isFirstHalf = event.occurredAt.getUTCMinutes() < HALF_HOUR_MINUTES;
  // Many zones are half an hour off the hours of UTC: their days, too, are whole buckets of a workspace.
  const half = isFirstHalf ? span.hour : span.halfHour;
  const halfName = `${span.hourName}${isFirstHalf ? 1 : 2}`;
  const { keyId, environment } = event;
  const endpoint = event.endpoint ?? '';
  const model = event.model ?? '';
  const provider = event.provider ?? '';
  const status = Math.floor(event.status / 100);
  const modelName = `${model}${NUL}${provider}`;
  const add = (key: string, make: () => RollupRow) => addEvent(rollups.get(key, make), event);
  add(`${halfName}e${endpoint}`, () => new RollupRow(w, 'endpoint_half_hour', half, 0n, endpoint, '', '', '', 0));
  add(`${halfName}m${modelName}`, () => new RollupRow(w, 'model_half_hour', half, 0n, '', model, provider, '', 0));
  add(
    `${halfName}c${environment}${status}`,
    () => new RollupRow(w, 'class_half_hour', half, 0n, '', '', '', environment, status),
  );
  add(
    `${dayName}e${keyId}${NUL}${endpoint}`,
    () => new RollupRow(w, 'key_endpoint_day', day, keyId, endpoint, '', '', '', 0),
  );
  add(
    `${weekName}e${keyId}${NUL}${endpoint}`,
    () => new RollupRow(w, 'key_endpoint_week', week, keyId, endpoint, '', '', '', 0),
  );
  add(
    `${dayName}m${keyId}${NUL}${modelName}`,
    () => new RollupRow(w, 'key_model_day', day, keyId, '', model, provider, '', 0),
  );
  add(
    `${dayName}c${endpoint}${NUL}${modelName}${NUL}${environment}${status}`,
    () => new RollupRow(w, 'cube_day', day, 0n, endpoint, model, provider, environment, status),
  );
}

/** Counts a request in the workspace's hour and in the key's day. */
function countLatency(latencies: Rows<LatencyDelta>, span: Span, keyId: bigint, bucket: number): void {
  const { workspaceId, hour, day, hourName, dayName } = span;
  const make = (owner: bigint, startsAt: string) => () => ({
    workspaceId,
    keyId: owner,
    startsAt,
    bucket,
    requests: 0,
  });
  latencies.get(`${hourName}${bucket}`, make(0n, hour)).requests += 1;
  latencies.get(`${dayName}${keyId}${NUL}${bucket}`, make(keyId, day)).requests += 1;
}

function orderOfRollup(row: RollupDelta): string {
  const { workspaceId, rollup, startsAt, keyId, endpoint, model, provider, environment, statusClass } = row;
  // Rows of whole workspaces, which every batch touches, come last.
  return `${keyId === 0n ? 1 : 0} ${workspaceId} ${rollup} ${startsAt} ${keyId} ${endpoint}${NUL}${model}${NUL}${provider}${NUL}${environment}${statusClass}`;
}

function locksOf(hours: Iterable<KeyHourRow>): string[] {
  const locks = new Set<string>();
  for (const { workspaceId, span } of hours)
    locks.add(ledgerLock(workspaceId)).add(ledgerLock(workspaceId, span.startsOn.day));
  return [...locks].sort();
}

/** Adds the hours of keys up to counters. A key's day and week are sums over its hours; a workspace keeps all four windows. */
function sumCounters(hours: Iterable<KeyHourRow>) {
  const keyCounters = new Rows<KeyCounterRow>();
  const workspaceCounters = new Rows<WorkspaceCounterRow>();
  for (const row of hours) {
    const { workspaceId, keyId, span, lastOccurredAt } = row;
    for (const window of ['month', 'lifetime'] as const) {
      const startsOn = span.startsOn[window];
      const counter = keyCounters.get(
        `${workspaceId} ${keyId} ${startsOn}`,
        () => new KeyCounterRow(workspaceId, keyId, window, startsOn, lastOccurredAt),
      );
      addSums(counter, row);
      if (lastOccurredAt > counter.lastOccurredAt) counter.lastOccurredAt = lastOccurredAt;
    }
    for (const window of ['day', 'week', 'month', 'lifetime'] as const) {
      const startsOn = span.startsOn[window];
      const make = () => new WorkspaceCounterRow(workspaceId, window, startsOn);
      addSums(workspaceCounters.get(`${workspaceId} ${window} ${startsOn}`, make), row);
    }
  }
  return { keyCounters, workspaceCounters };
}
