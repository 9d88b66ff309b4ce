import { parse } from 'csv-parse/sync';
import type { Column } from '../../analytics/plan';
import { copyCsv } from '../../server/copy-out';
import { isEmbedded, queryRows } from '../../server/db';
import { CSV_ROW_END } from '../csv';
import type { EventScope } from './event-filter';
import { composeSums, type FoundUsage, findUsage } from './sums-of-usage';

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

const columnsOf = (isByModel: boolean): readonly Column[] => (isByModel ? ['key', 'model'] : ['key']);
const MEASURES = [
  'spendNanoUsd',
  'byokNanoUsd',
  'promptTokens',
  'completionTokens',
  'cachedPromptTokens',
  'cacheCreationTokens',
] as const;

/**
 * Usage by key, and by model where asked, in batches: keys in the order of their creation, models by name, none first.
 * Keys without usage in the range are left out. Read from roll-ups as far as they tell, so what was pruned is there, too.
 */
export async function* readUsageByKey(
  scope: EventScope,
  isByModel: boolean,
): AsyncGenerator<readonly UsageByKey[], void, undefined> {
  const usage = await findUsage(scope);
  if (!isEmbedded()) {
    yield* readKeys(usage, isByModel);
    return;
  }
  for (let after = 0n; ; ) {
    const page = await findKeyPage(usage, after);
    if (page.length > 0) yield* readKeys({ ...usage, keyIds: page }, isByModel);
    if (page.length < PAGE_KEYS) return;
    after = page.at(-1) ?? after;
  }
}

/** The next keys by their ids; fewer than a page where they are the last. */
async function findKeyPage({ scope, keyIds }: FoundUsage, after: bigint): Promise<bigint[]> {
  const rows = await queryRows<{ id: bigint }>(
    // By the primary key; a page is of keys, used or not.
    `SELECT id FROM api_keys
      WHERE workspace_id = $1::uuid AND id > $2::bigint AND ($3::bigint[] IS NULL OR id = ANY($3::bigint[]))
      ORDER BY id LIMIT $4::bigint`,
    [scope.workspaceId, after, keyIds, PAGE_KEYS],
  );
  return rows.map(({ id }) => id);
}

async function* readKeys(
  usage: FoundUsage,
  isByModel: boolean,
): AsyncGenerator<readonly UsageByKey[], void, undefined> {
  const { text, parameters } = composeSums(usage, columnsOf(isByModel), MEASURES);
  if (text === null) return;
  const model = isByModel ? 's.model' : "''";
  const workspace = parameters.add(usage.scope.workspaceId, 'uuid');
  const blocks = copyCsv(
    // One row a key, or a key and model; names and models as they are, to be neutralised where a file is written.
    `SELECT k.hash, k.name, ${model} AS model, s.requests, s.spend_nano_usd::numeric + s.byok_nano_usd, s.prompt_tokens,
            s.completion_tokens, s.cached_prompt_tokens, s.cache_creation_tokens
       FROM (${text}) s JOIN api_keys k ON k.workspace_id = ${workspace} AND k.id = s.key
      ORDER BY s.key, ${model} COLLATE "C"`,
    parameters.values,
  );
  for await (const { bytes } of blocks) yield parse(bytes, { record_delimiter: CSV_ROW_END }).map(toUsage);
}

/** How many rows `readUsageByKey` gives in all. */
export async function countUsageByKey(scope: EventScope, isByModel: boolean): Promise<number> {
  const { text, parameters } = composeSums(await findUsage(scope), columnsOf(isByModel), []);
  if (text === null) return 0;
  const rows = await queryRows<{ rows: bigint }>(`SELECT COUNT(*) AS rows FROM (${text}) s`, parameters.values);
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
    // A model has a name of one letter at least.
    model: model === '' ? null : model,
    requests,
    costNanoUsd,
    promptTokens,
    completionTokens,
    cachedPromptTokens: cached,
    cacheCreationTokens: creation,
  };
}
