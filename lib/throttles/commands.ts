import { prisma, queryRows } from '../server/db';
import { secondsUntilWindowEnds, THROTTLE_WINDOW_MILLISECONDS_MAX, type Throttle } from './throttle';

/**
 * Counts a try of a subject, across processes and before the try is judged: so tries at once can't exceed the bound.
 * NULL: it is within the bound; else the seconds until the window ends.
 */
export async function countTry({ subject, triesMax, windowMilliseconds }: Throttle, now: Date): Promise<number | null> {
  const windowStart = new Date(now.getTime() - windowMilliseconds);
  // One row a subject: a window that is over begins anew, and the count stops one above the bound.
  const [row] = await queryRows<{ failures: number; started_at: Date }>(
    `INSERT INTO sign_in_throttles AS throttle (subject, failures, started_at) VALUES ($1, 1, $2)
     ON CONFLICT (subject) DO UPDATE SET
       failures = CASE WHEN throttle.started_at <= $3 THEN 1 ELSE LEAST(throttle.failures + 1, $4::int + 1) END,
       started_at = CASE WHEN throttle.started_at <= $3 THEN $2 ELSE throttle.started_at END
     RETURNING failures, started_at`,
    [subject, now, windowStart, triesMax],
  );
  return row && row.failures > triesMax ? secondsUntilWindowEnds(row.started_at, now, windowMilliseconds) : null;
}

/** Takes back one try of a subject, such as one that did not fail. */
export async function takeBackTry(subject: string): Promise<void> {
  await prisma().signInThrottle.updateMany({
    where: { subject, failures: { gt: 0 } },
    data: { failures: { decrement: 1 } },
  });
}

/** Forgets the tries of some subjects. Windows that are surely over go too, so the table stays as small as its traffic. */
export async function forgetTries(subjects: readonly string[], now: Date): Promise<void> {
  const over = new Date(now.getTime() - THROTTLE_WINDOW_MILLISECONDS_MAX);
  await prisma().signInThrottle.deleteMany({
    where: { OR: [{ subject: { in: [...subjects] } }, { startedAt: { lte: over } }] },
  });
}
