import { isIPv6 } from 'node:net';

export const THROTTLE_WINDOW_MILLISECONDS = 15 * 60_000;

/** Failures in a window. Many people share one client address, behind an office's router for instance. */
export const EMAIL_FAILURES_MAX = 10;
export const ADDRESS_FAILURES_MAX = 50;

/** What failures of an e-mail address are counted under. */
export function emailSubject(email: string): string {
  return `email:${email}`;
}

/** What failures of a client address are counted under. One customer owns a whole IPv6 /64, so that counts as one. */
export function addressSubject(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return `address:${mapped}`;
  return `address:${isIPv6(address) ? networkOf(address) : address}`;
}

/** The first four groups of an IPv6 address, `::` written out. */
function networkOf(address: string): string {
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array.from({ length: gap }, () => '0'), ...rest];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** Whole seconds until the window ends, 1 at the least. */
export function secondsUntilWindowEnds(startedAt: Date, now: Date): number {
  return Math.max(1, Math.ceil((startedAt.getTime() + THROTTLE_WINDOW_MILLISECONDS - now.getTime()) / 1000));
}
