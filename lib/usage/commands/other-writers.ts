import type { WrittenRow } from './write-statement';

/** For so long after others were seen to record they are taken to go on. */
const REMEMBERED_MILLISECONDS = 200;

let lastSeenAt = Number.NEGATIVE_INFINITY;

/** Notes what a recording statement saw of others. */
export function noteOthers({ is_alone: isAlone }: WrittenRow): void {
  if (!isAlone) lastSeenAt = performance.now();
}

/** Whether others record into this database just now: other processes, or this one on its longer way. A guess about speed alone. */
export function areOthersRecording(): boolean {
  return performance.now() - lastSeenAt < REMEMBERED_MILLISECONDS;
}
