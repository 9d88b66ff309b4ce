import { type Granularity, instantOfWall, wallTime, zonedBucket } from '../core/zone';
import type { Range } from './contract';

/** Periods that are named by the calendar of a zone, or by the hours that run. */
export const PRESETS = ['today', '24h', '7d', '30d', 'mtd', 'last-month', '90d'] as const;
export type Preset = (typeof PRESETS)[number];

/**
 * A period as an address names it: a preset, or its first and last on the wall of the workspace's zone. `2026-11-18` is
 * that whole day, `2026-11-18T14:30` the instant of that reading, which is exclusive as the last.
 */
export type PeriodName =
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'custom'; readonly from: string; readonly to: string };

export interface Period extends Range {
  /** Up to here it has elapsed: now, or its end where that is past. */
  readonly until: Date;
  /** The period before, for the same time as has elapsed: only equal times are compared. */
  readonly previous: Range;
  /** Whether it contains now, so that its last bucket may still grow. */
  readonly isOpen: boolean;
}

const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;
const DAYS_OF: Readonly<Record<'today' | '7d' | '30d' | '90d', number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90 };

export const WALL_PATTERN = /^(20\d\d)-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/;

/** The reading of the clock that a text names, and whether it names a whole day. NULL: no such reading. */
function parseWall(text: string): { wall: number; isDay: boolean } | null {
  const match = WALL_PATTERN.exec(text);
  if (!match) return null;
  const wall = Date.parse(match[4] === undefined ? `${text}T00:00Z` : `${text}Z`);
  // 31 November is read as 1 December by some; it is no day.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, text.length) !== text) return null;
  return { wall, isDay: match[4] === undefined };
}

/** Whether an address names a period at all: two readings, the first before the last. */
export function isPeriodText(from: string, to: string): boolean {
  const [first, last] = [parseWall(from), parseWall(to)];
  return first !== null && last !== null && first.wall < last.wall + (last.isDay ? DAY_MILLISECONDS : 0);
}

/** The period of a name at a moment. A custom name must be one that `isPeriodText` takes. */
export function resolvePeriod(name: PeriodName, zone: string, now: Date): Period {
  const { from, to, shift } =
    name.kind === 'custom' ? ofCustom(name, zone) : ofPreset(name.preset, zone, now.getTime());
  const isOpen = from <= now.getTime() && now.getTime() < to;
  const until = isOpen ? Math.max(now.getTime(), from + 1) : to;
  return {
    from: new Date(from),
    to: new Date(to),
    until: new Date(until),
    previous: { from: new Date(shift(from)), to: new Date(Math.max(shift(until), shift(from) + 1)) },
    isOpen,
  };
}

interface Bounds {
  readonly from: number;
  readonly to: number;
  /** The same moment of the period before. */
  readonly shift: (instant: number) => number;
}

function ofCustom({ from, to }: { from: string; to: string }, zone: string): Bounds {
  const [first, last] = [parseWall(from), parseWall(to)];
  if (!first || !last) throw new RangeError(`${from} to ${to} is no period.`);
  const end = last.wall + (last.isDay ? DAY_MILLISECONDS : 0);
  const bounds = { from: instantOfWall(zone, first.wall), to: instantOfWall(zone, end) };
  // A change of the clock may leave nothing between two readings.
  return { ...bounds, to: Math.max(bounds.to, bounds.from + 1), shift: shiftBy(zone, end - first.wall) };
}

function ofPreset(preset: Preset, zone: string, now: number): Bounds {
  switch (preset) {
    case '24h': {
      const to = zonedBucket(zone, 'hour', now).end;
      return { from: to - DAY_MILLISECONDS, to, shift: (instant) => instant - DAY_MILLISECONDS };
    }
    case 'mtd':
      return {
        from: zonedBucket(zone, 'month', now).start,
        to: zonedBucket(zone, 'day', now).end,
        shift: (instant) => monthBefore(zone, instant),
      };
    case 'last-month': {
      const to = zonedBucket(zone, 'month', now).start;
      const { start } = zonedBucket(zone, 'month', to - 1);
      const before = zonedBucket(zone, 'month', start - 1).start;
      // Months differ in length, so bound goes to bound.
      return { from: start, to, shift: (instant) => (instant >= to ? start : before) };
    }
    default: {
      const today = zonedBucket(zone, 'day', now);
      const days = DAYS_OF[preset];
      const from = instantOfWall(zone, wallTime(zone, today.start) - (days - 1) * DAY_MILLISECONDS);
      return { from, to: today.end, shift: shiftBy(zone, days * DAY_MILLISECONDS) };
    }
  }
}

function shiftBy(zone: string, milliseconds: number) {
  return (instant: number) => instantOfWall(zone, wallTime(zone, instant) - milliseconds);
}

/** The same reading a month earlier; where that month has no such day, its end. */
function monthBefore(zone: string, instant: number): number {
  const wall = wallTime(zone, instant);
  const date = new Date(wall);
  const monthStart = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1);
  return instantOfWall(zone, Math.min(start + (wall - monthStart), monthStart));
}

const HOURS_DAYS_MAX = 2;
const DAYS_MAX = 100;
const WEEKS_DAYS_MAX = 430;

/** Buckets in which a range of this length is read best: up to two days hours, up to a quarter days, up to a year weeks. */
export function granularityOf({ from, to }: Range): Granularity {
  const days = (to.getTime() - from.getTime()) / DAY_MILLISECONDS;
  // A day of a change of the clock is 25 hours long.
  if (days <= HOURS_DAYS_MAX + 0.1) return 'hour';
  if (days <= DAYS_MAX) return 'day';
  return days <= WEEKS_DAYS_MAX ? 'week' : 'month';
}

/** The name of a range: by days where it begins and ends at midnight, else by minutes. Seconds are cut. */
export function nameOfRange({ from, to }: Range, zone: string): PeriodName {
  const [first, last] = [wallTime(zone, from.getTime()), wallTime(zone, to.getTime())];
  const isOfDays = first % DAY_MILLISECONDS === 0 && last % DAY_MILLISECONDS === 0;
  const text = (wall: number) => new Date(wall).toISOString().slice(0, isOfDays ? 10 : 16);
  return { kind: 'custom', from: text(first), to: text(isOfDays ? last - DAY_MILLISECONDS : last) };
}
