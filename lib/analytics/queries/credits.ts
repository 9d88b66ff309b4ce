import { type Call, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';

export interface Credits {
  /** The sum of the lifetime budgets. */
  readonly grantedNanoUsd: bigint;
  /** Spend without BYOK, ever. */
  readonly usedNanoUsd: bigint;
}

/** What the workspaces within a caller's reach may spend in all, and what they spent. Deleted ones count no more. */
export async function readCredits(call: Call): Promise<Credits> {
  requireScope(call, 'usage:read');
  const rows = await queryRows<{ granted: string; used: string }>(
    // A workspace without a lifetime budget grants nothing, one without a counter spent nothing. Sums may pass 64 bits.
    `SELECT COALESCE(SUM(b.limit_nano_usd), 0)::text AS granted, COALESCE(SUM(c.spend_nano_usd), 0)::text AS used
       FROM workspaces w
       LEFT JOIN budgets b ON b.workspace_id = w.id AND b."window" = 'lifetime'
       LEFT JOIN workspace_counters c ON c.workspace_id = w.id AND c."window" = 'lifetime' AND c.starts_on = '0001-01-01'
      WHERE w.deleted_at IS NULL AND ($1::uuid IS NULL OR w.id = $1)`,
    [call.workspace],
  );
  return { grantedNanoUsd: BigInt(rows[0]?.granted ?? 0), usedNanoUsd: BigInt(rows[0]?.used ?? 0) };
}
