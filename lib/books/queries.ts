import { type Call, canReach, requireScope } from '../core/call';
import { queryRows } from '../server/db';
import type { LastReconciliation } from './contract';

/** When a workspace's books were last checked, and with what outcome. NULL: never. */
export async function findLastReconciliation(call: Call, workspaceId: string): Promise<LastReconciliation | null> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) return null;
  const rows = await queryRows<{ checked_at: Date; events: bigint; cost_nano_usd: bigint | null; differences: number }>(
    // By primary key.
    'SELECT checked_at, events, cost_nano_usd, differences FROM reconciliations WHERE workspace_id = $1',
    [workspaceId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    isBalanced: row.differences === 0,
    checkedAt: row.checked_at,
    events: row.events,
    costNanoUsd: row.cost_nano_usd,
    differences: row.differences,
  };
}
