import { type Call, canReach } from '../../core/call';
import { AppError } from '../../core/errors';
import type { Tx } from '../../server/db';

export interface LockedKey {
  workspace_id: string;
  id: bigint;
  name: string;
  environment: 'live' | 'test';
  disabled_at: Date | null;
  /** NULL: not since it was created. */
  updated_at: Date | null;
}

/** Locks a key's row until the transaction ends. Unknown, deleted and out of reach are the same to the caller. */
export async function lockKey(call: Call, tx: Tx, hash: string): Promise<LockedKey> {
  // The row's lock orders changes of one key: two rotations, or a rotation and a deletion, never interleave.
  const rows = await tx.$queryRaw<LockedKey[]>`
    SELECT workspace_id::text, id, name, environment::text, disabled_at, updated_at
      FROM api_keys WHERE hash = ${hash} AND deleted_at IS NULL FOR UPDATE`;
  const key = rows[0];
  if (!key || !canReach(call, key.workspace_id)) throw new AppError('not_found', 'API key not found');
  return key;
}
