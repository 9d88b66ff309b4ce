/** A time as a clock on the wall shows it, and whether it names a time of day at all. */
export interface WallTime {
  /** Milliseconds as if the wall's zone were UTC. */
  readonly wallMilliseconds: number;
  readonly isDateOnly: boolean;
  /** Whether something below the millisecond was cut off. */
  readonly isCut: boolean;
}

/** Which of the two instants a repeated wall time means. */
export type Repeated = 'first' | 'second';

const DAY_MILLISECONDS = 86_400_000;
const MINUTE_MILLISECONDS = 60_000;
/** Before 1900 zones have offsets that no ISO 8601 text can say. */
const YEAR_MIN = 1900;
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
/** Names of the IANA database; Intl alone would take offsets such as `+05:30` as well. */
const ZONE = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/;

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

/** Whether a name is a zone of the IANA database, whatever its case. */
export function isZone(name: string): boolean {
  if (!ZONE.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch {
    // Intl throws on a zone it does not know.
    return false;
  }
}

/**
 * The instant at which a wall in `zone` shows a time. Of a time that is shown twice, the one that is asked for; one that
 * is skipped moves forward by what is skipped: an hour at most changes of the clock, a day in Apia at the end of 2011.
 */
export function instantOf(wallMilliseconds: number, zone: string, repeated: Repeated): number {
  // The wall is at most a day off UTC, so the offset in force is one of those within a day of it.
  const steps = [-1, -0.5, 0, 0.5, 1].map((days) => wallMilliseconds + days * DAY_MILLISECONDS);
  const instants = steps.map((step) => wallMilliseconds - offsetAt(step, zone));
  const shown = instants.filter((instant) => instant + offsetAt(instant, zone) === wallMilliseconds);
  if (shown.length > 0) return repeated === 'first' ? Math.min(...shown) : Math.max(...shown);
  // The offset before the gap gives the later instant: as far behind the gap as the time lies in it.
  return Math.max(...instants);
}

/** Milliseconds that a wall in `zone` is ahead of UTC at an instant. */
export function offsetAt(instant: number, zone: string): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - whole;
}

/** `2024-01-01T00:00:00.000+01:00`, with `Z` for UTC's own time. Offsets are cut to the minute; the instant is exact. */
export function formatInZone(instant: number, zone: string): string {
  const minutes = Math.trunc(offsetAt(instant, zone) / MINUTE_MILLISECONDS);
  const wall = new Date(instant + minutes * MINUTE_MILLISECONDS).toISOString().slice(0, -1);
  if (minutes === 0) return `${wall}Z`;
  const size = Math.abs(minutes);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${wall}${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** The date that a wall in `zone` shows, as `YYYY-MM-DD`. */
export function dateInZone(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 10);
}

/** Formatters cost a millisecond to make, so those of zones in use are kept. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const FORMATTERS_KEPT_MAX = 100;

function formatterOf(zone: string): Intl.DateTimeFormat {
  const kept = formatters.get(zone);
  if (kept) return kept;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formatters.size >= FORMATTERS_KEPT_MAX) formatters.clear();
  formatters.set(zone, formatter);
  return formatter;
}
