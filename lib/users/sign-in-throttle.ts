import { networkOfAddress, type Throttle } from '../throttles/throttle';

const QUARTER_HOUR_MILLISECONDS = 15 * 60_000;
const DAY_MILLISECONDS = 86_400_000;

/** Failures in a window. Many people share one client address, behind an office's router for instance. */
export const EMAIL_FAILURES_MAX = 10;
export const ADDRESS_FAILURES_MAX = 50;
/** Wrong codes in a day, by somebody who knows the password: one guess in 333,000 is right, so a year of it finds 2 %. */
export const CODE_FAILURES_MAX = 20;

/** Failures of an e-mail address. */
export function emailThrottle(email: string): Throttle {
  return { subject: `email:${email}`, triesMax: EMAIL_FAILURES_MAX, windowMilliseconds: QUARTER_HOUR_MILLISECONDS };
}

/** Failures of a client address. */
export function addressThrottle(address: string): Throttle {
  return {
    subject: `address:${networkOfAddress(address)}`,
    triesMax: ADDRESS_FAILURES_MAX,
    windowMilliseconds: QUARTER_HOUR_MILLISECONDS,
  };
}

/** Wrong codes of a user's second factor. */
export function codeThrottle(userId: string): Throttle {
  return { subject: `code:${userId}`, triesMax: CODE_FAILURES_MAX, windowMilliseconds: DAY_MILLISECONDS };
}
