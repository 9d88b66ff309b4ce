import { z } from 'zod';
import { type Call, canReach, requireScope } from '../core/call';
import { queryRows } from '../server/db';
import { type BooksTotal, type Difference, type LastReconciliation, MEASURES } from './contract';

const amount = z.coerce.bigint();
/** Differences as they were kept: 64-bit integers are texts there. */
const keptDifferences: z.ZodType<Difference[]> = z.array(
  z.object({
    keyHash: z.string().nullable(),
    measure: z.enum(MEASURES),
    window: z.enum(['day', 'week', 'month', 'lifetime']),
    startsOn: z.string(),
    events: amount,
    counters: amount.nullable(),
    rollups: amount.nullable(),
    rollup: z.string().nullable(),
  }),
);

interface Row {
  checked_at: Date;
  events: bigint;
  cost_nano_usd: bigint | null;
  counter_events: bigint | null;
  counter_cost_nano_usd: bigint | null;
  rollup_events: bigint | null;
  rollup_cost_nano_usd: bigint | null;
  differences: number;
  found: unknown;
}

/** When a workspace's books were last checked, and with what outcome. NULL: never. */
export async function findLastReconciliation(call: Call, workspaceId: string): Promise<LastReconciliation | null> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) return null;
  const rows = await queryRows<Row>(
    // By primary key.
    `SELECT checked_at, events, cost_nano_usd, counter_events, counter_cost_nano_usd, rollup_events, rollup_cost_nano_usd,
            differences, found
       FROM reconciliations WHERE workspace_id = $1`,
    [workspaceId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    isBalanced: row.differences === 0,
    checkedAt: row.checked_at,
    events: row.events,
    costNanoUsd: row.cost_nano_usd,
    counters: toTotal(row.counter_events, row.counter_cost_nano_usd),
    rollups: toTotal(row.rollup_events, row.rollup_cost_nano_usd),
    differences: row.differences,
    found: keptDifferences.parse(row.found),
  };
}

function toTotal(events: bigint | null, costNanoUsd: bigint | null): BooksTotal | null {
  return events === null || costNanoUsd === null ? null : { events, costNanoUsd };
}
