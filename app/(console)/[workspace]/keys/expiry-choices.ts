export const EXPIRY_DAYS = [7, 30, 90, 365] as const;
export const NO_EXPIRY = 'never';
export const EXPIRY_ON_DATE = 'date';

const DAY_MILLISECONDS = 86_400_000;

/** 00:00 UTC of the day that lies so many days after today. */
export function expiryInDays(days: number, now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MILLISECONDS) + days) * DAY_MILLISECONDS);
}
