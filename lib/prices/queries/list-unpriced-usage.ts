import { type Call, canReach, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';
import type { UnpricedReport } from '../contract';
import { listPricesOf } from '../list-prices';
import { modelNames, type Price, priceUsage } from '../price-book';
import { findPrices } from '../queries';

/** How far back unpriced usage is looked for. What is older is history that no price changes. */
export const UNPRICED_DAYS = 30;
/** Newest events and names looked at: the answer takes tens of milliseconds whatever was recorded. */
const EVENTS_MAX = 50_000;
const NAMES_MAX = 100;
const DAY_MILLISECONDS = 86_400_000;

interface Row {
  model: string | null;
  provider: string | null;
  usage_name: string | null;
  events: bigint;
  prompt_tokens: string;
  completion_tokens: string;
  units: string;
  last_at: Date;
  all_events: bigint;
  all_names: bigint;
}

/**
 * What was recorded at $0 in the last 30 days because no price covered its name, apart from names that have a price by
 * now. Usage without a name can have no price and is left out. A workspace out of reach has none.
 */
export async function listUnpricedUsage(call: Call, workspaceId: string): Promise<UnpricedReport> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) return { rows: [], pricedSinceEvents: 0, isCut: false };
  const since = new Date(call.now.getTime() - UNPRICED_DAYS * DAY_MILLISECONDS);
  const rows = await queryRows<Row>(
    // The newest unpriced events by their own partial index, grouped by name. Sums leave 64 bits, so they come as text.
    `SELECT model, provider, usage_name, COUNT(*) AS events, SUM(prompt_tokens)::text AS prompt_tokens,
            SUM(completion_tokens)::text AS completion_tokens, COALESCE(SUM(usage_units), 0)::text AS units,
            MAX(occurred_at) AS last_at, (SUM(COUNT(*)) OVER ())::bigint AS all_events, COUNT(*) OVER () AS all_names
       FROM (SELECT model, provider, usage_name, prompt_tokens, completion_tokens, usage_units, occurred_at
               FROM usage_events
              WHERE workspace_id = $1::uuid AND priced_by = 'unpriced' AND (model IS NOT NULL OR usage_name IS NOT NULL)
                AND occurred_at >= $2
              ORDER BY occurred_at DESC LIMIT $3) newest
      GROUP BY model, provider, usage_name
      ORDER BY COUNT(*) DESC, COALESCE(model, usage_name), provider, usage_name LIMIT $4`,
    [workspaceId, since, EVENTS_MAX, NAMES_MAX],
  );
  const book = await findPrices(
    [workspaceId],
    [...new Set(rows.flatMap(({ model }) => (model === null ? [] : modelNames(model))))],
    [...new Set(rows.flatMap(({ usage_name }) => usage_name ?? []))],
  );
  const open = rows.filter((row) => !hasPriceNow(book, workspaceId, row, call.now));
  const first = rows[0];
  return {
    rows: open.map((row) => ({
      model: row.model,
      provider: row.provider,
      usageName: row.usage_name,
      events: Number(row.events),
      promptTokens: BigInt(row.prompt_tokens),
      completionTokens: BigInt(row.completion_tokens),
      units: BigInt(row.units),
      lastAt: row.last_at,
      listPrices: row.model === null ? [] : listPricesOf(book, row.model, call.now),
    })),
    pricedSinceEvents: rows.reduce((sum, row) => sum + (open.includes(row) ? 0 : Number(row.events)), 0),
    isCut: first !== undefined && (first.all_events >= EVENTS_MAX || first.all_names > NAMES_MAX),
  };
}

/** Whether an event of this name that occurs now would be priced. */
function hasPriceNow(book: readonly Price[], workspaceId: string, row: Row, now: Date): boolean {
  const { pricedBy } = priceUsage(book, {
    workspaceId,
    occurredAt: now,
    model: row.model,
    provider: row.provider,
    usageName: row.usage_name,
    usageUnits: 1n,
    promptTokens: 1n,
    completionTokens: 0n,
    cachedPromptTokens: 0n,
    cacheCreationTokens: 0n,
  });
  return pricedBy !== 'unpriced';
}
