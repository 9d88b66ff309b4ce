import { queryRows } from '../../server/db';
import { type EventScope, eventParameters, FROM_EVENTS, refusePruned } from './event-filter';

/** What a key used in a range, or what it used of one model. */
export interface UsageByKey {
  readonly keyHash: string;
  readonly keyName: string;
  /** NULL: the events name none, or usage is not told by model. */
  readonly model: string | null;
  readonly requests: bigint;
  /** BYOK spend included. */
  readonly costNanoUsd: bigint;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
}

/** Rows that a batch aims at: its keys are as many as that takes, since one may have used a thousand models. */
const BATCH_ROWS = 2_000;
const BATCH_KEYS_FIRST = 20;
const BATCH_KEYS_MAX = 2_000;

interface Row {
  hash: string;
  name: string;
  model: string | null;
  requests: bigint;
  cost: string;
  prompt: string;
  completion: string;
  cached: string;
  creation: string;
}

/**
 * Usage by key, and by model where asked, in batches: keys in the order of their creation, models by name, none first.
 * Keys without usage in the range are left out.
 */
export async function* readUsageByKey(
  scope: EventScope,
  isByModel: boolean,
): AsyncGenerator<readonly UsageByKey[], void, undefined> {
  const parameters = eventParameters(scope);
  let keys = BATCH_KEYS_FIRST;
  for (let after = 0n; ; ) {
    const [end] = await queryRows<{ id: bigint }>(
      // The last key of the next batch; none: the batch is the last.
      `SELECT id FROM api_keys WHERE workspace_id = $1::uuid AND id > $2::bigint ORDER BY id OFFSET $3::bigint LIMIT 1`,
      [scope.workspaceId, after, keys - 1],
    );
    const rows = await queryRows<Row>(
      // One row a key, or a key and model. Sums leave 64 bits, so they come as text.
      `SELECT k.hash, k.name, g.model, g.requests, g.cost, g.prompt, g.completion, g.cached, g.creation
         FROM (SELECT e.key_id, CASE WHEN $12::boolean THEN e.model END AS model, COUNT(*) AS requests,
                      SUM(e.cost_nano_usd)::text AS cost, SUM(e.prompt_tokens)::text AS prompt,
                      SUM(e.completion_tokens)::text AS completion, SUM(e.cached_prompt_tokens)::text AS cached,
                      SUM(e.cache_creation_tokens)::text AS creation
               ${FROM_EVENTS} AND e.key_id > $13::bigint AND ($14::bigint IS NULL OR e.key_id <= $14::bigint)
                GROUP BY 1, 2) g
         JOIN api_keys k ON k.workspace_id = $1::uuid AND k.id = g.key_id
        ORDER BY g.key_id, g.model COLLATE "C" NULLS FIRST`,
      [...parameters, isByModel, after, end?.id ?? null],
    );
    if (rows.length > 0) yield rows.map(toUsage);
    if (!end) return;
    after = end.id;
    const wanted = Math.floor((keys * BATCH_ROWS) / Math.max(1, rows.length));
    keys = Math.min(Math.max(1, wanted), BATCH_KEYS_MAX);
  }
}

/** How many rows `readUsageByKey` gives in all. */
export async function countUsageByKey(scope: EventScope, isByModel: boolean): Promise<number> {
  await refusePruned(scope);
  const rows = await queryRows<{ rows: bigint }>(
    // DISTINCT counts a key's usage without a model, which is NULL, as one.
    `SELECT COUNT(*) AS rows FROM (SELECT DISTINCT e.key_id, CASE WHEN $12::boolean THEN e.model END ${FROM_EVENTS}) used`,
    [...eventParameters(scope), isByModel],
  );
  return Number(rows[0]?.rows ?? 0n);
}

/** Whether a workspace has ever used a provider key of its own. */
export async function hasByokUsage(workspaceId: string): Promise<boolean> {
  const rows = await queryRows<{ has_byok: boolean }>(
    // The counter tells spend at once, also of events that were pruned; an event that cost nothing is only found by itself.
    `SELECT EXISTS (SELECT 1 FROM workspace_counters
                     WHERE workspace_id = $1::uuid AND "window" = 'lifetime' AND byok_nano_usd > 0)
         OR EXISTS (SELECT 1 FROM usage_events WHERE workspace_id = $1::uuid AND is_byok) AS has_byok`,
    [workspaceId],
  );
  return rows[0]?.has_byok ?? false;
}

function toUsage(row: Row): UsageByKey {
  return {
    keyHash: row.hash,
    keyName: row.name,
    model: row.model,
    requests: row.requests,
    costNanoUsd: BigInt(row.cost),
    promptTokens: BigInt(row.prompt),
    completionTokens: BigInt(row.completion),
    cachedPromptTokens: BigInt(row.cached),
    cacheCreationTokens: BigInt(row.creation),
  };
}
