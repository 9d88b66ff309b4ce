import { isIPv6 } from 'node:net';

/** How often something may be tried within a window that begins with the first try. */
export interface Throttle {
  /** Who tries what, such as `email:ana@example.com`. Holds no secret. */
  readonly subject: string;
  readonly triesMax: number;
  readonly windowMilliseconds: number;
}

/** No throttle has a longer window. */
export const THROTTLE_WINDOW_MILLISECONDS_MAX = 86_400_000;

/** Whole seconds until the window ends, 1 at the least. */
export function secondsUntilWindowEnds(startedAt: Date, now: Date, windowMilliseconds: number): number {
  return Math.max(1, Math.ceil((startedAt.getTime() + windowMilliseconds - now.getTime()) / 1000));
}

/** The name that a client address is counted under: one customer owns a whole IPv6 /64, so that counts as one. */
export function networkOfAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? firstFourGroups(address) : address;
}

/** The first four groups of an IPv6 address, `::` written out. */
function firstFourGroups(address: string): string {
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
