import type { WrittenRow } from './write-statement';

/** How many of the last recording statements count, roughly. */
const REMEMBERED = 32;
/** Two busy processes meet in a quarter of their statements; one that records now and then is not worth waiting for. */
const SHARE_MIN = 0.08;

/** The share of the last statements that met another, newer ones weighing more. */
let share = 0;

/** Notes whether a recording statement met another. */
export function noteOthers({ is_alone: isAlone }: WrittenRow): void {
  share += ((isAlone ? 0 : 1) - share) / REMEMBERED;
}

/**
 * Whether others record into this database all the time just now: other processes, or this one on its longer way. A guess
 * about speed alone.
 */
export function areOthersRecording(): boolean {
  return share >= SHARE_MIN;
}
