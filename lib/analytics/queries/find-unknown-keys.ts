import { type Call, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';

/** Which of some hashes are of no key within reach; those of deleted keys are known. */
export async function findUnknownKeys(call: Call, hashes: readonly string[]): Promise<string[]> {
  requireScope(call, 'usage:read');
  if (hashes.length === 0) return [];
  const rows = await queryRows<{ hash: string }>(
    // By the unique index of hashes.
    'SELECT hash FROM api_keys WHERE hash = ANY ($1::text[]) AND ($2::uuid IS NULL OR workspace_id = $2)',
    [hashes, call.workspace],
  );
  const known = new Set(rows.map(({ hash }) => hash));
  return [...new Set(hashes)].filter((hash) => !known.has(hash));
}
