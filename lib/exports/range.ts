import { instantOfWall, isTimeZone } from '../core/zone';
import { dateInZone, parseWallTime } from './zoned-time';

/** A range of instants `[from, to)`, and the first and last day of it as its caller's calendar shows them. */
export interface ZonedRange {
  readonly from: Date;
  readonly to: Date;
  readonly period: { readonly start: string; readonly end: string };
}

/** Why a range was not understood; completes `<field>: …`. */
export interface RangeFault {
  readonly field: 'from' | 'to' | 'time_zone' | 'from.date' | 'to.date' | 'from.timezone' | 'to.timezone';
  readonly fault: string;
}

const DAY_MILLISECONDS = 86_400_000;
/** PostgreSQL and JavaScript agree on instants up to here, whatever the zone. */
const LAST_INSTANT = Date.UTC(9999, 11, 31);
const OFFSET = /T.*(Z|[+-]\d\d(?::?\d\d)?)$/i;
const NO_TIME = 'must be an ISO 8601 date or time of the years 1900 to 9999, such as 2026-11-01 or 2026-11-01T09:30:00';
const NO_ZONE = 'must be a time zone of the IANA database, such as Europe/Berlin';
const NO_RANGE = 'must lie after the start of the range';

/**
 * `[from, to)` as the product's own API takes it: with an offset the text is an instant; without one it is what the wall
 * in `timeZone` shows, and a date is the start of its day. A repeated wall time is the first at both ends, so that ranges
 * that follow one another meet.
 */
export function readRange(from: string, to: string, timeZone: string): ZonedRange | RangeFault {
  if (!isTimeZone(timeZone)) return { field: 'time_zone', fault: NO_ZONE };
  const start = readInstant(from, timeZone);
  if (start === null) return { field: 'from', fault: NO_TIME };
  const end = readInstant(to, timeZone);
  if (end === null) return { field: 'to', fault: NO_TIME };
  if (end <= start) return { field: 'to', fault: NO_RANGE };
  return toRange(start, end, timeZone, timeZone);
}

function readInstant(text: string, timeZone: string): number | null {
  const wall = parseWallTime(text);
  if (wall === null) return null;
  const offset = OFFSET.exec(text)?.[1];
  if (offset === undefined) return instantOfWall(timeZone, wall.wallMilliseconds, 'first');
  return wall.wallMilliseconds - offsetMilliseconds(offset);
}

function offsetMilliseconds(offset: string): number {
  const digits = offset.replace(/\D/g, '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

export interface ZonedDate {
  readonly date: string;
  readonly timezone: string;
}

/** Langdock's range: both ends belong to it, to the millisecond. */
export interface InclusiveRange extends ZonedRange {
  readonly last: Date;
}

/**
 * A range as Langdock reads it: the clock time is local to its zone and a `Z` or offset is dropped; a date is the start
 * of its day in `from` and the end of it in `to`; a repeated wall time is the first in `from` and the second in `to`; a
 * skipped one moves forward. What lies below the millisecond is rounded into the range.
 */
export function readInclusiveRange(from: ZonedDate, to: ZonedDate): InclusiveRange | RangeFault {
  if (!isTimeZone(from.timezone)) return { field: 'from.timezone', fault: NO_ZONE };
  if (!isTimeZone(to.timezone)) return { field: 'to.timezone', fault: NO_ZONE };
  const first = parseWallTime(from.date);
  if (first === null) return { field: 'from.date', fault: NO_TIME };
  const last = parseWallTime(to.date);
  if (last === null) return { field: 'to.date', fault: NO_TIME };
  const start = instantOfWall(from.timezone, first.wallMilliseconds + (first.isCut ? 1 : 0), 'first');
  const lastWall = last.wallMilliseconds + (last.isDateOnly ? DAY_MILLISECONDS - 1 : 0);
  const end = instantOfWall(to.timezone, lastWall, 'second');
  if (end <= start) return { field: 'to.date', fault: NO_RANGE };
  return { ...toRange(start, end + 1, from.timezone, to.timezone), last: new Date(end) };
}

function toRange(start: number, end: number, fromZone: string, toZone: string): ZonedRange {
  return {
    from: new Date(Math.min(start, LAST_INSTANT)),
    to: new Date(Math.min(end, LAST_INSTANT)),
    period: { start: dateInZone(fromZone, start), end: dateInZone(toZone, end - 1) },
  };
}

export function isRangeFault(range: ZonedRange | RangeFault): range is RangeFault {
  return 'fault' in range;
}
