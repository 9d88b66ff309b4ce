import { queryRows } from '../../server/db';
import type { FocusUsage } from '../focus-row';
import { type EventScope, eventParameters, FROM_EVENTS, refusePruned } from './event-filter';

const DAY_MILLISECONDS = 86_400_000;
/** Rows that a batch aims at: its days are as many as that takes. */
const BATCH_ROWS = 5_000;
const BATCH_DAYS_MAX = 366;

interface Row {
  day: Date;
  hash: string;
  name: string;
  owner: string | null;
  environment: string;
  tags: string[];
  model: string | null;
  provider: string | null;
  usage_name: string | null;
  is_byok: boolean;
  requests: bigint;
  prompt: string;
  completion: string;
  cached: string;
  creation: string;
  units: string;
  cost: string;
}

/** Charges by UTC day, key, model or usage name, in the order of days, in batches of whole days. */
export async function* readFocusUsage(scope: EventScope): AsyncGenerator<readonly FocusUsage[], void, undefined> {
  await refusePruned(scope);
  const bounds = await findBounds(scope);
  if (bounds === null) return;
  let days = 1;
  for (let from = bounds.from; from < bounds.to; ) {
    const to = Math.min(startOfDay(from) + days * DAY_MILLISECONDS, bounds.to);
    const rows = await readCharges({ ...scope, from: new Date(from), to: new Date(to) });
    if (rows.length > 0) yield rows;
    from = to;
    const wanted = rows.length === 0 ? days * 8 : Math.floor((days * BATCH_ROWS) / rows.length);
    days = Math.min(Math.max(1, wanted), BATCH_DAYS_MAX);
  }
}

/** From the first to the last event, so that an endless range has an end. NULL: there is none. */
async function findBounds(scope: EventScope): Promise<{ from: number; to: number } | null> {
  const rows = await queryRows<{ first: Date | null; last: Date | null }>(
    // Both are NULL where nothing matches.
    `SELECT MIN(e.occurred_at) AS first, MAX(e.occurred_at) AS last ${FROM_EVENTS}`,
    eventParameters(scope),
  );
  const { first = null, last = null } = rows[0] ?? {};
  if (first === null || last === null) return null;
  return { from: first.getTime(), to: Math.min(last.getTime() + 1, scope.to.getTime()) };
}

async function readCharges(scope: EventScope): Promise<FocusUsage[]> {
  const rows = await queryRows<Row>(
    // One row a charge; the session is in UTC, so its days are. Sums leave 64 bits, so they come as text.
    `SELECT g.day, k.hash, k.name, k.owner, k.environment, k.tags, g.model, g.provider, g.usage_name, g.is_byok, g.requests,
            g.prompt, g.completion, g.cached, g.creation, g.units, g.cost
       FROM (SELECT date_trunc('day', e.occurred_at) AS day, e.key_id, e.model, e.provider, e.usage_name, e.is_byok,
                    COUNT(*) AS requests, SUM(e.prompt_tokens)::text AS prompt, SUM(e.completion_tokens)::text AS completion,
                    SUM(e.cached_prompt_tokens)::text AS cached, SUM(e.cache_creation_tokens)::text AS creation,
                    COALESCE(SUM(e.usage_units), 0)::text AS units, SUM(e.cost_nano_usd)::text AS cost
             ${FROM_EVENTS} GROUP BY 1, 2, 3, 4, 5, 6) g
       JOIN api_keys k ON k.workspace_id = $1::uuid AND k.id = g.key_id
      ORDER BY g.day, g.key_id, g.model COLLATE "C", g.provider COLLATE "C", g.usage_name COLLATE "C", g.is_byok`,
    eventParameters(scope),
  );
  return rows.map(toUsage);
}

function startOfDay(at: number): number {
  return Math.floor(at / DAY_MILLISECONDS) * DAY_MILLISECONDS;
}

function toUsage(row: Row): FocusUsage {
  return {
    day: row.day,
    keyHash: row.hash,
    keyName: row.name,
    keyOwner: row.owner,
    keyEnvironment: row.environment,
    keyTags: row.tags,
    model: row.model,
    provider: row.provider,
    usageName: row.usage_name,
    isByok: row.is_byok,
    requests: row.requests,
    promptTokens: BigInt(row.prompt),
    completionTokens: BigInt(row.completion),
    cachedPromptTokens: BigInt(row.cached),
    cacheCreationTokens: BigInt(row.creation),
    usageUnits: BigInt(row.units),
    costNanoUsd: BigInt(row.cost),
  };
}
