/** How long a session lasts at most, from its sign-in on. */
export const SESSION_SECONDS_MAX = 14 * 86_400;

/** Sessions kept of one user. One more takes the place of the one that was seen the longest time ago. */
export const SESSIONS_MAX = 100;

/** How old "last seen" may get before a request writes it anew: a page makes several, and none should wait for a disk. */
export const SEEN_SECONDS = 60;

/** Sessions that began before this are over, whatever else is known of them. */
export function sessionsBeganAfter(now: Date): Date {
  return new Date(now.getTime() - SESSION_SECONDS_MAX * 1000);
}
