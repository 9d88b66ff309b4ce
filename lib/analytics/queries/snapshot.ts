import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import type { Query } from '../../server/db';
import { inWideSnapshot } from '../../server/snapshot';
import { FUTURE_SECONDS_MAX } from '../../usage/contract';
import { type Composed, type Moment, PrunedError } from '../compose';
import { EVENTS_READ_MAX } from '../contract';
import { floorTo } from '../range';
import type { EventRun } from '../select-events';
import type { Parameters, Subject } from '../statement';
import type { SumsRow } from '../sums';

/** One workspace at one moment: every figure read from it counts the same events. */
export interface Snapshot {
  readonly query: Query;
  readonly workspaceId: string;
  readonly moment: Moment;
  readonly asOf: Date;
  readonly eventsRecorded: bigint;
  readonly prunedBefore: Date | null;
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
    const [state] = await query<{ pruned_before: Date | null; events: bigint }>(
      // The lifetime counter moves with every recorded event, so it says up to which one the snapshot counts; no row: none yet.
      `SELECT r.pruned_before, COALESCE(c.requests, 0) AS events
         FROM retention r LEFT JOIN workspace_counters c
           ON c.workspace_id = $1 AND c."window" = 'lifetime' AND c.starts_on = '0001-01-01'`,
      [workspaceId],
    );
    const prunedBefore = state?.pruned_before ?? null;
    return work({
      query,
      workspaceId,
      moment: {
        horizon: call.now.getTime() + FUTURE_SECONDS_MAX * 1000,
        prunedBefore: prunedBefore?.getTime() ?? null,
      },
      asOf: call.now,
      eventsRecorded: state?.events ?? 0n,
      prunedBefore,
    });
  });
}

/** At one moment a statement has one answer, so what several figures need is read once. */
function remember(query: Query): Query {
  const answers = new Map<string, Promise<object[]>>();
  return async <Row extends object>(text: string, values: readonly unknown[]) => {
    const name = JSON.stringify([text, values], (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    const answer = answers.get(name) ?? query<Row>(text, values);
    answers.set(name, answer);
    // The same statement with the same values has rows of the same shape.
    return (await answer) as Row[];
  };
}

/**
 * Composes a statement and checks that it can be answered: that the events it needs are still kept, and are not so many
 * that reading them one by one would take the database's time from those who record.
 */
export async function prepare(
  snapshot: Snapshot,
  subject: Subject,
  compose: (moment: Moment) => Composed,
): Promise<Composed> {
  const composed = composeKept(snapshot, compose);
  if (composed.eventRuns.length > 0) {
    const events = await countEvents(snapshot, subject, composed.eventRuns);
    if (events > BigInt(EVENTS_READ_MAX)) {
      throw new AppError(
        'invalid_input',
        `This takes ${events} events to be read one by one, and ${EVENTS_READ_MAX} is the most. Ask for a shorter range, for fewer keys or for fewer dimensions.`,
      );
    }
  }
  return composed;
}

/** The rows of a composed statement, or of one that is put around it. None where there is nothing to read. */
export async function readSums(
  snapshot: Snapshot,
  subject: Subject,
  compose: (moment: Moment) => Composed,
  putAround: (sums: string, parameters: Parameters) => string = (sums) => sums,
): Promise<SumsRow[]> {
  const { text, parameters } = await prepare(snapshot, subject, compose);
  return text === null ? [] : snapshot.query<SumsRow>(putAround(text, parameters), parameters.values);
}

function composeKept({ prunedBefore, moment }: Snapshot, compose: (moment: Moment) => Composed): Composed {
  try {
    return compose(moment);
  } catch (error) {
    if (!(error instanceof PrunedError)) throw error;
    throw new AppError(
      'invalid_input',
      `Events before ${prunedBefore?.toISOString()} were pruned, and no roll-up tells these dimensions apart. Start the range then or later, or ask for fewer dimensions.`,
    );
  }
}

/**
 * How many events lie in some ranges, or a few more: whole half hours and hours are counted. Where all that was ever
 * recorded is few enough, that number is answered.
 */
async function countEvents(snapshot: Snapshot, subject: Subject, runs: readonly EventRun[]): Promise<bigint> {
  const ever = subject.keyIds === null ? snapshot.eventsRecorded : await countEver(snapshot, subject.keyIds);
  if (ever <= BigInt(EVENTS_READ_MAX)) return ever;
  const from = runs.map((run) => new Date(floorTo('hour', run.from)).toISOString());
  const to = runs.map((run) => new Date(run.to).toISOString());
  const values = [snapshot.workspaceId, from, to];
  const rows =
    subject.keyIds === null
      ? await snapshot.query<{ events: bigint }>(
          // A few rows for each half hour, by a range of the primary key: the narrowest roll-up of the workspace.
          `SELECT add_up(r.requests) AS events FROM unnest($2::timestamptz[], $3::timestamptz[]) p(starts_at, ends_at)
            CROSS JOIN LATERAL (SELECT add_up(requests) AS requests FROM usage_rollups
                                 WHERE workspace_id = $1 AND rollup = 'class_half_hour'
                                   AND starts_at >= p.starts_at AND starts_at < p.ends_at) r`,
          values,
        )
      : await snapshot.query<{ events: bigint }>(
          // A row for each hour of each key, by a range of the primary key.
          `SELECT add_up(r.requests) AS events FROM unnest($2::timestamptz[], $3::timestamptz[]) p(starts_at, ends_at)
            CROSS JOIN unnest($4::bigint[]) k(key_id)
            CROSS JOIN LATERAL (SELECT add_up(requests) AS requests FROM key_hours
                                 WHERE workspace_id = $1 AND key_id = k.key_id AND hour >= p.starts_at AND hour < p.ends_at) r`,
          [...values, subject.keyIds],
        );
  return rows[0]?.events ?? 0n;
}

async function countEver(snapshot: Snapshot, keyIds: readonly bigint[]): Promise<bigint> {
  const rows = await snapshot.query<{ events: bigint }>(
    // A lifetime counter for each key that was ever used, by primary key.
    `SELECT add_up(requests) AS events FROM key_counters
      WHERE workspace_id = $1 AND key_id = ANY ($2::bigint[]) AND "window" = 'lifetime' AND starts_on = '0001-01-01'`,
    [snapshot.workspaceId, keyIds],
  );
  return rows[0]?.events ?? 0n;
}
