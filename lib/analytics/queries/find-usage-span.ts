import { type Call, canReach, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';

/** When the first and the last event of a workspace occurred. NULL: there is none. */
export async function findUsageSpan(call: Call, workspaceId: string): Promise<{ first: Date; last: Date } | null> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) return null;
  const rows = await queryRows<{ first: Date | null; last: Date | null }>(
    // Both ends of the index by time.
    'SELECT MIN(occurred_at) AS first, MAX(occurred_at) AS last FROM usage_events WHERE workspace_id = $1',
    [workspaceId],
  );
  const { first = null, last = null } = rows[0] ?? {};
  return first && last && { first, last };
}
