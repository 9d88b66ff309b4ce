import { validate as isUuid } from 'uuid';
import { type Call, canReach } from '../core/call';
import { queryRows } from '../server/db';

export interface HoldReference {
  readonly workspaceId: string;
  readonly id: string;
  readonly keyHash: string;
}

/** A hold that the caller reaches, whatever its state. NULL: none such. */
export async function findHold(call: Call, id: string): Promise<HoldReference | null> {
  if (!isUuid(id)) return null;
  const rows = await queryRows<{ workspace_id: string; hash: string }>(
    // By the index on the id alone: a caller of the whole account does not say which workspace the hold is of.
    `SELECT h.workspace_id, k.hash FROM holds h JOIN api_keys k ON k.workspace_id = h.workspace_id AND k.id = h.key_id
      WHERE h.id = $1`,
    [id],
  );
  const row = rows[0];
  return row && canReach(call, row.workspace_id)
    ? { workspaceId: row.workspace_id, id: id.toLowerCase(), keyHash: row.hash }
    : null;
}
