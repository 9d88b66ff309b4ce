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
