import { type Call, canReach, requireScope } from '../../core/call';
import { findKey } from '../queries';

/** What is left to say of a key that was deleted. */
export interface DeletedKey {
  readonly hash: string;
  readonly name: string;
  readonly deletedAt: Date;
}

/** A deleted key by its hash. NULL: it is not deleted, unknown, or of a workspace out of reach. */
export async function findDeletedKey(call: Call, hash: string): Promise<DeletedKey | null> {
  requireScope(call, 'keys:read');
  const key = await findKey(hash, call.now);
  if (!key || key.deletedAt === null || !canReach(call, key.workspaceId)) return null;
  return { hash: key.hash, name: key.name, deletedAt: key.deletedAt };
}
