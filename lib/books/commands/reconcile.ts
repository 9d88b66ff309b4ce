import { type Call, requireScope } from '../../core/call';
import { queryRows } from '../../server/db';
import { findPrunedBefore, listUsageMonths, type Month } from '../../usage/queries';
import { DIFFERENCES_MAX, type Difference, MEASURES, type Reconciliation } from '../contract';
import { RECONCILE_MONTH, RECONCILE_PRUNED_MONTH, RECONCILE_SPANS } from '../statements';

interface Row {
  key_hash: string | null;
  /** NULL: the row of the totals. */
  window: Difference['window'] | null;
  starts_on: string;
  rollup: string | null;
  event_sums: (bigint | null)[];
  counter_sums: bigint[] | null;
  rollup_sums: bigint[] | null;
}

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
  let events = 0n;
  let costNanoUsd = 0n;
  for (const workspaceId of await listBooks(call)) {
    const found: Difference[] = [];
    const prunedBefore = await findPrunedBefore();
    let workspaceEvents = 0n;
    let workspaceCostNanoUsd = 0n;
    for (const month of await listUsageMonths(workspaceId)) {
      const isPruned = prunedBefore !== null && new Date(month.from) < prunedBefore;
      const compared = await reconcileMonth(workspaceId, month, isPruned);
      found.push(...compared.differences);
      workspaceEvents += compared.events;
      workspaceCostNanoUsd += compared.costNanoUsd;
      onMonth?.(month.from.slice(0, 7));
    }
    found.push(...(await queryRows<Row>(RECONCILE_SPANS, [workspaceId])).flatMap(toDifferences));
    await noteReconciliation(workspaceId, call.now, workspaceEvents, workspaceCostNanoUsd, found.length);
    events += workspaceEvents;
    costNanoUsd += workspaceCostNanoUsd;
    differences.push(...found);
  }
  return {
    isBalanced: differences.length === 0,
    checkedAt: call.now,
    events,
    costNanoUsd,
    differences: differences.slice(0, DIFFERENCES_MAX),
  };
}

/** Compares one month of a workspace. Where its events were pruned the hours of keys stand for them. */
export async function reconcileMonth(
  workspaceId: string,
  month: Month,
  isPruned: boolean,
): Promise<{ differences: Difference[]; events: bigint; costNanoUsd: bigint }> {
  const rows = await queryRows<Row>(isPruned ? RECONCILE_PRUNED_MONTH : RECONCILE_MONTH, [
    workspaceId,
    month.from,
    month.to,
  ]);
  const totals = rows.find((row) => row.window === null)?.event_sums ?? [];
  return {
    differences: rows.flatMap(toDifferences),
    events: totals[0] ?? 0n,
    costNanoUsd: (totals[SPEND] ?? 0n) + (totals[BYOK] ?? 0n),
  };
}

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
  events: bigint,
  costNanoUsd: bigint,
  differences: number,
): Promise<void> {
  await queryRows(
    // The newest check wins, whichever ends first.
    `INSERT INTO reconciliations AS r (workspace_id, checked_at, events, cost_nano_usd, differences) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (workspace_id) DO UPDATE SET checked_at = EXCLUDED.checked_at, events = EXCLUDED.events,
            cost_nano_usd = EXCLUDED.cost_nano_usd, differences = EXCLUDED.differences
          WHERE r.checked_at <= EXCLUDED.checked_at`,
    [workspaceId, at.toISOString(), events, costNanoUsd, differences],
  );
}
