import { setTimeout as sleep } from 'node:timers/promises';
import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { isLockTimeout } from '../../server/database-error';
import { inTransaction, queryRows } from '../../server/db';
import { type EventPartition, findPrunedBefore, listEventPartitions } from '../../usage/queries';
import { listBooks, reconcileMonth } from './reconcile';

/** Idempotency keys are promised for 35 days. */
const CLAIM_DAYS = 36;
const CLAIMS_AT_ONCE = 10_000;

/** The first of the month so many months before the running one, in UTC. */
export function pruneBoundary(now: Date, monthsKept: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsKept, 1));
}

/** The partitions whose events all occurred before the boundary. */
export async function listPrunable(boundary: Date): Promise<EventPartition[]> {
  const partitions = await listEventPartitions();
  return partitions.filter(({ to }) => new Date(to) <= boundary);
}

/**
 * Removes a month's events, of all workspaces, and keeps what was summed of them: its figures stay exact to the hour and
 * the day. Refuses a month whose books do not balance, while the events can still tell who is right. A month that was
 * pruned before, and to which late events came, is pruned again.
 */
export async function pruneMonth(call: Call, partition: EventPartition): Promise<void> {
  requireScope(call, 'workspaces:write');
  if (call.workspace !== null) throw new AppError('forbidden', 'Events are pruned for the whole account.');
  const prunedBefore = await findPrunedBefore();
  // What came late to a month that was pruned is the least part of its sums: the hours of keys stand for the rest.
  const isPruned = prunedBefore !== null && new Date(partition.from) < prunedBefore;
  for (const workspaceId of await listBooks(call)) {
    const { differences } = await reconcileMonth(workspaceId, partition, isPruned);
    if (differences.length > 0) {
      throw new AppError(
        'conflict',
        `The books of ${partition.from.slice(0, 7)} do not balance. Run reconcile --repair before its events are removed.`,
      );
    }
  }
  await retryLockTimeouts(() => removePartition(call, partition));
}

const LOCK_ATTEMPTS_MAX = 60;
const LOCK_PAUSE_MILLISECONDS = 1000;

/** Whoever reads or records waits behind the one who wants the whole table: it asks briefly, and lets them through between. */
async function retryLockTimeouts(attempt: () => Promise<void>): Promise<void> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (attempts === LOCK_ATTEMPTS_MAX)
        throw new AppError('conflict', 'Events are being read for minutes on end, as by an export. Prune again later.');
      await sleep(LOCK_PAUSE_MILLISECONDS);
    }
  }
}

function removePartition(call: Call, partition: EventPartition): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL lock_timeout = '500ms'`;
    await tx.$executeRaw`UPDATE retention SET pruned_before = GREATEST(pruned_before, ${partition.to}::date::timestamptz)`;
    // The name comes from the catalogue and is made of letters, digits and underscores. That there was BYOK usage is all
    // that no sum keeps where it cost nothing.
    await tx.$executeRawUnsafe(
      `UPDATE workspaces w SET has_byok_usage = true
        WHERE NOT has_byok_usage AND EXISTS (SELECT 1 FROM "${partition.table}" e WHERE e.workspace_id = w.id AND e.is_byok)`,
    );
    await tx.$executeRawUnsafe(`DROP TABLE "${partition.table}"`);
    await recordAudit(call, tx, {
      workspaceId: null,
      action: 'usage.prune',
      subjectId: partition.table,
      subjectName: partition.from.slice(0, 7),
    });
  });
}

/** Forgets idempotency keys past the time that they are promised for, some thousand at a time. Answers how many. */
export async function pruneClaims(now: Date): Promise<number> {
  const before = new Date(now.getTime() - CLAIM_DAYS * 86_400_000).toISOString();
  for (let removed = 0; ; ) {
    const rows = await queryRows<{ removed: bigint }>(
      // By the index on claimed_at; bounded, so that recording never waits long for these rows.
      `WITH removed AS (
         DELETE FROM idempotency_claims WHERE (workspace_id, idempotency_key) IN (
                SELECT workspace_id, idempotency_key FROM idempotency_claims WHERE claimed_at < $1 ORDER BY claimed_at LIMIT ${CLAIMS_AT_ONCE})
         RETURNING 1)
       SELECT COUNT(*) AS removed FROM removed`,
      [before],
    );
    const count = Number(rows[0]?.removed ?? 0n);
    removed += count;
    if (count < CLAIMS_AT_ONCE) return removed;
  }
}
