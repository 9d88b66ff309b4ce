import { LATENCY_BOUNDS_MS } from '../../usage/latency';
import { finestGrain, type PlacedRange } from '../compose';
import type { Measure, Range, UsageQuestion } from '../contract';
import { groupColumns } from '../groups';
import { moveBounds, seriesBounds } from '../question';
import { coarserGrain, type Grain } from '../range';
import type { Subject } from '../statement';
import type { GroupColumn } from '../table';
import { eventFilters, findKeyIds, pickKeys } from './find-keys';
import type { Snapshot } from './snapshot';

/** A question with what has to be known before it can be answered. */
export interface SettledQuestion<M extends Measure> {
  readonly snapshot: Snapshot;
  readonly question: UsageQuestion<M>;
  readonly range: Range;
  readonly previousRange: Range | null;
  readonly bounds: readonly number[] | null;
  readonly previousBounds: readonly number[] | null;
  readonly movedTo: Grain | null;
  /** How many keys the filters leave. NULL: they speak of none. */
  readonly keyCount: number | null;
  /** Whether those are a good part of all keys. */
  readonly areMostKeys: boolean;
  /** A statement's subject that groups by some columns, of the question's workspace, keys and filters. */
  readonly subjectOf: (columns: readonly GroupColumn[]) => Subject;
}

/** Finds the keys that a question is about, and moves its bounds to what is still kept. */
export async function settleQuestion<M extends Measure>(
  snapshot: Snapshot,
  question: UsageQuestion<M>,
): Promise<SettledQuestion<M>> {
  const { granularity, groupBy, previous } = question;
  const found = await findKeyIds(snapshot, question.filters);
  const keys = pickKeys(found?.ids ?? null, found?.areMost);
  const filters = [...keys.filters, ...eventFilters(question.filters)];
  const measures = [...new Set<Measure>(['requests', 'errors', question.orderBy.measure, ...question.measures])];
  const subjectOf = (columns: readonly GroupColumn[]): Subject => ({
    workspaceId: snapshot.workspaceId,
    columns,
    measures: columns.includes('latency_bucket') ? ['requests'] : measures,
    filters,
    keyIds: keys.keyIds,
    latencyBounds: LATENCY_BOUNDS_MS,
  });
  // All figures of an answer keep to the coarsest grain that any of them needs, so that they tie out.
  const latency: GroupColumn[] = question.isLatencyWanted ? ['latency_bucket'] : [];
  const grain = [[], groupColumns(groupBy), latency, [...groupColumns(groupBy), ...latency]]
    .map((columns) => finestGrain(subjectOf(columns)))
    .reduce(coarserGrain);
  const move = (range: Range) =>
    moveBounds(
      granularity ? seriesBounds(question, granularity, range) : [range.from.getTime(), range.to.getTime()],
      snapshot.moment.prunedBefore,
      grain,
    );
  const current = move(question);
  const before = previous && move(previous);
  return {
    snapshot,
    question,
    range: rangeOf(current.bounds),
    previousRange: before && rangeOf(before.bounds),
    bounds: granularity && current.bounds,
    previousBounds: granularity && (before?.bounds ?? null),
    keyCount: found?.ids.length ?? null,
    areMostKeys: found?.areMost ?? false,
    movedTo: current.isMoved || before?.isMoved ? grain : null,
    subjectOf,
  };
}

/** From the first bound to the last. A range that was moved into one point is empty. */
function rangeOf(bounds: readonly number[]): Range {
  return { from: new Date(bounds[0] ?? 0), to: new Date(bounds.at(-1) ?? 0) };
}

/** The range and the one before, as the buckets 0 and 1 of a statement. */
export function rangesOf({ range, previousRange }: SettledQuestion<Measure>): PlacedRange[] {
  return [range, ...(previousRange ? [previousRange] : [])].map(({ from, to }, bucket) => ({
    from: from.getTime(),
    to: to.getTime(),
    bucket,
  }));
}
