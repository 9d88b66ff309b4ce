import type { Dimension, Value } from '../contract';
import type { GroupValues } from '../groups';
import type { Snapshot } from './snapshot';

/** The values of groups with their names: of a key its hash and name in place of its id. Deleted keys keep theirs. */
export async function nameGroups(
  snapshot: Snapshot,
  dimensions: readonly Dimension[],
  groups: readonly GroupValues[],
): Promise<Value[][]> {
  const place = dimensions.indexOf('key');
  const ids = place < 0 ? [] : groups.map((group) => group[place] ?? '');
  const rows =
    ids.length === 0
      ? []
      : await snapshot.query<{ id: string; hash: string; name: string }>(
          // By primary key.
          'SELECT id::text, hash, name FROM api_keys WHERE workspace_id = $1 AND id = ANY ($2::bigint[])',
          [snapshot.workspaceId, ids],
        );
  const keys = new Map(rows.map((row) => [row.id, row]));
  return groups.map((group) =>
    group.map((value, index): Value => {
      const dimension = dimensions[index] ?? 'key';
      if (dimension !== 'key') return { dimension, id: value, name: value };
      const key = keys.get(value ?? '');
      return { dimension, id: key?.hash ?? null, name: key?.name ?? null };
    }),
  );
}
