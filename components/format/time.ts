const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

export type ZonedParts = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: string;
  monthName: string;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Only digits come from Intl, and the words from here, so that server and browser write the same. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}

/** The calendar and the clock in an IANA zone; the month counts from 1. */
export function zonedPartsOf(at: Date, zone = 'UTC'): ZonedParts {
  const found: Record<string, number> = {};
  for (const part of formatterOf(zone).formatToParts(at)) found[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    weekday: weekdayNames[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '',
    monthName: monthNames[month - 1] ?? '',
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** `18 Nov` */
export function formatDay(at: Date, zone = 'UTC'): string {
  const { day, monthName } = zonedPartsOf(at, zone);
  return `${day} ${monthName}`;
}

/** `Fri 20 Nov` */
export function formatWeekday(at: Date, zone = 'UTC'): string {
  return `${zonedPartsOf(at, zone).weekday} ${formatDay(at, zone)}`;
}

/** `18 Nov 2026` */
export function formatDate(at: Date, zone = 'UTC'): string {
  return `${formatDay(at, zone)} ${zonedPartsOf(at, zone).year}`;
}

/** `14:32`, on a 24 hour clock. */
export function formatClock(at: Date, zone = 'UTC'): string {
  const { hour, minute } = zonedPartsOf(at, zone);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `14:32:08 UTC` */
export function formatClockSeconds(at: Date, zone = 'UTC'): string {
  return `${formatClock(at, zone)}:${twoDigits(zonedPartsOf(at, zone).second)} ${zone}`;
}

/** `18 Nov 2026, 14:29:11 UTC`. The zone is always written. */
export function formatExactTime(at: Date, zone = 'UTC'): string {
  return `${formatDate(at, zone)}, ${formatClockSeconds(at, zone)}`;
}

/** `1 Dec, 00:00 UTC`, with the year where it is not the reader's. */
export function formatMoment(at: Date, now: Date, zone = 'UTC'): string {
  const isThisYear = zonedPartsOf(at, zone).year === zonedPartsOf(now, zone).year;
  return `${isThisYear ? formatDay(at, zone) : formatDate(at, zone)}, ${formatClock(at, zone)} ${zone}`;
}

/** `Berlin` of `Europe/Berlin`. */
export function placeOfZone(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Limits are UTC; where the reader's zone differs, both: `00:00 UTC, 01:00 in Berlin`. */
export function formatClockInBoth(at: Date, zone: string): string {
  const utc = `${formatClock(at)} UTC`;
  return zone === 'UTC' ? utc : `${utc}, ${formatClock(at, zone)} in ${placeOfZone(zone)}`;
}

/** A range `[from, to)` by its days: `1–18 Nov 2026`, `20 Oct – 18 Nov 2026`, and over new year both years. */
export function formatDateRange(from: Date, to: Date, zone = 'UTC'): string {
  const first = zonedPartsOf(from, zone);
  const lastAt = new Date(Math.max(from.getTime(), to.getTime() - 1));
  const last = zonedPartsOf(lastAt, zone);
  if (first.year !== last.year) return `${formatDate(from, zone)} – ${formatDate(lastAt, zone)}`;
  if (first.month !== last.month) return `${formatDay(from, zone)} – ${formatDate(lastAt, zone)}`;
  return first.day === last.day ? formatDate(from, zone) : `${first.day}–${formatDate(lastAt, zone)}`;
}

/** A range `[from, to)` by its days where it begins and ends at midnight, else to the minute: `18 Nov 2026, 06:00–15:00`. */
export function formatPeriod(from: Date, to: Date, zone = 'UTC'): string {
  const isMidnight = (at: Date) => formatClock(at, zone) === '00:00';
  if (isMidnight(from) && isMidnight(to)) return formatDateRange(from, to, zone);
  if (formatDate(from, zone) === formatDate(to, zone)) {
    return `${formatDate(from, zone)}, ${formatClock(from, zone)}–${formatClock(to, zone)}`;
  }
  return `${formatDay(from, zone)}, ${formatClock(from, zone)} – ${formatDate(to, zone)}, ${formatClock(to, zone)}`;
}

/** The days of a range without the year, where the reader knows it: `1–18 Oct`. */
export function formatDaysShort(from: Date, to: Date, zone = 'UTC'): string {
  return formatDateRange(from, to, zone).replace(/ \d{4}$/, '');
}
