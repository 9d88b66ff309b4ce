import { type Call, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';
import { findPrunedBefore, listUsageMonths, type Month } from '../../usage/queries';
import {
  type BooksTotal,
  DIFFERENCES_MAX,
  type Difference,
  FOUND_MAX,
  MEASURES,
  type Reconciliation,
} from '../contract';
import { RECONCILE_MONTH, RECONCILE_PRUNED_MONTH, RECONCILE_SPANS } from '../statements';

interface Row {
  key_hash: string | null;
  /** NULL: the row of the totals. */
  window: Difference['window'] | null;
  starts_on: string;
  rollup: string | null;
  event_sums: (bigint | null)[];
  counter_sums: (bigint | null)[] | null;
  rollup_sums: (bigint | null)[] | null;
}

/** What the entries come to in three ways. */
interface Totals {
  readonly byEvents: BooksTotal;
  readonly byCounters: BooksTotal;
  readonly byRollups: BooksTotal;
}

const NOTHING: BooksTotal = { events: 0n, costNanoUsd: 0n };

const REQUESTS = MEASURES.indexOf('requests');
const SPEND = MEASURES.indexOf('spend');
const BYOK = MEASURES.indexOf('byok_spend');

export interface ReconcileOptions {
  /** Told after each month that was compared. */
  readonly onMonth?: (month: string) => void;
}

/**
 * Proves that the books balance: for every key and window Σ events = counters = Σ roll-ups, of every roll-up. Goes month
 * by month, so no statement grows with the ledger; usage may be recorded meanwhile.
 */
export async function reconcile(call: Call, { onMonth }: ReconcileOptions = {}): Promise<Reconciliation> {
  requireScope(call, 'usage:read');
  const differences: Difference[] = [];
  let total: BooksTotal = NOTHING;
  for (const workspaceId of await listBooks(call)) {
    const found: Difference[] = [];
    const prunedBefore = await findPrunedBefore();
    let totals: Totals = { byEvents: NOTHING, byCounters: NOTHING, byRollups: NOTHING };
    for (const month of await listUsageMonths(workspaceId)) {
      const isPruned = prunedBefore !== null && new Date(month.from) < prunedBefore;
      const compared = await reconcileMonth(workspaceId, month, isPruned);
      found.push(...compared.differences);
      totals = addTotals(totals, compared.totals);
      onMonth?.(month.from.slice(0, 7));
    }
    found.push(...(await queryRows<Row>(RECONCILE_SPANS, [workspaceId])).flatMap(toDifferences));
    await noteReconciliation(workspaceId, call.now, totals, found);
    total = add(total, totals.byEvents);
    differences.push(...found);
  }
  return {
    isBalanced: differences.length === 0,
    checkedAt: call.now,
    ...total,
    differences: differences.slice(0, DIFFERENCES_MAX),
  };
}

/** Compares one month of a workspace. Where its events were pruned the hours of keys stand for them. */
export async function reconcileMonth(
  workspaceId: string,
  month: Month,
  isPruned: boolean,
): Promise<{ differences: Difference[]; totals: Totals }> {
  const rows = await queryRows<Row>(isPruned ? RECONCILE_PRUNED_MONTH : RECONCILE_MONTH, [
    workspaceId,
    month.from,
    month.to,
  ]);
  const totals = rows.find((row) => row.window === null);
  return {
    differences: rows.flatMap(toDifferences),
    totals: {
      byEvents: toTotal(totals?.event_sums),
      byCounters: toTotal(totals?.counter_sums),
      byRollups: toTotal(totals?.rollup_sums),
    },
  };
}

/** A workspace without entries has no sums. */
function toTotal(sums: readonly (bigint | null)[] | null | undefined): BooksTotal {
  return { events: sums?.[REQUESTS] ?? 0n, costNanoUsd: (sums?.[SPEND] ?? 0n) + (sums?.[BYOK] ?? 0n) };
}

const add = (left: BooksTotal, right: BooksTotal): BooksTotal => ({
  events: left.events + right.events,
  costNanoUsd: left.costNanoUsd + right.costNanoUsd,
});

const addTotals = (left: Totals, right: Totals): Totals => ({
  byEvents: add(left.byEvents, right.byEvents),
  byCounters: add(left.byCounters, right.byCounters),
  byRollups: add(left.byRollups, right.byRollups),
});

function toDifferences(row: Row): Difference[] {
  const { window } = row;
  if (window === null) return [];
  return MEASURES.flatMap((measure, index) => {
    const events = row.event_sums[index] ?? 0n;
    const counters = row.counter_sums === null ? null : (row.counter_sums[index] ?? 0n);
    const rollups = row.rollup_sums === null ? null : (row.rollup_sums[index] ?? 0n);
    if ((counters === null || events === counters) && (rollups === null || events === rollups)) return [];
    return {
      keyHash: row.key_hash,
      measure,
      window,
      startsOn: row.starts_on,
      events,
      counters,
      rollups,
      rollup: row.rollup,
    };
  });
}

/** The workspaces whose books a caller may ask for, deleted ones included: what was spent there was spent. */
export async function listBooks(call: Call): Promise<string[]> {
  if (call.workspace !== null) return [call.workspace];
  const rows = await queryRows<{ id: string }>(
    // Each is reconciled on its own, in a fixed order.
    'SELECT id FROM workspaces ORDER BY id',
    [],
  );
  return rows.map(({ id }) => id);
}

/** Keeps the outcome for pages that say as of when the books balance. */
async function noteReconciliation(
  workspaceId: string,
  at: Date,
  { byEvents, byCounters, byRollups }: Totals,
  found: readonly Difference[],
): Promise<void> {
  const kept = JSON.stringify(found.slice(0, FOUND_MAX), (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  await queryRows(
    // The newest check wins, whichever ends first.
    `INSERT INTO reconciliations AS r (workspace_id, checked_at, events, cost_nano_usd, counter_events, counter_cost_nano_usd,
            rollup_events, rollup_cost_nano_usd, differences, found)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)
         ON CONFLICT (workspace_id) DO UPDATE SET checked_at = EXCLUDED.checked_at, events = EXCLUDED.events,
            cost_nano_usd = EXCLUDED.cost_nano_usd, counter_events = EXCLUDED.counter_events,
            counter_cost_nano_usd = EXCLUDED.counter_cost_nano_usd, rollup_events = EXCLUDED.rollup_events,
            rollup_cost_nano_usd = EXCLUDED.rollup_cost_nano_usd, differences = EXCLUDED.differences, found = EXCLUDED.found
          WHERE r.checked_at <= EXCLUDED.checked_at`,
    [
      ...[workspaceId, at.toISOString(), byEvents.events, byEvents.costNanoUsd],
      ...[byCounters.events, byCounters.costNanoUsd, byRollups.events, byRollups.costNanoUsd, found.length, kept],
    ],
  );
}
