import { networkOfAddress, type Throttle } from '../throttles/throttle';

const QUARTER_HOUR_MILLISECONDS = 15 * 60_000;

/** Secrets that are wrong. None is ever guessed, at 160 bits: it is strangers' work that is bounded. */
export const WRONG_SECRETS_MAX = 20;
/** Looks in all: many people share one client address. */
export const LOOKS_MAX = 200;

/** Secrets that a client address brought and that are none. */
export function wrongSecretThrottle(address: string): Throttle {
  return throttleOf(`holder-wrong:${networkOfAddress(address)}`, WRONG_SECRETS_MAX);
}

/** Looks from a client address, right or wrong. */
export function lookThrottle(address: string): Throttle {
  return throttleOf(`holder:${networkOfAddress(address)}`, LOOKS_MAX);
}

function throttleOf(subject: string, triesMax: number): Throttle {
  return { subject, triesMax, windowMilliseconds: QUARTER_HOUR_MILLISECONDS };
}
