import { formatDate, formatDateRange } from '@/components/format/time';

const DAY_MILLISECONDS = 86_400_000;

/** A range of days, both inclusive, in words. NULL: neither is given. */
export function describeDays(from: string | null, to: string | null): string | null {
  const start = from === null ? null : new Date(`${from}T00:00:00.000Z`);
  const last = to === null ? null : new Date(`${to}T00:00:00.000Z`);
  if (start && last) {
    if (last < start) return 'no day';
    return formatDateRange(start, new Date(last.getTime() + DAY_MILLISECONDS));
  }
  if (start) return `since ${formatDate(start)}`;
  return last && `until ${formatDate(last)}`;
}

/** The day so many days before another, `YYYY-MM-DD`. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
