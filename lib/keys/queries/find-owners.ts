import { type Call, canReach, requireScope } from '../../core/call';
import { querySnapshot } from '../../server/snapshot';
import { windowParameters } from './key-row';

export interface FoundOwner {
  readonly owner: string;
  /** Keys that are not deleted, disabled ones included. */
  readonly keys: number;
  /** In the running UTC month, without BYOK. */
  readonly monthSpendNanoUsd: bigint;
}

/** A few owners of a workspace's keys whose names hold what is searched, those of the most keys first. */
export async function findOwners(
  call: Call,
  workspaceId: string,
  search: string,
  limit: number,
): Promise<FoundOwner[]> {
  requireScope(call, 'keys:read');
  if (!canReach(call, workspaceId)) return [];
  const [, , monthStart] = windowParameters(call.now);
  const rows = await querySnapshot<{ owner: string; keys: bigint; month_spend: string }>(
    // The owners are found first, within the workspace's part of the primary key; only the keys of those few are then
    // looked up in the counters. A sum leaves 64 bits, so it comes as text.
    `WITH found AS MATERIALIZED (
         SELECT owner, COUNT(*) AS keys FROM api_keys
          WHERE workspace_id = $1::uuid AND deleted_at IS NULL AND strpos(lower(owner), lower($2)) > 0
          GROUP BY owner ORDER BY keys DESC, owner LIMIT $3)
     SELECT f.owner, f.keys, COALESCE(SUM(m.spend_nano_usd), 0)::text AS month_spend
       FROM found f
       JOIN api_keys k ON k.workspace_id = $1::uuid AND k.owner = f.owner AND k.deleted_at IS NULL
       LEFT JOIN key_months m ON m.workspace_id = $1::uuid AND m.key_id = k.id AND m.month = $4::date
      GROUP BY f.owner, f.keys ORDER BY f.keys DESC, f.owner`,
    [workspaceId, search, limit, monthStart],
  );
  return rows.map(({ owner, keys, month_spend }) => ({
    owner,
    keys: Number(keys),
    monthSpendNanoUsd: BigInt(month_spend),
  }));
}
