import { parse } from 'csv-parse/sync';
import { INT64_MAX } from '../../core/money';
import { copyCsv } from '../../server/copy-out';
import { isEmbedded, queryRows } from '../../server/db';
import { CSV_ROW_END } from '../csv';
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

/** The embedded database answers a statement as a whole, so it is asked for so many keys at a time. */
const PAGE_KEYS = 20;

/**
 * Usage by key, and by model where asked, in batches: keys in the order of their creation, models by name, none first.
 * Keys without usage in the range are left out.
 */
export async function* readUsageByKey(
  scope: EventScope,
  isByModel: boolean,
): AsyncGenerator<readonly UsageByKey[], void, undefined> {
  for (let after = 0n; ; ) {
    const last = isEmbedded() ? await findLastKey(scope.workspaceId, after) : null;
    yield* readKeys(scope, isByModel, after, last ?? INT64_MAX);
    if (last === null) return;
    after = last;
  }
}

/** The last key of the next page. NULL: the page is the last. */
async function findLastKey(workspaceId: string, after: bigint): Promise<bigint | null> {
  const rows = await queryRows<{ id: bigint }>(
    // By the primary key; a page is of keys, used or not.
    'SELECT id FROM api_keys WHERE workspace_id = $1::uuid AND id > $2::bigint ORDER BY id OFFSET $3::bigint LIMIT 1',
    [workspaceId, after, PAGE_KEYS - 1],
  );
  return rows[0]?.id ?? null;
}

async function* readKeys(
  scope: EventScope,
  isByModel: boolean,
  after: bigint,
  last: bigint,
): AsyncGenerator<readonly UsageByKey[], void, undefined> {
  const blocks = copyCsv(
    // One row a key, or a key and model; names and models as they are, to be neutralised where a file is written.
    `SELECT k.hash, k.name, g.model, g.requests, g.cost, g.prompt, g.completion, g.cached, g.creation
       FROM (SELECT e.key_id, CASE WHEN $12::boolean THEN e.model END AS model, COUNT(*) AS requests,
                    SUM(e.cost_nano_usd) AS cost, SUM(e.prompt_tokens) AS prompt, SUM(e.completion_tokens) AS completion,
                    SUM(e.cached_prompt_tokens) AS cached, SUM(e.cache_creation_tokens) AS creation
             ${FROM_EVENTS} AND e.key_id > $13::bigint AND e.key_id <= $14::bigint GROUP BY 1, 2) g
       JOIN api_keys k ON k.workspace_id = $1::uuid AND k.id = g.key_id
      ORDER BY g.key_id, g.model COLLATE "C" NULLS FIRST`,
    [...eventParameters(scope), isByModel, after, last],
  );
  for await (const { bytes } of blocks) yield parse(bytes, { record_delimiter: CSV_ROW_END }).map(toUsage);
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
    // The counter tells spend at once. An event that cost nothing is found by the index over those that are BYOK, and one
    // that was pruned has left its mark.
    `SELECT EXISTS (SELECT 1 FROM workspace_counters
                     WHERE workspace_id = $1::uuid AND "window" = 'lifetime' AND byok_nano_usd > 0)
         OR EXISTS (SELECT 1 FROM workspaces WHERE id = $1::uuid AND has_byok_usage)
         OR EXISTS (SELECT 1 FROM usage_events WHERE workspace_id = $1::uuid AND is_byok) AS has_byok`,
    [workspaceId],
  );
  return rows[0]?.has_byok ?? false;
}

function toUsage(cells: readonly string[]): UsageByKey {
  const [keyHash = '', keyName = '', model = '', ...sums] = cells;
  const [requests = 0n, costNanoUsd = 0n, promptTokens = 0n, completionTokens = 0n, cached = 0n, creation = 0n] =
    sums.map(BigInt);
  return {
    keyHash,
    keyName,
    // A model has a name of one letter at least, so an empty cell is NULL.
    model: model === '' ? null : model,
    requests,
    costNanoUsd,
    promptTokens,
    completionTokens,
    cachedPromptTokens: cached,
    cacheCreationTokens: creation,
  };
}
