import type { UsageWindow } from '../../core/time-window';
import type { Tx } from '../../server/db';
import type { ChangeableKey } from '../key-change';

interface LockedRow {
  id: bigint;
  hash: string;
  name: string;
  is_disabled: boolean;
  limit_nano_usd: bigint | null;
  limit_window: UsageWindow;
  tags: string[];
}

export interface LockedKeyFields extends ChangeableKey {
  readonly id: bigint;
  readonly hash: string;
  readonly name: string;
}

/** Locks the keys that are there, until the transaction ends. */
export async function lockKeys(tx: Tx, workspaceId: string, hashes: readonly string[]): Promise<LockedKeyFields[]> {
  // In the order of ids, so that two changes of the same keys wait for each other and never in a circle.
  const rows = await tx.$queryRaw<LockedRow[]>`
    SELECT id, hash, name, disabled_at IS NOT NULL AS is_disabled, limit_nano_usd, limit_window::text, tags
      FROM api_keys WHERE workspace_id = ${workspaceId}::uuid AND hash = ANY(${[...hashes]}::text[]) AND deleted_at IS NULL
     ORDER BY id FOR UPDATE`;
  return rows.map((row) => ({
    id: row.id,
    hash: row.hash,
    name: row.name,
    isDisabled: row.is_disabled,
    limitNanoUsd: row.limit_nano_usd,
    limitWindow: row.limit_window,
    tags: row.tags,
  }));
}
