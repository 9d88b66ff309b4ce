import { queryRows } from '../server/db';

export interface RateVerdict {
  readonly isLimited: boolean;
  readonly remaining: number;
  readonly resetsAt: Date;
}

/** Counts one request against a limiter of so many per second, across processes. Requests past it count as well. */
export async function countRequest(
  key: { readonly workspaceId: string; readonly id: bigint },
  limiter: string,
  perSecondMax: number,
  now: Date,
): Promise<RateVerdict> {
  const second = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const rows = await queryRows<{ requests: number; second: Date }>(
    // One row a limiter: a new second starts it anew, a clock that is behind counts into the second that runs.
    `INSERT INTO rate_counters AS r (workspace_id, key_id, limiter, second, requests) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (workspace_id, key_id, limiter) DO UPDATE SET
            requests = CASE WHEN EXCLUDED.second > r.second THEN 1 ELSE LEAST(r.requests, 2147483646) + 1 END,
            second = GREATEST(r.second, EXCLUDED.second)
      RETURNING requests, second`,
    [key.workspaceId, key.id, limiter, second],
  );
  const row = rows[0];
  if (!row) throw new Error('The rate counter returned no row.');
  return {
    isLimited: row.requests > perSecondMax,
    remaining: Math.max(0, perSecondMax - row.requests),
    resetsAt: new Date(row.second.getTime() + 1000),
  };
}

/** No limiter counts over more than a minute; the rest is for clocks that lie apart. */
const COUNTER_MILLISECONDS = 3_600_000;
const COUNTERS_AT_ONCE = 10_000;

/** Forgets limiters that nobody asked for an hour: callers name them as they like. Answers how many. */
export async function pruneRateCounters(now: Date): Promise<number> {
  const before = new Date(now.getTime() - COUNTER_MILLISECONDS);
  for (let removed = 0; ; ) {
    const rows = await queryRows<{ removed: bigint }>(
      // Bounded, so that no request waits long for its row; one that is asked for meanwhile is looked at again, and stays.
      `WITH removed AS (
         DELETE FROM rate_counters WHERE second < $1 AND (workspace_id, key_id, limiter) IN (
                SELECT workspace_id, key_id, limiter FROM rate_counters WHERE second < $1 LIMIT ${COUNTERS_AT_ONCE})
         RETURNING 1)
       SELECT COUNT(*) AS removed FROM removed`,
      [before],
    );
    const count = Number(rows[0]?.removed ?? 0n);
    removed += count;
    if (count < COUNTERS_AT_ONCE) return removed;
  }
}
