import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { utcDate } from '../../core/time-window';
import type { Query } from '../../server/db';
import { inWideSnapshot } from '../../server/snapshot';
import { FUTURE_SECONDS_MAX } from '../../usage/contract';
import type { Moment } from '../compose';
import { floorTo } from '../range';

/** One workspace at one moment: every figure read from it counts the same events. */
export interface Snapshot {
  readonly query: Query;
  readonly workspaceId: string;
  readonly moment: Moment;
  readonly asOf: Date;
  readonly eventsRecorded: bigint;
  readonly prunedBefore: Date | null;
  /** The UTC days before this instant are over. Events may still be recorded for them. */
  readonly today: number;
  /** Another as soon as an event was recorded for those days, or the workspace's books were repaired. */
  readonly version: string;
}

/** Reads a workspace's usage at one moment. Asks for `usage:read`; a workspace out of reach is not found. */
export async function inUsageSnapshot<Answer>(
  call: Call,
  workspaceId: string,
  work: (snapshot: Snapshot) => Promise<Answer>,
): Promise<Answer> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
  return inWideSnapshot(async (unremembered) => {
    const query = remember(unremembered);
    const today = floorTo('day', call.now.getTime());
    const [state] = await query<{ pruned_before: Date | null; events: bigint; running: bigint; book_repairs: number }>(
      // The lifetime counter moves with every recorded event, so it says up to which one the snapshot counts; no row: none
      // yet. So do the days, of which two at the most are not over.
      `SELECT r.pruned_before, COALESCE(c.requests, 0) AS events, COALESCE(w.book_repairs, 0) AS book_repairs,
              (SELECT COALESCE(add_up(d.requests), 0) FROM workspace_counters d
                WHERE d.workspace_id = $1 AND d."window" = 'day' AND d.starts_on >= $2::date) AS running
         FROM retention r
         LEFT JOIN workspaces w ON w.id = $1
         LEFT JOIN workspace_counters c
           ON c.workspace_id = $1 AND c."window" = 'lifetime' AND c.starts_on = '0001-01-01'`,
      [workspaceId, utcDate(new Date(today))],
    );
    const prunedBefore = state?.pruned_before ?? null;
    const eventsRecorded = state?.events ?? 0n;
    const eventsOfOver = eventsRecorded - (state?.running ?? 0n);
    return work({
      query,
      workspaceId,
      moment: {
        horizon: call.now.getTime() + FUTURE_SECONDS_MAX * 1000,
        prunedBefore: prunedBefore?.getTime() ?? null,
      },
      asOf: call.now,
      eventsRecorded,
      prunedBefore,
      today,
      version: `${today} ${eventsOfOver} ${state?.book_repairs ?? 0}`,
    });
  });
}

/** At one moment a statement has one answer, so what several figures need is read once. */
function remember(query: Query): Query {
  const answers = new Map<string, Promise<object[]>>();
  return async <Row extends object>(text: string, values: readonly unknown[]) => {
    const name = nameOf(text, values);
    const answer = answers.get(name) ?? query<Row>(text, values);
    answers.set(name, answer);
    // The same statement with the same values has rows of the same shape.
    return (await answer) as Row[];
  };
}

/** A statement and its values as one text. */
export function nameOf(text: string, values: readonly unknown[]): string {
  return JSON.stringify([text, values], (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}
