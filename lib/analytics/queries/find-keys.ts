import type { Dimension, Filter } from '../contract';
import { KEYS_FEW_MAX } from '../plan';
import type { ColumnFilter } from '../statement';
import type { Snapshot } from './snapshot';

const CONDITIONS: Readonly<Partial<Record<Dimension, (list: string, withNone: string) => string>>> = {
  key: (list) => `k.hash = ANY (${list})`,
  owner: (list, withNone) => `(COALESCE(k.owner = ANY (${list}), false) OR (${withNone} AND k.owner IS NULL))`,
  tag: (list, withNone) => `(k.tags && ${list} OR (${withNone} AND k.tags = '{}'))`,
};

/** Keys that filters leave. */
export interface FoundKeys {
  readonly ids: readonly bigint[];
  /** Whether they are a good part of all keys. */
  readonly areMost: boolean;
}

/** So few are looked up one by one, however few keys there are. */
const LOOKED_UP_MIN = 10;

/**
 * Ids of the keys that filters on keys, owners and tags leave, deleted keys included: what they spent was spent.
 * NULL: no filter speaks of keys.
 */
export async function findKeyIds(snapshot: Snapshot, filters: readonly Filter[]): Promise<FoundKeys | null> {
  const values: unknown[] = [snapshot.workspaceId];
  const conditions: string[] = [];
  for (const filter of filters) {
    const condition = CONDITIONS[filter.dimension];
    if (!condition) continue;
    values.push(
      filter.values.filter((value) => value !== null),
      filter.values.includes(null),
    );
    const text = condition(`$${values.length - 1}::text[]`, `$${values.length}::boolean`);
    conditions.push(`${filter.isExcluded ? 'NOT ' : ''}(${text}) AND $${values.length}::boolean IS NOT NULL`);
  }
  if (conditions.length === 0) return null;
  const rows = await snapshot.query<{ id: bigint; keys: bigint }>(
    // Keys of one workspace. A key without an owner has NULL, one without tags an empty list. All are counted as far as it matters.
    `SELECT k.id, (SELECT COUNT(*) FROM (SELECT FROM api_keys WHERE workspace_id = $1 LIMIT ${2 * KEYS_FEW_MAX + 1}) a) AS keys
       FROM api_keys k WHERE k.workspace_id = $1 AND ${conditions.join(' AND ')} ORDER BY k.id`,
    values,
  );
  const keyCount = Number(rows[0]?.keys ?? 0n);
  return { ids: rows.map(({ id }) => id), areMost: rows.length > LOOKED_UP_MIN && 2 * rows.length >= keyCount };
}

/** How a statement is held to some keys: a few of many are looked up one by one, others are picked out of all. */
export function pickKeys(
  keyIds: readonly bigint[] | null,
  areMost = false,
): {
  keyIds: readonly bigint[] | null;
  filters: readonly ColumnFilter[];
} {
  if (keyIds === null || (keyIds.length <= KEYS_FEW_MAX && !areMost)) return { keyIds, filters: [] };
  return { keyIds: null, filters: [{ column: 'key', values: keyIds, isExcluded: false }] };
}

/** Filters on what events say themselves. An absent text is '' in roll-ups. */
export function eventFilters(filters: readonly Filter[]): ColumnFilter[] {
  return filters.flatMap(({ dimension, values, isExcluded = false }): ColumnFilter[] => {
    if (dimension === 'key' || dimension === 'owner' || dimension === 'tag') return [];
    if (dimension === 'status_class') {
      return [{ column: dimension, values: values.map((value) => Number(value ?? 0)), isExcluded }];
    }
    return [{ column: dimension, values: values.map((value) => value ?? ''), isExcluded }];
  });
}
