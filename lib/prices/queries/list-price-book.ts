import { type Call, canReach, requireScope } from '../../core/call';
import type { Page } from '../../core/page';
import { queryRows } from '../../server/db';
import { CATALOGUE_SOURCE } from '../catalogue';
import type { BookPrice, PriceBookFilter, PriceState } from '../contract';
import { type PriceRow, toPrice } from './price-row';

interface Row extends PriceRow {
  valid_until: Date | null;
  state: PriceState;
}

export interface PriceBookPage extends Page<BookPrice> {
  /** Replaced prices that match the filter otherwise. */
  readonly replaced: number;
}

/**
 * A name's prices in order: each holds until the next begins, and of two that begin at once the later made holds. The
 * search names whole models, so every price of a name is among the rows. Names are compared as text, where NULL is like
 * NULL, so that the workspace's own are looked up in a hash. $1: workspace, $2: search, $3: source, $4: now.
 */
const BOOK = `
  WITH named AS (
    SELECT p.*, LEAD(p.valid_from) OVER (
             PARTITION BY p.workspace_id, p.model, p.usage_name, p.provider ORDER BY p.valid_from, p.created_at, p.id) AS valid_until
      FROM prices p
     WHERE (p.workspace_id IS NULL OR p.workspace_id = $1::uuid)
       AND ($2 = '' OR strpos(lower(concat_ws('/', p.provider, COALESCE(p.model, p.usage_name))), lower($2)) > 0)
       AND ($3 = 'all' OR (p.source = '${CATALOGUE_SOURCE}') = ($3 = 'catalogue'))),
  book AS MATERIALIZED (
    SELECT n.*, CASE WHEN n.valid_until <= GREATEST($4::timestamptz, n.valid_from) THEN 'replaced'
                     WHEN n.valid_from > $4 THEN 'upcoming'
                     WHEN n.workspace_id IS NULL AND (n.model, n.usage_name, n.provider)::text IN (
                          SELECT (model, usage_name, provider)::text FROM prices WHERE workspace_id = $1::uuid AND valid_from <= $4)
                     THEN 'overridden' ELSE 'in_force' END AS state
      FROM named n)`;

/** The price book of a workspace: its own prices and the account's, set ones first. A workspace out of reach has none. */
export async function listPriceBook(
  call: Call,
  filter: PriceBookFilter,
  offset: number,
  limit: number,
): Promise<PriceBookPage> {
  requireScope(call, 'usage:read');
  if (!canReach(call, filter.workspaceId)) return { rows: [], total: 0, replaced: 0 };
  const parameters = [filter.workspaceId, filter.search, filter.source, call.now];
  const [rows, counts] = await Promise.all([
    // One page, prices that people set before the catalogue's; an exact name comes first, and each name latest first.
    queryRows<Row>(
      `${BOOK} SELECT * FROM book WHERE $5 OR state <> 'replaced'
        ORDER BY source = '${CATALOGUE_SOURCE}', lower(COALESCE(model, usage_name)) <> lower($2),
                 provider NULLS FIRST, COALESCE(model, usage_name), valid_from DESC, created_at DESC, id LIMIT $6 OFFSET $7`,
      [...parameters, filter.includeReplaced, limit, offset],
    ),
    // All that match, and how many of them are replaced. COUNT over no rows is 0, not NULL.
    queryRows<{ total: bigint; replaced: bigint }>(
      `${BOOK} SELECT COUNT(*) AS total, COUNT(*) FILTER (WHERE state = 'replaced') AS replaced FROM book`,
      parameters,
    ),
  ]);
  const replaced = Number(counts[0]?.replaced ?? 0n);
  const total = Number(counts[0]?.total ?? 0n) - (filter.includeReplaced ? 0 : replaced);
  return { rows: rows.map(toBookPrice), total, replaced };
}

function toBookPrice(row: Row): BookPrice {
  return { ...toPrice(row), validUntil: row.valid_until, state: row.state };
}

/** More providers than the book has. */
const PROVIDERS_MAX = 500;

/** The providers that prices name, for a form to propose. */
export async function listPriceProviders(call: Call, workspaceId: string): Promise<string[]> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) return [];
  const rows = await queryRows<{ provider: string }>(
    // Each provider once; prices without one name none.
    `SELECT DISTINCT provider FROM prices
      WHERE provider IS NOT NULL AND (workspace_id IS NULL OR workspace_id = $1::uuid) ORDER BY provider LIMIT $2`,
    [workspaceId, PROVIDERS_MAX],
  );
  return rows.map(({ provider }) => provider);
}
