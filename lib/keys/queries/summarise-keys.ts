import { type Call, canReach, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';
import type { KeyFilter } from '../contract';
import type { KeyStatus } from '../status';
import { filterParameters, JUDGE_KEYS, WHERE_KEYS } from './key-filter';
import { FROM_KEYS, windowParameters } from './key-row';

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
  /** Keys by status, whatever statuses the filter asks for. Statuses without keys are left out. */
  readonly keysByStatus: Readonly<Partial<Record<KeyStatus, number>>>;
}

interface Row {
  status: KeyStatus;
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

/** What the keys of a filter come to. A workspace out of reach has none. */
export async function summariseKeys(call: Call, filter: KeyFilter): Promise<KeySummary> {
  requireScope(call, 'keys:read');
  if (!canReach(call, filter.workspaceId)) return { shown: NOTHING, hiddenDisabledKeys: 0, keysByStatus: {} };
  const rows = await queryRows<Row>(
    // One row for each status that some key has, disabled ones always among them. Sums leave 64 bits, so they come as text.
    `SELECT t.status, COUNT(*) AS keys, COALESCE(SUM(m.spend_nano_usd), 0)::text AS month_spend,
            COALESCE(SUM(m.byok_nano_usd), 0)::text AS month_byok, COALESCE(SUM(m.requests), 0)::text AS month_requests,
            COALESCE(SUM(m.errors), 0)::text AS month_errors, COALESCE(SUM(l.spend_nano_usd), 0)::text AS lifetime_spend
       ${FROM_KEYS} ${JUDGE_KEYS}
      WHERE ${WHERE_KEYS} AND ($1::date, $2::date) IS NOT NULL GROUP BY t.status`,
    [...windowParameters(call.now), ...filterParameters(filter, true)],
  );
  const { includeDisabled, statuses } = filter;
  const isWanted = (status: KeyStatus) => statuses === undefined || statuses.includes(status);
  const shown = rows.filter(({ status }) => isWanted(status) && (includeDisabled || status !== 'disabled'));
  const disabled = rows.find(({ status }) => status === 'disabled');
  return {
    shown: shown.reduce(addRow, NOTHING),
    hiddenDisabledKeys: includeDisabled || statuses !== undefined ? 0 : Number(disabled?.keys ?? 0n),
    keysByStatus: Object.fromEntries(rows.map(({ status, keys }) => [status, Number(keys)])),
  };
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
