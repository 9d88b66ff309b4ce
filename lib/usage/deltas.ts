import type { UsageWindow } from '../core/time-window';
import { DistinctRows, NUL } from './distinct-rows';
import { latencyBucket } from './latency';
import { ledgerLock } from './ledger-lock';
import { orderOfRollup, type RollupDelta, rollUp } from './rollups';
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
  for (const event of events) {
    const span = spans.at(event.workspaceId, event.occurredAt);
    const { keyId, occurredAt } = event;
    const keyHour = keyHours.get(`${span.hourName}${keyId}`, () => new KeyHourDelta(span, keyId, occurredAt));
    addEvent(keyHour, event);
    if (occurredAt > keyHour.lastOccurredAt) keyHour.lastOccurredAt = occurredAt;
    rollUp(rollups, span, event);
    if (event.latencyMs !== null) countLatency(latencies, span, keyId, latencyBucket(event.latencyMs));
  }
  const { keyMonths, workspaceCounters } = sumCounters(keyHours.values());
  return {
    keyMonths: keyMonths.sorted((row) => `${row.workspaceId} ${row.keyId} ${row.month}`),
    workspaceCounters: workspaceCounters.sorted((row) => `${row.workspaceId} ${row.window} ${row.startsOn}`),
    keyHours: keyHours.sorted((row) => `${row.workspaceId} ${row.keyId} ${row.hour}`),
    rollups: rollups.sorted(orderOfRollup),
    latencies: latencies.sorted(
      (row) => `${row.keyId === 0n ? 1 : 0} ${row.workspaceId} ${row.keyId} ${row.startsAt} ${row.bucket}`,
    ),
    locks: locksOf(keyHours.values()),
  };
}

/** Counts a request in the workspace's hour and in the key's day. */
function countLatency(latencies: DistinctRows<LatencyDelta>, span: Span, keyId: bigint, bucket: number): void {
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

function locksOf(hours: Iterable<KeyHourDelta>): string[] {
  const locks = new Set<string>();
  for (const { workspaceId, span } of hours)
    locks.add(ledgerLock(workspaceId)).add(ledgerLock(workspaceId, span.startsOn.day));
  return [...locks].sort();
}

/** Adds the hours of keys up to counters. A key keeps its months alone; a workspace keeps all four windows. */
function sumCounters(hours: Iterable<KeyHourDelta>) {
  const keyMonths = new DistinctRows<KeyMonthDelta>();
  const workspaceCounters = new DistinctRows<WorkspaceCounterDelta>();
  for (const row of hours) {
    const { workspaceId, keyId, span, lastOccurredAt } = row;
    const { month } = span.startsOn;
    const keyMonth = keyMonths.get(
      `${workspaceId} ${keyId} ${month}`,
      () => new KeyMonthDelta(workspaceId, keyId, month, lastOccurredAt),
    );
    addSums(keyMonth, row);
    if (lastOccurredAt > keyMonth.lastOccurredAt) keyMonth.lastOccurredAt = lastOccurredAt;
    for (const window of ['day', 'week', 'month', 'lifetime'] as const) {
      const startsOn = span.startsOn[window];
      const make = () => new WorkspaceCounterDelta(workspaceId, window, startsOn);
      addSums(workspaceCounters.get(`${workspaceId} ${window} ${startsOn}`, make), row);
    }
  }
  return { keyMonths, workspaceCounters };
}
