import { createHash } from 'node:crypto';
import { AppError } from '../../core/errors';
import { type Moment, PrunedError } from '../compose';
import { EVENTS_READ_MAX } from '../contract';
import { KeptSums } from '../kept-sums';
import { floorTo } from '../range';
import { type Reading, rowsIn, selectReading, splitReading } from '../reading';
import { type LaidRun, Parameters, type Subject, sumUp } from '../statement';
import { listSums, type SumLists, selectLists, toLists } from '../sum-lists';
import type { SumsRow } from '../sums';
import { nameOf, type Snapshot } from './snapshot';

/**
 * Finds what has to be read, and checks that it can be: that the events it needs are still kept, and are not so many
 * that reading them one by one would take the database's time from those who record.
 */
export async function prepare(
  snapshot: Snapshot,
  subject: Subject,
  compose: (moment: Moment) => Reading,
): Promise<Reading> {
  const reading = composeUnpruned(snapshot, compose);
  if (reading.eventRuns.length > 0) {
    const events = await countEvents(snapshot, subject, reading.eventRuns);
    if (events > BigInt(EVENTS_READ_MAX)) {
      throw new AppError(
        'invalid_input',
        `This takes ${events} events to be read one by one, and ${EVENTS_READ_MAX} is the most. Ask for a shorter range, for fewer keys or for fewer dimensions.`,
      );
    }
  }
  return reading;
}

/**
 * The sums of a subject, or the rows of a statement that is put around them. None where there is nothing to read. What is
 * much to read of the days that are over is read once and kept for as long as nothing more is recorded for those days.
 */
export async function readSums(
  snapshot: Snapshot,
  subject: Subject,
  compose: (moment: Moment) => Reading,
  putAround: (sums: string, parameters: Parameters) => string = (sums) => sums,
): Promise<SumsRow[]> {
  const reading = await prepare(snapshot, subject, compose);
  const parameters = new Parameters();
  const { steady, moving } = splitReading(reading, snapshot.today);
  const kept = rowsIn(steady) >= ROWS_KEPT_MIN ? await readKept(snapshot, steady) : null;
  const selects = kept
    ? [...selectReading(moving, parameters), ...selectLists(subject, kept, parameters)]
    : selectReading(reading, parameters);
  if (selects.length === 0) return [];
  return snapshot.query<SumsRow>(putAround(sumUp(subject, selects), parameters), parameters.values);
}

/** From so many rows it is worth keeping what they come to. */
const ROWS_KEPT_MIN = 1_000;
/** So many sums are sent back to the database at most; where there are more all is read anew. */
const SUMS_KEPT_MAX = 20_000;
/** Characters of lists that are kept in memory. */
const CHARACTERS_KEPT_MAX = 16_000_000;

/** By the statement that reads them. NULL: there are too many. */
const keptLists = new KeptSums<{ readonly lists: SumLists | null }>(CHARACTERS_KEPT_MAX);

/** The sums of days that are over, from memory where nothing was recorded for those days since they were read. */
async function readKept({ query, version }: Snapshot, reading: Reading): Promise<SumLists | null> {
  const { subject } = reading;
  const parameters = new Parameters();
  const text = listSums(subject, selectReading(reading, parameters), SUMS_KEPT_MAX + 1);
  const name = createHash('sha256').update(nameOf(text, parameters.values)).digest('base64');
  const kept = keptLists.find(name, version);
  if (kept) return kept.lists;
  // One row, whose lists are NULL where there are no sums.
  const [row] = await query<SumsRow>(text, parameters.values);
  const lists = Number(row?.sums ?? 0n) > SUMS_KEPT_MAX ? null : toLists(subject, row ?? {});
  const size = name.length + (lists ?? []).reduce((length, list) => length + list.length, 0);
  keptLists.keep(name, { version, sums: { lists }, size });
  return lists;
}

function composeUnpruned({ prunedBefore, moment }: Snapshot, compose: (moment: Moment) => Reading): Reading {
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
async function countEvents(snapshot: Snapshot, subject: Subject, runs: readonly LaidRun[]): Promise<bigint> {
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
    // A row for each month in which a key was used, by primary key.
    `SELECT add_up(requests) AS events FROM key_months WHERE workspace_id = $1 AND key_id = ANY ($2::bigint[])`,
    [snapshot.workspaceId, keyIds],
  );
  return rows[0]?.events ?? 0n;
}
