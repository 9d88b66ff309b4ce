import { cutCorrections, type LaidPiece, type LaidPieces } from './corrections';
import type { Column, Need } from './plan';
import { eventsPerHour, planRange, planSeries, type RangePlan } from './plan';
import { cutRange, cutSeries, type Grain, hoursOf } from './range';
import type { LaidRuns, PlacedRun, Reading } from './reading';
import type { LaidRun, Subject } from './statement';
import { LATENCY_DAYS, LATENCY_HOURS, type Table, tableOf } from './table';

/** What decides which pieces there are: after `horizon` is no event, before `prunedBefore` are only roll-ups. */
export interface Moment {
  readonly horizon: number;
  readonly prunedBefore: number | null;
}

/** No roll-up tells the columns apart, and the events that would are pruned. */
export class PrunedError extends Error {}

const HOUR_MILLISECONDS = 3_600_000;

/** The columns that whatever is read has to tell apart. */
export function columnsOf(subject: Subject): Column[] {
  const columns = new Set<Column>(subject.keyIds === null ? [] : ['key']);
  for (const column of subject.columns) if (column !== 'latency_bucket') columns.add(column);
  for (const { column } of subject.filters) columns.add(column);
  return [...columns];
}

function needOf(subject: Subject): Need {
  return {
    columns: columnsOf(subject),
    measures: subject.measures,
    keys: subject.keyIds === null ? 'all' : subject.keyIds.length,
  };
}

/** The grain that bounds before the pruned events' end must keep to. NULL: there is no roll-up, so no such bound can be had. */
export function finestGrain(subject: Subject): Grain | null {
  if (subject.columns.includes('latency_bucket')) return latencyTable(subject)?.grain ?? null;
  return planRange(needOf(subject)).sources.at(-1)?.grain ?? null;
}

/** A range, and the bucket that it is added to. */
export interface PlacedRange {
  readonly from: number;
  readonly to: number;
  readonly bucket: number;
}

/** What is read for sums over ranges that have nothing to do with each other, but that those of one bucket do not overlap. */
export function composeRanges(subject: Subject, ranges: readonly PlacedRange[], moment: Moment): Reading {
  const { sources, ladder } = planRange(needOf(subject));
  const runs: PlacedRun[] = [];
  const eventRuns: LaidRun[] = [];
  for (const { from, to, bucket } of ranges) {
    for (const piece of cutRange(from, to, ladder, moment.horizon)) {
      const source = piece.rung === null ? undefined : sources[piece.rung];
      if (source) runs.push({ ...piece, table: tableOf(source), place: bucket });
      else eventRuns.push({ from: piece.from, to: piece.to, buckets: [{ bucket, sign: piece.sign }] });
    }
  }
  assertKept(eventRuns, moment);
  return { subject, runs, laid: [], eventRuns };
}

/** A series out of whole buckets of a roll-up, and what lies beside its bounds. NULL: out of events alone. */
interface SeriesPlan {
  readonly table: Table | null;
  readonly beside: readonly LaidPiece[];
}

/** What is read for sums over adjoining ranges, `bounds` being one more than buckets. */
export function composeSeries(subject: Subject, bounds: readonly number[], moment: Moment): Reading {
  if (subject.columns.includes('latency_bucket')) {
    const table = latencyTable(subject);
    const beside = table ? cutBeside(bounds, table.grain, EVENTS_ALONE, moment).pieces : [];
    return fromTable(subject, { table, beside }, bounds, moment);
  }
  return fromTable(subject, planBest(subject, bounds, moment), bounds, moment);
}

/** No roll-up at all; what events cost is not compared with anything. */
const EVENTS_ALONE: RangePlan = { sources: [], ladder: { rungs: [], eventsPerHour: 0 } };

/** What lies beside the bounds of a series of whole buckets of `grain`. */
function cutBeside(bounds: readonly number[], grain: Grain, finer: RangePlan, { horizon }: Moment): LaidPieces {
  return cutCorrections(cutSeries(bounds, grain, horizon).corrections, grain, finer, horizon);
}

/** Days of 23 hours, and months of 31 days, are as long as a day and a month. */
const BUCKETS_ACROSS_MAX = 1.2;

/** The way that reads the fewest rows, of those that need no event that was pruned. */
function planBest(subject: Subject, bounds: readonly number[], moment: Moment): SeriesPlan {
  const need = needOf(subject);
  const kept = moment.prunedBefore ?? Number.NEGATIVE_INFINITY;
  const hours = ((bounds.at(-1) ?? 0) - (bounds[0] ?? 0)) / HOUR_MILLISECONDS;
  // A few keys are looked up one by one, for each bound anew: their events are then as near as a roll-up of them.
  const finer =
    subject.keyIds === null
      ? planRange(need)
      : { sources: [], ladder: { rungs: [], eventsPerHour: eventsPerHour(need.keys) } };
  // Where events were pruned the buckets are as long as what is left tells; others may be shorter.
  const longest = Math.max(...bounds.slice(1).map((to, index) => to - (bounds[index] ?? to))) / HOUR_MILLISECONDS;
  // Roll-ups of one grain have the same beside their bounds.
  const besideOf = new Map<Grain, LaidPieces>();
  let best: SeriesPlan = { table: null, beside: [] };
  let lowest = (bounds[0] ?? 0) < kept ? Number.POSITIVE_INFINITY : eventsPerHour(need.keys) * hours;
  for (const { source, rowsPerHour } of planSeries(need)) {
    // Of buckets that are longer than all that are asked for more lies beside the bounds than between them.
    if (hoursOf(source.grain) > BUCKETS_ACROSS_MAX * longest) continue;
    const beside = besideOf.get(source.grain) ?? cutBeside(bounds, source.grain, finer, moment);
    besideOf.set(source.grain, beside);
    if (beside.pieces.some((piece) => piece.source === null && piece.from < kept)) continue;
    const cost = rowsPerHour * hours + beside.cost;
    if (cost >= lowest) continue;
    lowest = cost;
    best = { table: tableOf(source), beside: beside.pieces };
  }
  return best;
}

/** The roll-up that counts latencies for a subject. NULL: none does. */
function latencyTable(subject: Subject): Table | null {
  const columns = columnsOf(subject);
  if (columns.length === 0) return LATENCY_HOURS;
  return columns.every((column) => column === 'key') ? LATENCY_DAYS : null;
}

function fromTable(
  subject: Subject,
  { table, beside }: SeriesPlan,
  bounds: readonly number[],
  moment: Moment,
): Reading {
  if (table === null) {
    const eventRuns = bounds.slice(1).flatMap((to, bucket): LaidRun[] => {
      const from = bounds[bucket] ?? to;
      return from < to && from < moment.horizon ? [{ from, to, buckets: [{ bucket, sign: 1 }] }] : [];
    });
    assertKept(eventRuns, moment);
    return { subject, runs: [], laid: [], eventRuns };
  }
  const { edges } = cutSeries(bounds, table.grain, moment.horizon);
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const sources = new Set(beside.flatMap((piece) => piece.source ?? []));
  const laid = [...sources].map(
    (source): LaidRuns => ({ table: tableOf(source), runs: beside.filter((piece) => piece.source === source) }),
  );
  const eventRuns = beside.filter((piece) => piece.source === null);
  assertKept(eventRuns, moment);
  return { subject, runs: from < to ? [{ table, from, to, sign: 1, place: edges }] : [], laid, eventRuns };
}

function assertKept(runs: readonly LaidRun[], { prunedBefore }: Moment): void {
  if (prunedBefore !== null && runs.some(({ from }) => from < prunedBefore)) throw new PrunedError();
}
