import { type Call, canReach, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';
import type { Range } from '../contract';

/** What some keys of a workspace spent in whole UTC hours, by hash. Unknown keys are left out. */
export async function sumSpendOfKeys(
  call: Call,
  workspaceId: string,
  hashes: readonly string[],
  { from, to }: Range,
): Promise<ReadonlyMap<string, bigint>> {
  requireScope(call, 'usage:read');
  if (hashes.length === 0 || !canReach(call, workspaceId)) return new Map();
  const rows = await queryRows<{ hash: string; spend: bigint }>(
    // By the unique index of hashes, then a range of the primary key for each; no row of an hour: nothing was spent in it.
    `SELECT k.hash, COALESCE(h.spend, 0) AS spend FROM api_keys k
      CROSS JOIN LATERAL (SELECT add_up(spend_nano_usd) AS spend FROM key_hours
                           WHERE workspace_id = k.workspace_id AND key_id = k.id AND hour >= $3 AND hour < $4) h
      WHERE k.workspace_id = $1 AND k.hash = ANY ($2::text[])`,
    [workspaceId, hashes, from, to],
  );
  return new Map(rows.map(({ hash, spend }) => [hash, spend]));
}
