import type { Call } from '../../core/call';
import type { Range } from '../contract';
import { inUsageSnapshot } from './snapshot';

/** No roll-up keeps latencies by endpoint, so their events are read one by one, and no more than these. */
const EVENTS_READ_MAX = 200_000;

/** The mean latency of each endpoint in milliseconds; '' is events that name none. NULL: there are too many events to read. */
export function meanLatencies(call: Call, workspaceId: string, range: Range): Promise<Map<string, number> | null> {
  return inUsageSnapshot(call, workspaceId, async ({ query }) => {
    const rows = await query<{ endpoint: string; mean: number }>(
      // Reads one event more than it may, and then answers nothing: a mean over some of them would be of no use.
      `WITH e AS MATERIALIZED (
         SELECT COALESCE(endpoint, '') AS endpoint, latency_ms FROM usage_events
          WHERE workspace_id = $1 AND occurred_at >= $2 AND occurred_at < $3 LIMIT ${EVENTS_READ_MAX + 1})
       SELECT endpoint, AVG(latency_ms)::float8 AS mean FROM e
        WHERE latency_ms IS NOT NULL AND (SELECT COUNT(*) FROM e) <= ${EVENTS_READ_MAX} GROUP BY endpoint`,
      [workspaceId, range.from, range.to],
    );
    return rows.length === 0 ? null : new Map(rows.map(({ endpoint, mean }) => [endpoint, mean]));
  });
}
