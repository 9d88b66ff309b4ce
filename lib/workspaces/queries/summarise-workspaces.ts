import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { utcDate, windowStart } from '../../core/time-window';
import { queryRows } from '../../server/db';
import type { WorkspaceSummary, WorkspaceSums } from '../contract';

interface Row {
  id: string;
  slug: string;
  name: string;
  keys: bigint;
  members: bigint;
  month_requests: bigint;
  month_spend: bigint;
  budget_used: bigint;
  budget: bigint | null;
}

export interface WorkspacesPage {
  readonly rows: readonly WorkspaceSummary[];
  readonly sums: WorkspaceSums;
}

/** Workspaces whose name or slug holds $1, each with its counter of the UTC month that begins on $2. */
const FROM_WORKSPACES = `
  FROM workspaces w
  LEFT JOIN workspace_counters c ON c.workspace_id = w.id AND c."window" = 'month' AND c.starts_on = $2::date
 WHERE w.deleted_at IS NULL AND ($1 = '' OR strpos(lower(w.name || ' ' || w.slug), lower($1)) > 0)`;

/** A page of all workspaces, highest spend of the running UTC month first; for callers of the whole account. */
export async function summariseWorkspaces(
  call: Call,
  search: string,
  offset: number,
  limit: number,
): Promise<WorkspacesPage> {
  requireScope(call, 'keys:read');
  if (call.workspace !== null) throw new AppError('forbidden', 'Only owners of the account see all workspaces.');
  const month = utcDate(windowStart('month', call.now));
  const [rows, sums] = await Promise.all([
    // One page; what is counted per workspace is counted for the page's rows alone. No counter: nothing was used.
    queryRows<Row>(
      `SELECT w.id::text, w.slug, w.name, w.month_requests, w.month_spend, w.budget_used, b.limit_nano_usd AS budget,
              (SELECT COUNT(*) FROM api_keys k WHERE k.workspace_id = w.id AND k.deleted_at IS NULL) AS keys,
              (SELECT COUNT(*) FROM memberships m WHERE m.workspace_id = w.id) AS members
         FROM (SELECT w.id, w.slug, w.name, w.created_at, COALESCE(c.requests, 0)::bigint AS month_requests,
                      COALESCE(c.spend_nano_usd, 0)::bigint AS month_spend,
                      (COALESCE(c.spend_nano_usd, 0)
                       + CASE WHEN w.include_byok_in_budgets THEN COALESCE(c.byok_nano_usd, 0) ELSE 0 END)::bigint AS budget_used
               ${FROM_WORKSPACES}
                ORDER BY month_spend DESC, w.created_at, w.id LIMIT $3 OFFSET $4) w
         LEFT JOIN budgets b ON b.workspace_id = w.id AND b."window" = 'month'
        ORDER BY w.month_spend DESC, w.created_at, w.id`,
      [search, month, limit, offset],
    ),
    // Over all that the search finds. Sums leave 64 bits, so they come as text.
    queryRows<{ workspaces: bigint; keys: bigint; month_requests: string; month_spend: string }>(
      `SELECT COUNT(*) AS workspaces, COALESCE(SUM(c.requests), 0)::text AS month_requests,
              COALESCE(SUM(c.spend_nano_usd), 0)::text AS month_spend,
              (SELECT COUNT(*) FROM api_keys k JOIN workspaces v ON v.id = k.workspace_id
                WHERE k.deleted_at IS NULL AND v.deleted_at IS NULL
                  AND ($1 = '' OR strpos(lower(v.name || ' ' || v.slug), lower($1)) > 0)) AS keys
         ${FROM_WORKSPACES}`,
      [search, month],
    ),
  ]);
  const sum = sums[0];
  return {
    rows: rows.map((row) => ({
      id: row.id,
      slug: row.slug,
      name: row.name,
      keys: Number(row.keys),
      members: Number(row.members),
      monthRequests: row.month_requests,
      monthSpendNanoUsd: row.month_spend,
      budgetUsedNanoUsd: row.budget_used,
      budgetNanoUsd: row.budget,
    })),
    sums: {
      workspaces: Number(sum?.workspaces ?? 0n),
      keys: Number(sum?.keys ?? 0n),
      monthRequests: BigInt(sum?.month_requests ?? 0),
      monthSpendNanoUsd: BigInt(sum?.month_spend ?? 0),
    },
  };
}
