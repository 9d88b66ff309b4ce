import type { UsageWindow } from '../core/time-window';
import { DistinctRows, NUL } from './distinct-rows';
import { latencyBucket } from './latency';
import { ledgerLock } from './ledger-lock';
import { type CubeCell, cubeCellOf, orderOfRollup, type RollupDelta, rollUpCube, rollUpKey } from './rollups';
import { type Span, Spans } from './spans';
import { addEvent, addSums, type CountedEvent, Sums } from './sums';

/** What a batch of events adds to counters and roll-ups, each list in the order in which its rows are locked. */
export interface Deltas {
  readonly keyMonths: readonly KeyMonthDelta[];
  readonly workspaceCounters: readonly WorkspaceCounterDelta[];
  readonly keyHours: readonly KeyHourDelta[];
  readonly rollups: readonly RollupDelta[];
  readonly latencies: readonly LatencyDelta[];
  /** What the events touch, by the names of `ledgerLock`: each workspace, and each of its UTC days. */
  readonly locks: readonly string[];
}

class KeyHourDelta extends Sums {
  readonly workspaceId: string;
  readonly hour: string;

  constructor(
    readonly span: Span,
    readonly keyId: bigint,
    public lastOccurredAt: Date,
  ) {
    super();
    this.workspaceId = span.workspaceId;
    this.hour = span.hour;
  }
}

class KeyMonthDelta extends Sums {
  constructor(
    readonly workspaceId: string,
    readonly keyId: bigint,
    /** Its first UTC day, as `YYYY-MM-DD`. */
    readonly month: string,
    public lastOccurredAt: Date,
  ) {
    super();
  }
}

class WorkspaceCounterDelta extends Sums {
  constructor(
    readonly workspaceId: string,
    readonly window: UsageWindow,
    /** First UTC day of the window, as `YYYY-MM-DD`. */
    readonly startsOn: string,
  ) {
    super();
  }
}

interface LatencyDelta {
  readonly workspaceId: string;
  /** 0n: of the workspace. */
  readonly keyId: bigint;
  readonly startsAt: string;
  readonly bucket: number;
  requests: number;
}

/** Adds events up for every counter and roll-up. */
export function sumDeltas(events: readonly CountedEvent[]): Deltas {
  const spans = new Spans();
  const keyHours = new DistinctRows<KeyHourDelta>();
  const rollups = new DistinctRows<RollupDelta>();
  const latencies = new DistinctRows<LatencyDelta>();
  const cells = new DistinctRows<CubeCell>();
  for (const event of events) {
    const span = spans.at(event.workspaceId, event.occurredAt);
    const { keyId, occurredAt } = event;
    const keyText = String(keyId);
    const hourKey = `${span.hourName}${keyText}`;
    const keyHour = keyHours.find(hourKey) ?? keyHours.add(hourKey, new KeyHourDelta(span, keyId, occurredAt));
    addEvent(keyHour, event);
    if (occurredAt > keyHour.lastOccurredAt) keyHour.lastOccurredAt = occurredAt;
    addEvent(cubeCellOf(cells, span, event), event);
    rollUpKey(rollups, span, keyText, event);
    if (event.latencyMs !== null) countLatency(latencies, span, keyId, latencyBucket(event.latencyMs));
  }
  for (const cell of cells.values()) rollUpCube(rollups, cell);
  return {
    keyMonths: sumMonths(keyHours.values()).sorted((row) => `${row.workspaceId} ${row.keyId} ${row.month}`),
    workspaceCounters: sumWorkspaces(cells.values()).sorted(
      (row) => `${row.workspaceId} ${row.window} ${row.startsOn}`,
    ),
    keyHours: keyHours.sorted((row) => `${row.workspaceId} ${row.keyId} ${row.hour}`),
    rollups: rollups.sorted(orderOfRollup),
    latencies: latencies.sorted(
      (row) => `${row.keyId === 0n ? 1 : 0} ${row.workspaceId} ${row.keyId} ${row.startsAt} ${row.bucket}`,
    ),
    locks: locksOf(spans.values()),
  };
}

/** Counts a request in the workspace's hour and in the key's day. */
function countLatency(latencies: DistinctRows<LatencyDelta>, span: Span, keyId: bigint, bucket: number): void {
  const { workspaceId, hour, day, hourName, dayName } = span;
  const count = (key: string, owner: bigint, startsAt: string) => {
    const row = latencies.find(key) ?? latencies.add(key, { workspaceId, keyId: owner, startsAt, bucket, requests: 0 });
    row.requests += 1;
  };
  count(`${hourName}${bucket}`, 0n, hour);
  count(`${dayName}${keyId}${NUL}${bucket}`, keyId, day);
}

function locksOf(spans: Iterable<Span>): string[] {
  const locks = new Set<string>();
  for (const { workspaceId, startsOn } of spans)
    locks.add(ledgerLock(workspaceId)).add(ledgerLock(workspaceId, startsOn.day));
  return [...locks].sort();
}

/** Adds hours of keys up to their months. */
function sumMonths(hours: Iterable<KeyHourDelta>): DistinctRows<KeyMonthDelta> {
  const months = new DistinctRows<KeyMonthDelta>();
  for (const row of hours) {
    const { workspaceId, keyId, span, lastOccurredAt } = row;
    const { month } = span.startsOn;
    const key = `${workspaceId} ${keyId} ${month}`;
    const sums = months.find(key) ?? months.add(key, new KeyMonthDelta(workspaceId, keyId, month, lastOccurredAt));
    addSums(sums, row);
    if (lastOccurredAt > sums.lastOccurredAt) sums.lastOccurredAt = lastOccurredAt;
  }
  return months;
}

const WINDOWS = ['day', 'week', 'month', 'lifetime'] as const satisfies readonly UsageWindow[];

/** Adds cells up to the four windows of their workspaces. */
function sumWorkspaces(cells: Iterable<CubeCell>): DistinctRows<WorkspaceCounterDelta> {
  const counters = new DistinctRows<WorkspaceCounterDelta>();
  for (const cell of cells) {
    const { workspaceId, startsOn } = cell.span;
    for (const window of WINDOWS) {
      const key = `${workspaceId} ${window} ${startsOn[window]}`;
      const sums =
        counters.find(key) ?? counters.add(key, new WorkspaceCounterDelta(workspaceId, window, startsOn[window]));
      addSums(sums, cell);
    }
  }
  return counters;
}
