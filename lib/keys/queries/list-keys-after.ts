import { type Call, canReach, requireScope } from '../../core/call';
import { querySnapshot } from '../../server/snapshot';
import type { Key, KeyFilter } from '../contract';
import { ALL_TYPED, filterParameters, WHERE_KEYS } from './key-filter';
import { type KeyRow, selectKeysFrom, toKey, windowParameters } from './key-row';

/**
 * Keys of a workspace that are not deleted, oldest first, behind the one with a hash; NULL: from the first. For who reads
 * all of them in parts: a key that is made or deleted meanwhile makes none of the others appear twice or not at all. The
 * filter's statuses are not looked at.
 */
export async function listKeysAfter(
  call: Call,
  filter: Omit<KeyFilter, 'statuses'>,
  afterHash: string | null,
  limit: number,
): Promise<Key[]> {
  requireScope(call, 'keys:read');
  if (!canReach(call, filter.workspaceId)) return [];
  const rows = await querySnapshot<KeyRow>(
    // By the index on the time of creation. A key that was deleted since still tells where it was.
    `WITH page AS MATERIALIZED (
         SELECT k.workspace_id, k.id FROM api_keys k
          WHERE ${WHERE_KEYS} AND ${ALL_TYPED}
            AND ($11::text IS NULL OR (k.created_at, k.hash) > (SELECT c.created_at, c.hash FROM api_keys c
                                                                 WHERE c.workspace_id = $5::uuid AND c.hash = $11))
          ORDER BY k.created_at, k.hash LIMIT $12)
       ${selectKeysFrom('page JOIN api_keys k ON k.workspace_id = page.workspace_id AND k.id = page.id')}
        ORDER BY k.created_at, k.hash`,
    [...windowParameters(call.now), ...filterParameters(filter), afterHash, limit],
  );
  return rows.map((row) => toKey(row, call.now));
}
