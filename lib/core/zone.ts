/**
 * The clock on the wall of an IANA time zone, by the runtime's own tables. A wall time is written as the milliseconds of
 * the same reading in UTC: half past one on 1 January 1970 is 5,400,000 in every zone. Instants are epoch milliseconds.
 */
export const GRANULARITIES = ['hour', 'day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;
/** Zones change their offset at these steps only, so an offset holds for the whole step. */
const STEP_MILLISECONDS = 900_000;
const STEPS_KEPT_MAX = 20_000;

interface Clock {
  readonly formatter: Intl.DateTimeFormat;
  /** Offsets by step. A formatter takes microseconds, and an answer asks for the same steps again and again. */
  readonly offsets: Map<number, number>;
}

/** There are some 600 zones, but a name may be written in small and capital letters, and callers write it. */
const CLOCKS_KEPT_MAX = 1000;
const clocks = new Map<string, Clock>();

function clockOf(zone: string): Clock {
  const kept = clocks.get(zone);
  if (kept) return kept;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const clock = { formatter, offsets: new Map<number, number>() };
  if (clocks.size >= CLOCKS_KEPT_MAX) clocks.clear();
  clocks.set(zone, clock);
  return clock;
}

/** Whether a text names an IANA zone that the runtime knows. */
export function isTimeZone(zone: string): boolean {
  // Offsets such as +01:00 are taken by Intl but are no zone: they know no daylight saving.
  if (/^[+-]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds that a zone is ahead of UTC at an instant. */
export function zoneOffset(zone: string, instant: number): number {
  if (zone === 'UTC') return 0;
  const { formatter, offsets } = clockOf(zone);
  const step = Math.floor(instant / STEP_MILLISECONDS);
  const known = offsets.get(step);
  if (known !== undefined) return known;
  if (offsets.size >= STEPS_KEPT_MAX) offsets.clear();
  const start = step * STEP_MILLISECONDS;
  const part = new Map(formatter.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const offset = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - start;
  offsets.set(step, offset);
  return offset;
}

/** What the clock on the wall shows at an instant. */
export function wallTime(zone: string, instant: number): number {
  return instant + zoneOffset(zone, instant);
}

/**
 * The instant of a wall time. One that a change of the clock repeats is the first or the second of the two, as asked; one
 * that it skips moves forward by what was skipped.
 */
export function instantOfWall(zone: string, wall: number, repeated: 'first' | 'second' = 'first'): number {
  const before = zoneOffset(zone, wall - DAY_MILLISECONDS);
  const after = zoneOffset(zone, wall + DAY_MILLISECONDS);
  const candidates = [wall - before, wall - after].filter((instant) => wallTime(zone, instant) === wall);
  if (candidates.length === 0) return wall - before;
  return repeated === 'first' ? Math.min(...candidates) : Math.max(...candidates);
}

/** The first change of the offset after one instant and at or before another. */
function changeBetween(zone: string, after: number, last: number): number {
  const offset = zoneOffset(zone, after);
  let step = (Math.floor(after / STEP_MILLISECONDS) + 1) * STEP_MILLISECONDS;
  while (step < last && zoneOffset(zone, step) === offset) step += STEP_MILLISECONDS;
  return Math.min(step, last);
}

/** The first instant at which the clock has reached a wall time: where a change skips it, the instant of the change. */
function firstReached(zone: string, wall: number): number {
  const before = zoneOffset(zone, wall - DAY_MILLISECONDS);
  const after = zoneOffset(zone, wall + DAY_MILLISECONDS);
  const early = wall - before;
  if (zoneOffset(zone, early) === before) return early;
  const late = wall - after;
  return zoneOffset(zone, late) === after ? late : changeBetween(zone, late, early);
}

/** The wall time at which the day, ISO week or month of a wall time began. */
function wallStart(granularity: Exclude<Granularity, 'hour'>, wall: number): number {
  const day = Math.floor(wall / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  const date = new Date(day);
  if (granularity === 'day') return day;
  if (granularity === 'week') return day - ((date.getUTCDay() + 6) % 7) * DAY_MILLISECONDS;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function nextWallStart(granularity: Exclude<Granularity, 'hour'>, start: number): number {
  const date = new Date(start);
  if (granularity === 'day') return start + DAY_MILLISECONDS;
  if (granularity === 'week') return start + 7 * DAY_MILLISECONDS;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/**
 * The hour, day, ISO week or month of a zone that contains an instant, as `[start, end)`. They tile time: a day is 23, 24
 * or 25 hours long, one that a zone skips whole (as Apia skipped 30 December 2011) is none, and a change of the clock
 * begins a new hour, so a repeated hour is two.
 */
export function zonedBucket(zone: string, granularity: Granularity, instant: number): { start: number; end: number } {
  if (granularity === 'hour') return hourOf(zone, instant);
  let wall = wallStart(granularity, wallTime(zone, instant));
  let start = firstReached(zone, wall);
  for (;;) {
    wall = nextWallStart(granularity, wall);
    const end = firstReached(zone, wall);
    if (end > instant) return { start, end };
    start = end;
  }
}

function hourOf(zone: string, instant: number): { start: number; end: number } {
  const offset = zoneOffset(zone, instant);
  const elapsed = (((instant + offset) % HOUR_MILLISECONDS) + HOUR_MILLISECONDS) % HOUR_MILLISECONDS;
  const start = instant - elapsed;
  return {
    start: zoneOffset(zone, start) === offset ? start : changeBetween(zone, start, instant),
    end: changeBetween(zone, instant, start + HOUR_MILLISECONDS),
  };
}

/** The instants at which buckets of a zone begin within `[from, to)`, beginning with `from` itself and ending with `to`. */
export function zonedBounds(
  zone: string,
  granularity: Granularity,
  from: number,
  to: number,
  bucketsMax: number,
): number[] | null {
  const bounds = [from];
  let end = zonedBucket(zone, granularity, from).end;
  while (end < to) {
    bounds.push(end);
    if (bounds.length > bucketsMax) return null;
    end = zonedBucket(zone, granularity, end).end;
  }
  return [...bounds, to];
}

/** An instant in ISO 8601 with the zone's offset, such as `2026-11-18T00:00:00.000+05:30`; `Z` in UTC. */
export function formatInZone(zone: string, instant: number): string {
  const offset = zoneOffset(zone, instant);
  const wall = new Date(instant + offset).toISOString();
  if (zone === 'UTC') return wall;
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${wall.slice(0, -1)}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
