import { type Call, canReach, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';

/** One of a key's secrets, as far as anybody may see it: masked, and without its hash. */
export interface KeySecret {
  readonly label: string;
  readonly createdAt: Date;
  /** NULL: lives as long as its key. */
  readonly endsAt: Date | null;
  /** To the minute. NULL: never. */
  readonly lastUsedAt: Date | null;
}

const SECRETS_MAX = 100;

interface Row {
  label: string;
  created_at: Date;
  ends_at: Date | null;
  last_used_at: Date | null;
}

/** The secrets of a key, newest first, ended ones among them, at most 100. */
export async function listSecrets(
  call: Call,
  key: { readonly workspaceId: string; readonly id: bigint },
): Promise<KeySecret[]> {
  requireScope(call, 'keys:read');
  if (!canReach(call, key.workspaceId)) return [];
  const rows = await queryRows<Row>(
    // The list of columns bears load: a secret's hash stays here.
    `SELECT label, created_at, ends_at, last_used_at FROM key_secrets WHERE workspace_id = $1 AND key_id = $2
      ORDER BY ends_at IS NULL DESC, created_at DESC, secret_hash LIMIT ${SECRETS_MAX}`,
    [key.workspaceId, key.id],
  );
  return rows.map((row) => ({
    label: row.label,
    createdAt: row.created_at,
    endsAt: row.ends_at,
    lastUsedAt: row.last_used_at,
  }));
}
