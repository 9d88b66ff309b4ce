import type { Granularity } from '@/lib/core/zone';
import { formatClock, formatDateRange, formatDay, formatWeekday, placeOfZone, zonedPartsOf } from '../format/time';
import type { ChartBuckets } from './chart-data';

/** Distances between labels that read well: hours by quarters of a day, days by weeks, months by quarters of a year. */
export const LABEL_STEPS: Readonly<Record<Granularity, readonly number[]>> = {
  hour: [1, 2, 3, 4, 6, 12, 24, 48, 72, 96, 168],
  day: [1, 2, 4, 5, 7, 10, 14, 28, 56],
  week: [1, 2, 4, 8, 13, 26],
  month: [1, 2, 3, 6, 12],
};

const WORDS: Readonly<Record<Granularity, string>> = { hour: 'hour', day: 'day', week: 'week', month: 'month' };

/** `day`, for "USD per day". */
export function granularityWord(granularity: Granularity): string {
  return WORDS[granularity];
}

/** `UTC`, or the place where it is another. */
export function zoneWord(zone: string): string {
  return zone === 'UTC' ? zone : placeOfZone(zone);
}

function isOneMonth(bounds: readonly Date[], zone: string): boolean {
  const [first, last] = [bounds[0] ?? new Date(0), new Date((bounds.at(-1)?.getTime() ?? 1) - 1)];
  const [from, to] = [zonedPartsOf(first, zone), zonedPartsOf(last, zone)];
  return from.year === to.year && from.month === to.month;
}

/** How wide an axis label may get, so that neighbours don't touch. */
export function labelWidthOf({ granularity, bounds, zone, names }: ChartBuckets): number {
  if (names) return 40;
  if (granularity === 'day' && isOneMonth(bounds, zone)) return 48;
  return granularity === 'hour' ? 56 : 72;
}

/** Under the axis: `18` within a month, `18 Nov`, `14:00`, `Nov`; at midnight the day, in January the year. */
export function bucketTick(bucket: number, granularity: Granularity, bounds: readonly Date[], zone: string): string {
  const start = bounds[bucket] ?? new Date(0);
  const parts = zonedPartsOf(start, zone);
  switch (granularity) {
    case 'hour':
      return parts.hour === 0 && parts.minute === 0 ? formatDay(start, zone) : formatClock(start, zone);
    case 'day':
      return isOneMonth(bounds, zone) ? String(parts.day) : formatDay(start, zone);
    case 'week':
      return formatDay(start, zone);
    case 'month':
      return parts.month === 1 ? `${parts.monthName} ${parts.year}` : parts.monthName;
  }
}

/** Under the axis, by its own name where it has one. */
export function tickOf(bucket: number, { granularity, bounds, zone, names }: ChartBuckets): string {
  return names?.[bucket]?.tick ?? bucketTick(bucket, granularity, bounds, zone);
}

/** In a tooltip and a table, by its own name where it has one. */
export function wordsOf(bucket: number, { granularity, bounds, zone, names }: ChartBuckets): string {
  return names?.[bucket]?.words ?? bucketWords(bucket, granularity, bounds, zone);
}

/** In a tooltip and a table: `Thu 12 Nov 2026`, `12 Nov, 14:00–15:00`, `9–15 Nov 2026`, `Nov 2026`. */
export function bucketWords(bucket: number, granularity: Granularity, bounds: readonly Date[], zone: string): string {
  const [start, end] = [bounds[bucket] ?? new Date(0), bounds[bucket + 1] ?? new Date(0)];
  const { year } = zonedPartsOf(start, zone);
  switch (granularity) {
    case 'hour':
      return `${formatWeekday(start, zone)}, ${formatClock(start, zone)}–${formatClock(end, zone)}`;
    case 'day':
      return `${formatWeekday(start, zone)} ${year}`;
    case 'week':
      return formatDateRange(start, end, zone);
    case 'month':
      return monthWords(start, zone);
  }
}

function monthWords(start: Date, zone: string): string {
  const { monthName, year } = zonedPartsOf(start, zone);
  return `${monthName} ${year}`;
}

/** The shorter words of the same bucket, for the period before: `Tue 13 Oct`. */
export function bucketWordsShort(
  bucket: number,
  granularity: Granularity,
  bounds: readonly Date[],
  zone: string,
): string {
  const start = bounds[bucket] ?? new Date(0);
  switch (granularity) {
    case 'hour':
      return `${formatDay(start, zone)}, ${formatClock(start, zone)}`;
    case 'day':
      return formatWeekday(start, zone);
    case 'week':
      return `Week of ${formatDay(start, zone)}`;
    case 'month':
      return monthWords(start, zone);
  }
}

/** What the open bucket is called: "Today so far". */
export function openWord(granularity: Granularity): string {
  switch (granularity) {
    case 'hour':
      return 'This hour so far';
    case 'day':
      return 'Today so far';
    case 'week':
      return 'This week so far';
    case 'month':
      return 'This month so far';
  }
}
