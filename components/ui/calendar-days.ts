/** Days of the calendar as `2026-11-18` and months as `2026-11`: the same in every zone. */
const DAY_MILLISECONDS = 86_400_000;

const toInstant = (day: string) => Date.parse(`${day}T00:00Z`);
const toDay = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return toDay(toInstant(day) + days * DAY_MILLISECONDS);
}

/** The same day so many months later, or that month's last. */
export function addMonths(day: string, months: number): string {
  const date = new Date(toInstant(day));
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return toDay(first + (Math.min(date.getUTCDate(), last) - 1) * DAY_MILLISECONDS);
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: string): number {
  return (new Date(toInstant(day)).getUTCDay() + 6) % 7;
}

/** The weeks of a month from Monday to Sunday; NULL stands for a day of another month. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const start = addDays(first, -weekdayOf(first));
  const weeks: (string | null)[][] = [];
  for (let monday = start; monday < addMonths(first, 1); monday = addDays(monday, 7)) {
    weeks.push(
      Array.from({ length: 7 }, (_, weekday) => {
        const day = addDays(monday, weekday);
        return monthOf(day) === month ? day : null;
      }),
    );
  }
  return weeks;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `November 2026` */
export function monthWords(month: string): string {
  return `${MONTHS[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`;
}

/** `Wednesday 18 November 2026` */
export function dayWords(day: string): string {
  return `${WEEKDAYS[weekdayOf(day)] ?? ''} ${Number(day.slice(8))} ${monthWords(monthOf(day))}`;
}

/** Where a key moves to from a day; NULL: the key moves nowhere. */
export function dayAfterKey(key: string, day: string): string | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -weekdayOf(day));
    case 'End':
      return addDays(day, 6 - weekdayOf(day));
    case 'PageUp':
      return addMonths(day, -1);
    case 'PageDown':
      return addMonths(day, 1);
    default:
      return null;
  }
}
