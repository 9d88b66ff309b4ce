import { parse } from 'csv-parse/sync';
import type { Composed } from '../../analytics/compose';
import { composeKept } from '../../analytics/compose-kept';
import type { Column } from '../../analytics/plan';
import { pickKeys } from '../../analytics/queries/find-keys';
import type { ColumnFilter } from '../../analytics/statement';
import { copyCsv } from '../../server/copy-out';
import { isEmbedded, queryRows } from '../../server/db';
import { CSV_ROW_END } from '../csv';
import { classesOf, type EventScope, type Extant, findExtant, namesOf } from './event-filter';

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

const MEASURES = [
  'requests',
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
  const asked = await settle(scope, isByModel);
  if (!isEmbedded()) {
    yield* readKeys(asked, asked.keyIds);
    return;
  }
  for (let after = 0n; ; ) {
    const page = await findKeyPage(asked, after);
    if (page.length > 0) yield* readKeys(asked, page);
    if (page.length < PAGE_KEYS) return;
    after = page.at(-1) ?? after;
  }
}

/** An export's usage with what has to be known before it can be read. */
interface Asked {
  readonly scope: EventScope;
  readonly columns: readonly Column[];
  readonly extant: Extant;
  /** Keys that the filter leaves. NULL: all. */
  readonly keyIds: readonly bigint[] | null;
}

async function settle(scope: EventScope, isByModel: boolean): Promise<Asked> {
  const { keyHashes = null, owner = null, tag = null } = scope.filter;
  const columns: Column[] = isByModel ? ['key', 'model'] : ['key'];
  const extant = await findExtant(scope);
  if (keyHashes === null && owner === null && tag === null) return { scope, columns, extant, keyIds: null };
  const rows = await queryRows<{ id: bigint }>(
    // Keys of one workspace, deleted ones too: what they spent was spent. Every column is of the key itself.
    `SELECT k.id FROM api_keys k
      WHERE k.workspace_id = $1::uuid AND ($2::text[] IS NULL OR k.hash = ANY($2::text[]))
        AND ($3::text IS NULL OR k.owner = $3::text) AND ($4::text IS NULL OR $4::text = ANY(k.tags)) ORDER BY k.id`,
    [scope.workspaceId, keyHashes, owner, tag],
  );
  return { scope, columns, extant, keyIds: rows.map(({ id }) => id) };
}

/** The statement of the sums of some keys; NULL: of all. */
function compose({ scope, columns, extant }: Asked, keyIds: readonly bigint[] | null): Composed {
  const { environment, models, endpoints, status } = scope.filter;
  const picked = pickKeys(keyIds);
  const only = (column: Column, values: ColumnFilter['values'] | undefined): ColumnFilter[] =>
    values === undefined ? [] : [{ column, values, isExcluded: false }];
  const subject = {
    workspaceId: scope.workspaceId,
    columns,
    measures: MEASURES,
    filters: [
      ...picked.filters,
      ...only('environment', environment && [environment]),
      ...only('model', models && namesOf(models)),
      ...only('endpoint', endpoints && namesOf(endpoints)),
      ...only('status_class', status && classesOf(status)),
    ],
    keyIds: picked.keyIds,
    latencyBounds: [],
  };
  return composeKept(subject, extant.range ?? { from: scope.from, to: scope.from }, extant.prunedBefore);
}

/** The next keys by their ids; fewer than a page where they are the last. */
async function findKeyPage({ scope, keyIds }: Asked, after: bigint): Promise<bigint[]> {
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
  asked: Asked,
  keyIds: readonly bigint[] | null,
): AsyncGenerator<readonly UsageByKey[], void, undefined> {
  const { text, parameters } = compose(asked, keyIds);
  if (text === null) return;
  const model = asked.columns.includes('model') ? 's.model' : "''";
  const workspace = parameters.add(asked.scope.workspaceId, 'uuid');
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
  const asked = await settle(scope, isByModel);
  const { text, parameters } = compose(asked, asked.keyIds);
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
