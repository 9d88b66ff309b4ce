import { wallTime } from '../core/zone';

/** A time as a clock on the wall shows it, and whether it names a time of day at all. */
export interface WallTime {
  /** Milliseconds as if the wall's zone were UTC. */
  readonly wallMilliseconds: number;
  readonly isDateOnly: boolean;
  /** Whether something below the millisecond was cut off. */
  readonly isCut: boolean;
}

/** Before 1900 zones have offsets that no ISO 8601 text can say. */
const YEAR_MIN = 1900;
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * Reads ISO 8601: a date, or a date and time whose `Z` or numeric offset is dropped, since the zone is named apart.
 * NULL: no such text, or no such date or time, such as 30 February or 24:00.
 */
export function parseWallTime(text: string): WallTime | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return null;
  const time = [hour ?? 0, minute ?? 0, second ?? 0] as const;
  const date = new Date(Date.UTC(year, month - 1, day, ...time));
  if (year < YEAR_MIN || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (time[0] > 23 || time[1] > 59 || time[2] > 59) return null;
  const fraction = (match[7] ?? '').padEnd(3, '0');
  return {
    wallMilliseconds: date.getTime() + Number(fraction.slice(0, 3)),
    isDateOnly: match[4] === undefined,
    isCut: /[1-9]/.test(fraction.slice(3)),
  };
}

/** The date that a wall in `zone` shows, as `YYYY-MM-DD`. */
export function dateInZone(zone: string, instant: number): string {
  return new Date(wallTime(zone, instant)).toISOString().replace(/T.*/, '');
}
