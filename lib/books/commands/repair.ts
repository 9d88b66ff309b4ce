import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { inQueryTransaction, inTransaction, queryRows } from '../../server/db';
import { plainArray } from '../../server/sql-array';
import { LATENCY_BOUNDS_MS } from '../../usage/latency';
import { ledgerLock } from '../../usage/ledger-lock';
import { findPrunedBefore, listUsageMonths, type Month } from '../../usage/queries';
import {
  REBUILD_KEY_HOURS,
  REBUILD_KEY_MONTHS,
  REBUILD_LATENCIES,
  REBUILD_ROLLUPS,
  REBUILD_WORKSPACE_COUNTERS,
} from '../rebuild-statements';

/** Keys whose counters are rebuilt together; recording waits that long. */
const KEYS_AT_ONCE = 25;

export interface RepairOptions {
  /** Told after each step, of which there are `total`. */
  readonly onStep?: (done: number, total: number) => void;
}

/**
 * Rebuilds every roll-up of a workspace from its events, and every counter from the roll-ups, while usage goes on being
 * recorded: in steps of a day or some keys, of which each has to itself only what it rebuilds. What was summed
 * of events that were pruned is left as it is. Answers how many rows were wrong.
 */
export async function repairBooks(
  call: Call,
  workspaceId: string,
  { onStep }: RepairOptions = {},
): Promise<{ changed: number }> {
  requireScope(call, 'workspaces:write');
  const prunedBefore = await findPrunedBefore();
  const months = (await listUsageMonths(workspaceId)).filter(
    ({ from }) => prunedBefore === null || new Date(from) >= prunedBefore,
  );
  const days = await listDays(workspaceId, months);
  const keyIds = await listKeyIds(workspaceId);
  const total = days.length + Math.ceil(keyIds.length / KEYS_AT_ONCE) + 1;
  let done = 0;
  let changed = 0;
  const step = async (locks: readonly string[], statements: readonly (readonly [string, ...unknown[]])[]) => {
    changed += await rebuild(workspaceId, locks, statements);
    done += 1;
    onStep?.(done, total);
  };
  for (const day of days) {
    await step(
      [ledgerLock(workspaceId, day)],
      [
        [REBUILD_KEY_HOURS, day],
        [REBUILD_ROLLUPS, day],
        [REBUILD_LATENCIES, day, plainArray([...LATENCY_BOUNDS_MS])],
      ],
    );
  }
  for (let index = 0; index < keyIds.length; index += KEYS_AT_ONCE) {
    const ids = plainArray(keyIds.slice(index, index + KEYS_AT_ONCE));
    await step([ledgerLock(workspaceId)], [[REBUILD_KEY_MONTHS, ids]]);
  }
  await step([ledgerLock(workspaceId)], [[REBUILD_WORKSPACE_COUNTERS]]);
  await inTransaction(async (tx) => {
    await recordAudit(call, tx, {
      workspaceId,
      action: 'books.repair',
      subjectId: workspaceId,
      subjectName: 'Books',
      detail: { changed },
    });
  });
  return { changed };
}

/** Runs statements in one transaction that keeps recording out of what they rebuild. */
function rebuild(
  workspaceId: string,
  locks: readonly string[],
  statements: readonly (readonly [string, ...unknown[]])[],
): Promise<number> {
  return inQueryTransaction(async (query) => {
    // Whoever records holds these in common until its commit; what it wrote is seen by the statements that follow.
    for (const lock of locks) await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', [lock]);
    let changed = 0;
    for (const [text, ...values] of statements) {
      const [row] = await query<{ changed: bigint }>(text, [workspaceId, ...values]);
      changed += Number(row?.changed ?? 0n);
    }
    // Who keeps sums in memory lets go of them with the commit.
    if (changed > 0) await query('UPDATE workspaces SET book_repairs = book_repairs + 1 WHERE id = $1', [workspaceId]);
    return changed;
  });
}

/** The UTC days of some months that have events, or sums that claim to be of some. */
async function listDays(workspaceId: string, months: readonly Month[]): Promise<string[]> {
  const days: string[] = [];
  for (const month of months) {
    const rows = await queryRows<{ day: string }>(
      // Both sides: a roll-up without an event is as wrong as an event without a roll-up.
      `SELECT DISTINCT (occurred_at AT TIME ZONE 'UTC')::date AS day FROM usage_events
        WHERE workspace_id = $1 AND occurred_at >= $2::date AND occurred_at < $3::date
        UNION
       SELECT DISTINCT (hour AT TIME ZONE 'UTC')::date FROM key_hours WHERE workspace_id = $1 AND hour >= $2::date AND hour < $3::date
        UNION
       SELECT DISTINCT (starts_at AT TIME ZONE 'UTC')::date FROM usage_rollups WHERE workspace_id = $1 AND starts_at >= $2::date AND starts_at < $3::date
        UNION
       SELECT DISTINCT (starts_at AT TIME ZONE 'UTC')::date FROM latency_buckets WHERE workspace_id = $1 AND starts_at >= $2::date AND starts_at < $3::date
        ORDER BY 1`,
      [workspaceId, month.from, month.to],
    );
    days.push(...rows.map(({ day }) => day));
  }
  return days;
}

async function listKeyIds(workspaceId: string): Promise<bigint[]> {
  const rows = await queryRows<{ id: bigint }>(
    // Deleted keys keep their books; counters of a key that never was are wrong, and go.
    `SELECT id FROM api_keys WHERE workspace_id = $1
      UNION
     SELECT key_id FROM key_months WHERE workspace_id = $1 ORDER BY 1`,
    [workspaceId],
  );
  return rows.map(({ id }) => id);
}
