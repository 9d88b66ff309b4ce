import { eventsPerHour, keyCountOf } from './plan';
import { floorTo, hoursOf } from './range';
import { selectEvents } from './select-events';
import { selectRuns } from './select-runs';
import { type LaidRun, type Parameters, type Run, type Subject, selectRun } from './statement';
import type { Table } from './table';

/** Whole buckets of a table that are laid to one bucket of the answer, or each to that of `edges` in which it starts. */
export interface PlacedRun extends Run {
  readonly place: number | readonly number[];
}

/** Several runs of one table, each laid to some buckets. */
export interface LaidRuns {
  readonly table: Table;
  readonly runs: readonly LaidRun[];
}

/** What has to be read for the sums of a subject: of each table its runs, and single events. */
export interface Reading {
  readonly subject: Subject;
  readonly runs: readonly PlacedRun[];
  readonly laid: readonly LaidRuns[];
  readonly eventRuns: readonly LaidRun[];
}

/** A reading in two parts whose sums together are those of the whole. */
export interface SplitReading {
  /** What comes to the same again and again: nothing that is recorded from the instant on is in any of its buckets. */
  readonly steady: Reading;
  /** A bucket that spans the instant, all after it, and events up to a bound that is another a moment later. */
  readonly moving: Reading;
}

/** All zones are whole quarters of an hour off UTC, so what begins and ends with such does not move with the clock. */
const QUARTER_MILLISECONDS = 900_000;

/** Splits a reading at an instant. */
export function splitReading({ subject, runs, laid, eventRuns }: Reading, instant: number): SplitReading {
  const part = (isBefore: boolean, events: readonly LaidRun[]): Reading => {
    const clip = <One extends { readonly from: number; readonly to: number }>(ones: readonly One[], at: number) =>
      ones.flatMap((one) => {
        const from = isBefore ? one.from : Math.max(one.from, at);
        const to = isBefore ? Math.min(one.to, at) : one.to;
        return from < to ? [{ ...one, from, to }] : [];
      });
    return {
      subject,
      runs: runs.flatMap((run) => clip([run], floorTo(run.table.grain, instant))),
      laid: laid.flatMap(({ table, runs }) => {
        const clipped = clip(runs, floorTo(table.grain, instant));
        return clipped.length === 0 ? [] : [{ table, runs: clipped }];
      }),
      eventRuns: events,
    };
  };
  const isSteady = ({ from, to }: LaidRun) =>
    to <= instant && from % QUARTER_MILLISECONDS === 0 && to % QUARTER_MILLISECONDS === 0;
  const steadyEvents = eventRuns.filter(isSteady);
  const movingEvents = eventRuns.filter((run) => !isSteady(run));
  return { steady: part(true, steadyEvents), moving: part(false, movingEvents) };
}

const HOUR_MILLISECONDS = 3_600_000;

/** How many rows a reading reads. An estimate. */
export function rowsIn({ subject, runs, laid, eventRuns }: Reading): number {
  const keys = subject.keyIds?.length ?? 'all';
  const hoursIn = (ones: readonly { readonly from: number; readonly to: number }[]) =>
    ones.reduce((hours, { from, to }) => hours + (to - from) / HOUR_MILLISECONDS, 0);
  const inTable = ({ columns, grain, rowsPerBucket }: Table, hours: number) =>
    (hours / hoursOf(grain)) * rowsPerBucket * (columns.key === undefined ? 1 : keyCountOf(keys));
  return [
    ...runs.map((run) => inTable(run.table, hoursIn([run]))),
    ...laid.map(({ table, runs }) => inTable(table, hoursIn(runs))),
    eventsPerHour(keys) * hoursIn(eventRuns),
  ].reduce((sum, rows) => sum + rows, 0);
}

/** The rows of a reading, as selects that are to be added up. None where there is nothing to read. */
export function selectReading({ subject, runs, laid, eventRuns }: Reading, parameters: Parameters): string[] {
  return [
    ...runs.map((run) => selectRun(subject, run, placeText(run.place, parameters), parameters)),
    ...laid.map(({ table, runs }) => selectRuns(subject, table, runs, parameters)),
    ...(eventRuns.length > 0 ? selectEvents(subject, eventRuns, parameters) : []),
  ];
}

function placeText(place: PlacedRun['place'], parameters: Parameters): string {
  if (typeof place === 'number') return String(place);
  const starts = parameters.add(
    place.map((edge) => new Date(edge).toISOString()),
    'timestamptz[]',
  );
  return `(width_bucket($START, ${starts}) - 1)`;
}
