import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import type { Query } from '../../server/db';
import { inSnapshot } from '../../server/snapshot';
import { EVENTS_READ_MAX, type Range } from '../contract';

/** So many rows are listed at most. */
export const ACTIVITY_ROWS_MAX = 10_000;

/** Usage of one UTC day by what was called. An absent text is ''. */
export interface Activity {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** NULL: of all workspaces together. */
  readonly workspaceId: string | null;
  readonly model: string;
  readonly provider: string;
  readonly endpoint: string;
  readonly requests: bigint;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly spendNanoUsd: bigint;
  readonly byokNanoUsd: bigint;
}

export interface ActivityFilter {
  /** Whole UTC days. */
  readonly range: Range;
  /** NULL: all workspaces within reach. */
  readonly workspaceId: string | null;
  readonly keyHash: string | null;
  readonly creatorUserId: string | null;
  readonly isByWorkspace: boolean;
}

interface Row {
  date: string;
  workspace_id: string | null;
  model: string;
  provider: string;
  endpoint: string;
  requests: bigint;
  prompt_tokens: bigint;
  completion_tokens: bigint;
  spend_nano_usd: bigint;
  byok_nano_usd: bigint;
}

const GROUPED = `GROUP BY 1, 2, 3, 4, 5 ORDER BY 1 DESC, SUM(requests) DESC, 3, 4, 5, 2 LIMIT ${ACTIVITY_ROWS_MAX + 1}`;
const SUMS = `SUM(requests)::bigint AS requests, SUM(prompt_tokens)::bigint AS prompt_tokens,
       SUM(completion_tokens)::bigint AS completion_tokens, SUM(spend_nano_usd)::bigint AS spend_nano_usd,
       SUM(byok_nano_usd)::bigint AS byok_nano_usd`;

/** Usage by UTC day, model, provider and endpoint, the latest day first. Of some keys it is read from their events. */
export function listActivity(call: Call, filter: ActivityFilter): Promise<Activity[]> {
  requireScope(call, 'usage:read');
  return inSnapshot(async (query) => {
    const workspaces = await query<{ id: string }>(
      // Workspaces within reach; a deleted one is in none.
      `SELECT id FROM workspaces WHERE deleted_at IS NULL AND ($1::uuid IS NULL OR id = $1) AND ($2::uuid IS NULL OR id = $2)`,
      [call.workspace, filter.workspaceId],
    );
    const ids = workspaces.map(({ id }) => id);
    const isOfKeys = filter.keyHash !== null || filter.creatorUserId !== null;
    const rows = isOfKeys ? await readOfKeys(query, filter, ids) : await readOfAll(query, filter, ids);
    if (rows.length > ACTIVITY_ROWS_MAX)
      throw new AppError(
        'invalid_input',
        `That is more than ${ACTIVITY_ROWS_MAX} rows. Ask for one date, one workspace or one key.`,
      );
    return rows.map(toActivity);
  });
}

function readOfAll(query: Query, { range, isByWorkspace }: ActivityFilter, workspaceIds: string[]): Promise<Row[]> {
  return query<Row>(
    // The cube tells apart what is asked, and environment and status class besides, which are summed up.
    `SELECT (starts_at AT TIME ZONE 'UTC')::date AS date, CASE WHEN $4::boolean THEN workspace_id END AS workspace_id,
            model, provider, endpoint, ${SUMS}
       FROM usage_rollups
      WHERE workspace_id = ANY ($1::uuid[]) AND rollup = 'cube_day' AND starts_at >= $2 AND starts_at < $3 ${GROUPED}`,
    [workspaceIds, range.from, range.to, isByWorkspace],
  );
}

async function readOfKeys(query: Query, filter: ActivityFilter, workspaceIds: string[]): Promise<Row[]> {
  const keys = [workspaceIds, filter.keyHash, filter.creatorUserId];
  const KEYS = `SELECT workspace_id, id FROM api_keys WHERE workspace_id = ANY ($1::uuid[])
                   AND ($2::text IS NULL OR hash = $2) AND ($3::text IS NULL OR creator_user_id = $3)`;
  const [state] = await query<{ events: bigint; pruned_before: Date | null }>(
    // What would have to be read: a row for each hour of each key.
    `SELECT (SELECT COALESCE(SUM(h.requests), 0)::bigint FROM (${KEYS}) k
               JOIN key_hours h ON h.workspace_id = k.workspace_id AND h.key_id = k.id AND h.hour >= $4 AND h.hour < $5) AS events,
            (SELECT pruned_before FROM retention) AS pruned_before`,
    [...keys, filter.range.from, filter.range.to],
  );
  if (state?.pruned_before && state.pruned_before > filter.range.from)
    throw new AppError(
      'invalid_input',
      `Events before ${state.pruned_before.toISOString()} were pruned, and only they tell what a key called. Ask for a later date.`,
    );
  if ((state?.events ?? 0n) > BigInt(EVENTS_READ_MAX))
    throw new AppError('invalid_input', `That is more than ${EVENTS_READ_MAX} events to read. Ask for one date.`);
  return query<Row>(
    // Each key's events lie together in the primary key. An absent text is '', as in roll-ups.
    `SELECT (e.occurred_at AT TIME ZONE 'UTC')::date AS date, CASE WHEN $6::boolean THEN e.workspace_id END AS workspace_id,
            COALESCE(e.model, '') AS model, COALESCE(e.provider, '') AS provider, COALESCE(e.endpoint, '') AS endpoint, ${SUMS}
       FROM (${KEYS}) k
      CROSS JOIN LATERAL (
            SELECT workspace_id, occurred_at, model, provider, endpoint, 1 AS requests, prompt_tokens, completion_tokens,
                   CASE WHEN is_byok THEN 0 ELSE cost_nano_usd END AS spend_nano_usd,
                   CASE WHEN is_byok THEN cost_nano_usd ELSE 0 END AS byok_nano_usd
              FROM usage_events
             WHERE workspace_id = k.workspace_id AND key_id = k.id AND occurred_at >= $4 AND occurred_at < $5 OFFSET 0) e
      ${GROUPED}`,
    [...keys, filter.range.from, filter.range.to, filter.isByWorkspace],
  );
}

function toActivity(row: Row): Activity {
  return {
    date: row.date,
    workspaceId: row.workspace_id,
    model: row.model,
    provider: row.provider,
    endpoint: row.endpoint,
    requests: row.requests,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    spendNanoUsd: row.spend_nano_usd,
    byokNanoUsd: row.byok_nano_usd,
  };
}
