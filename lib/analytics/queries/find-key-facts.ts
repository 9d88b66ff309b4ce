import { type Call, canReach, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';

/** What a table says of a key beside its name. */
export interface KeyFacts {
  readonly hash: string;
  readonly name: string;
  readonly owner: string | null;
  readonly environment: 'live' | 'test';
  readonly isDeleted: boolean;
}

/** Facts of some keys of a workspace by their hash, deleted ones among them. Unknown ones are left out. */
export async function findKeyFacts(
  call: Call,
  workspaceId: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, KeyFacts>> {
  requireScope(call, 'usage:read');
  if (hashes.length === 0 || !canReach(call, workspaceId)) return new Map();
  const rows = await queryRows<{
    hash: string;
    name: string;
    owner: string | null;
    environment: 'live' | 'test';
    is_deleted: boolean;
  }>(
    // By the unique index of hashes, held to the workspace.
    `SELECT hash, name, owner, environment, deleted_at IS NOT NULL AS is_deleted FROM api_keys
      WHERE workspace_id = $1 AND hash = ANY ($2::text[])`,
    [workspaceId, hashes],
  );
  return new Map(rows.map(({ is_deleted: isDeleted, ...row }) => [row.hash, { ...row, isDeleted }]));
}
