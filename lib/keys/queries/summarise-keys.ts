import { type Call, canReach, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';
import { querySnapshot } from '../../server/snapshot';
import type { KeyFilter } from '../contract';
import type { KeyStatus } from '../status';
import { ALL_TYPED, filterParameters, joinsOf, WHERE_KEYS } from './key-filter';
import { windowParameters } from './key-row';

/** Sums over keys, in the running UTC month and ever. Spend is without BYOK, which is counted apart. */
export interface KeySums {
  readonly keys: number;
  readonly monthSpendNanoUsd: bigint;
  readonly monthByokNanoUsd: bigint;
  readonly monthRequests: bigint;
  readonly monthErrors: bigint;
  readonly lifetimeSpendNanoUsd: bigint;
}

export interface KeySummary {
  /** Over all keys that the filter shows, not only one page of them. */
  readonly shown: KeySums;
  /** Disabled keys that match the filter otherwise. */
  readonly hiddenDisabledKeys: number;
  /** Keys that match the filter but for its statuses, disabled ones included. NULL where they are not judged. */
  readonly byStatus: KeysByStatus | null;
}

interface Row {
  is_disabled: boolean;
  status: KeyStatus | null;
  keys: bigint;
  month_spend: string;
  month_byok: string;
  month_requests: string;
  month_errors: string;
  lifetime_spend: string;
}

const NOTHING: KeySums = {
  keys: 0,
  monthSpendNanoUsd: 0n,
  monthByokNanoUsd: 0n,
  monthRequests: 0n,
  monthErrors: 0n,
  lifetimeSpendNanoUsd: 0n,
};

/** What the keys of a filter come to. To judge each takes longer. A workspace out of reach has none. */
export async function summariseKeys(call: Call, filter: KeyFilter, isJudging: boolean): Promise<KeySummary> {
  requireScope(call, 'keys:read');
  const { includeDisabled, statuses } = filter;
  const isJudged = isJudging || statuses !== undefined;
  const rows = canReach(call, filter.workspaceId) ? await readSums(call, filter, isJudged) : [];
  const isAsked = ({ status }: Row) => !statuses || (status !== null && statuses.includes(status));
  const disabled = rows.filter((row) => row.is_disabled).reduce((sum, { keys }) => sum + Number(keys), 0);
  const byStatus: Partial<Record<KeyStatus, number>> = {};
  for (const { status, keys } of rows) if (status !== null) byStatus[status] = (byStatus[status] ?? 0) + Number(keys);
  return {
    shown: rows.filter((row) => isAsked(row) && (includeDisabled || !row.is_disabled)).reduce(addRow, NOTHING),
    hiddenDisabledKeys: includeDisabled || statuses ? 0 : disabled,
    byStatus: isJudged ? byStatus : null,
  };
}

function readSums(call: Call, filter: KeyFilter, isJudged: boolean): Promise<Row[]> {
  return querySnapshot<Row>(
    // Disabled keys are summed apart, also where they are not shown. Sums leave 64 bits, so they come as text.
    `SELECT k.disabled_at IS NOT NULL AS is_disabled, ${isJudged ? 't.status' : 'NULL AS status'}, COUNT(*) AS keys,
            COALESCE(SUM(m.spend_nano_usd), 0)::text AS month_spend, COALESCE(SUM(m.byok_nano_usd), 0)::text AS month_byok,
            COALESCE(SUM(m.requests), 0)::text AS month_requests, COALESCE(SUM(m.errors), 0)::text AS month_errors,
            COALESCE(SUM(l.spend_nano_usd), 0)::text AS lifetime_spend
       FROM api_keys k ${joinsOf(isJudged ? ['month', 'lifetime', 'status'] : ['month', 'lifetime'])}
      WHERE ${WHERE_KEYS} AND ${ALL_TYPED} GROUP BY 1, 2`,
    [...windowParameters(call.now), ...filterParameters(filter, true)],
    { isSteady: true },
  );
}

function addRow(sums: KeySums, row: Row): KeySums {
  return {
    keys: sums.keys + Number(row.keys),
    monthSpendNanoUsd: sums.monthSpendNanoUsd + BigInt(row.month_spend),
    monthByokNanoUsd: sums.monthByokNanoUsd + BigInt(row.month_byok),
    monthRequests: sums.monthRequests + BigInt(row.month_requests),
    monthErrors: sums.monthErrors + BigInt(row.month_errors),
    lifetimeSpendNanoUsd: sums.lifetimeSpendNanoUsd + BigInt(row.lifetime_spend),
  };
}

export type KeysByStatus = Readonly<Partial<Record<KeyStatus, number>>>;

/** How many keys a workspace has that are not deleted, disabled ones included. */
export async function countKeys(call: Call, workspaceId: string): Promise<number> {
  requireScope(call, 'keys:read');
  if (!canReach(call, workspaceId)) return 0;
  const rows = await queryRows<{ keys: bigint }>(
    // Deleted keys stay in the table for their usage and count no more.
    'SELECT COUNT(*) AS keys FROM api_keys WHERE workspace_id = $1::uuid AND deleted_at IS NULL',
    [workspaceId],
  );
  return Number(rows[0]?.keys ?? 0n);
}

export interface KeyOwner {
  readonly owner: string;
  readonly keys: number;
}

const OWNERS_MAX = 200;

/** Owners of a workspace's keys, those of the most keys first, at most 200. */
export async function listKeyOwners(call: Call, workspaceId: string): Promise<KeyOwner[]> {
  requireScope(call, 'keys:read');
  if (!canReach(call, workspaceId)) return [];
  const rows = await queryRows<{ owner: string; keys: bigint }>(
    // Keys without an owner (NULL) belong to nobody in this list.
    `SELECT owner, COUNT(*) AS keys FROM api_keys
      WHERE workspace_id = $1::uuid AND deleted_at IS NULL AND owner IS NOT NULL
      GROUP BY owner ORDER BY keys DESC, owner LIMIT ${OWNERS_MAX}`,
    [workspaceId],
  );
  return rows.map(({ owner, keys }) => ({ owner, keys: Number(keys) }));
}

export interface KeyTag {
  readonly tag: string;
  readonly keys: number;
}

const TAGS_LISTED_MAX = 200;

/** Tags of a workspace's keys, those of the most keys first, at most 200. */
export async function listKeyTags(call: Call, workspaceId: string): Promise<KeyTag[]> {
  requireScope(call, 'keys:read');
  if (!canReach(call, workspaceId)) return [];
  const rows = await queryRows<{ tag: string; keys: bigint }>(
    // A key counts for each of its tags.
    `SELECT t.tag, COUNT(*) AS keys FROM api_keys k CROSS JOIN LATERAL unnest(k.tags) t(tag)
      WHERE k.workspace_id = $1::uuid AND k.deleted_at IS NULL
      GROUP BY t.tag ORDER BY keys DESC, t.tag LIMIT ${TAGS_LISTED_MAX}`,
    [workspaceId],
  );
  return rows.map(({ tag, keys }) => ({ tag, keys: Number(keys) }));
}
