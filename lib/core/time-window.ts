/** What limits and budgets reset by. Windows are derived from time in UTC; no job resets them. */
export const USAGE_WINDOWS = ['day', 'week', 'month', 'lifetime'] as const;
export type UsageWindow = (typeof USAGE_WINDOWS)[number];

const DAY_MILLISECONDS = 86_400_000;
/** The start of every lifetime window: before any event that can be recorded. */
export const LIFETIME_START = new Date('0001-01-01T00:00:00.000Z');

/** First instant of the window that contains `at`: 00:00 UTC of the day, of Monday (ISO 8601), or of the 1st. */
export function windowStart(window: UsageWindow, at: Date): Date {
  const day = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  switch (window) {
    case 'day':
      return new Date(day);
    case 'week':
      return new Date(day - ((at.getUTCDay() + 6) % 7) * DAY_MILLISECONDS);
    case 'month':
      return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
    case 'lifetime':
      return LIFETIME_START;
  }
}

/** First instant after the window that contains `at`, which is when a limit resets. NULL for a lifetime. */
export function windowEnd(window: UsageWindow, at: Date): Date | null {
  const start = windowStart(window, at);
  switch (window) {
    case 'day':
      return new Date(start.getTime() + DAY_MILLISECONDS);
    case 'week':
      return new Date(start.getTime() + 7 * DAY_MILLISECONDS);
    case 'month':
      return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
    case 'lifetime':
      return null;
  }
}

/** The UTC date of an instant as `YYYY-MM-DD`. */
export function utcDate(at: Date): string {
  return at.toISOString().slice(0, 10);
}
