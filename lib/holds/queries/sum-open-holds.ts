import { type Call, canReach, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';

/** What is reserved in a workspace and not spent yet. */
export interface OpenHolds {
  readonly holds: number;
  readonly amountNanoUsd: bigint;
}

/** The open holds of a workspace. One that has expired holds nothing; a workspace out of reach has none. */
export async function sumOpenHolds(call: Call, workspaceId: string): Promise<OpenHolds> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) return { holds: 0, amountNanoUsd: 0n };
  const rows = await queryRows<{ holds: bigint; amount: bigint }>(
    // By the partial index over open holds.
    `SELECT COUNT(*) AS holds, COALESCE(SUM(amount_nano_usd), 0)::bigint AS amount
       FROM holds WHERE workspace_id = $1 AND state = 'open' AND expires_at > $2`,
    [workspaceId, call.now],
  );
  return { holds: Number(rows[0]?.holds ?? 0n), amountNanoUsd: rows[0]?.amount ?? 0n };
}
