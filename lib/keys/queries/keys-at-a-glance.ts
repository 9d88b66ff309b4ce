import { type Call, canReach, requireScope } from '../../core/call';
import { querySnapshot } from '../../server/snapshot';
import type { Key, KeyFilter } from '../contract';
import type { KeyStatus } from '../status';
import { ALL_TYPED, filterParameters, joinsOf, ORDERS, WHERE_KEYS } from './key-filter';
import { type KeyRow, selectKeysFrom, toKey, windowParameters } from './key-row';
import type { KeysByStatus } from './summarise-keys';

/** What asks somebody to act. */
const URGENT: readonly KeyStatus[] = ['blocked', 'near_limit', 'expires_soon'];

export interface KeysAtAGlance {
  /** Disabled ones included. Statuses without keys are left out. */
  readonly byStatus: KeysByStatus;
  /** Blocked, near their limit or about to expire; those that used most of their limit first. */
  readonly urgent: readonly Key[];
  /** Keys with a limit that are not disabled, in the same order. */
  readonly limited: readonly Key[];
}

type Row = { [Column in keyof KeyRow]: Column extends 'hash' ? string | null : KeyRow[Column] } & {
  is_urgent: boolean;
  by_status: KeysByStatus | null;
};

const inOrder = 'place DESC NULLS LAST, created_at DESC, hash';

/** How the keys of a workspace stand: each is judged once. A workspace out of reach has none. */
export async function readKeysAtAGlance(
  call: Call,
  filter: Pick<KeyFilter, 'workspaceId' | 'environment'>,
  most: { readonly urgent: number; readonly limited: number },
): Promise<KeysAtAGlance> {
  requireScope(call, 'keys:read');
  if (!canReach(call, filter.workspaceId)) return { byStatus: {}, urgent: [], limited: [] };
  const rows = await querySnapshot<Row>(
    // The numbers by status stand in each row, and in a row without a key where there are no keys to name.
    `WITH judged AS MATERIALIZED (
         SELECT k.workspace_id, k.id, k.created_at, k.hash, t.status, ${ORDERS.limit_used.expression} AS place
           FROM api_keys k ${joinsOf(['status'])} WHERE ${WHERE_KEYS} AND ${ALL_TYPED}),
       numbers AS (
         SELECT json_object_agg(status, keys) AS by_status FROM (SELECT status, COUNT(*) AS keys FROM judged GROUP BY status) j),
       named AS MATERIALIZED (
         (SELECT *, true AS is_urgent FROM judged WHERE status = ANY($11::text[]) ORDER BY ${inOrder} LIMIT $12)
         UNION ALL
         (SELECT *, false FROM judged WHERE status <> 'disabled' AND place IS NOT NULL ORDER BY ${inOrder} LIMIT $13))
       ${selectKeysFrom(
         `numbers LEFT JOIN named n ON true LEFT JOIN api_keys k ON k.workspace_id = n.workspace_id AND k.id = n.id`,
         ', n.is_urgent, numbers.by_status',
       )}
        ORDER BY n.place DESC NULLS LAST, n.created_at DESC, n.hash`,
    [
      ...windowParameters(call.now),
      ...filterParameters({ ...filter, includeDisabled: true }),
      URGENT,
      most.urgent,
      most.limited,
    ],
    { isSteady: true },
  );
  const keys = rows.flatMap(({ is_urgent: isUrgent, by_status: _, hash, ...row }) =>
    hash === null ? [] : [{ isUrgent, key: toKey({ ...row, hash }, call.now) }],
  );
  const keysOf = (urgent: boolean) => keys.filter(({ isUrgent }) => isUrgent === urgent).map(({ key }) => key);
  return { byStatus: rows[0]?.by_status ?? {}, urgent: keysOf(true), limited: keysOf(false) };
}
