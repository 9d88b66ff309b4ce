import { AppError } from '../core/errors';
import { type Granularity, instantOfWall, wallTime, zonedBounds } from '../core/zone';
import {
  BUCKETS_MAX,
  CELLS_MAX,
  FILTER_VALUES_MAX,
  FILTERS_MAX,
  GROUP_DIMENSIONS_MAX,
  GROUPS_MAX,
  type Measure,
  RANGE_DAYS_MAX,
  type Range,
  type UsageQuestion,
} from './contract';
import { floorTo, type Grain } from './range';

const DAY_MILLISECONDS = 86_400_000;
const refuse = (message: string, field: string): never => {
  throw new AppError('invalid_input', message, { field });
};

/** Refuses a question that is no question, or too large a one, in a sentence that says what to ask instead. */
export function checkQuestion<M extends Measure>(question: UsageQuestion<M>): void {
  checkRange(question, 'from');
  if (question.previous) checkRange(question.previous, 'previous');
  const { groupBy, filters, top } = question;
  if (groupBy.length > GROUP_DIMENSIONS_MAX) refuse(`Group by ${GROUP_DIMENSIONS_MAX} dimensions at most.`, 'group_by');
  if (new Set(groupBy).size < groupBy.length) refuse('Group by each dimension once.', 'group_by');
  if (filters.length > FILTERS_MAX) refuse(`Give ${FILTERS_MAX} filters at most.`, 'filters');
  if (filters.some(({ values }) => values.length > FILTER_VALUES_MAX))
    refuse(`Give ${FILTER_VALUES_MAX} values at most in a filter.`, 'filters');
  if (!Number.isInteger(top) || top < 1 || top > GROUPS_MAX) refuse(`Name 1 to ${GROUPS_MAX} groups.`, 'top');
}

function checkRange({ from, to }: Range, field: string): void {
  if (from >= to) refuse('The range has to start before it ends.', field);
  if (to.getTime() - from.getTime() > RANGE_DAYS_MAX * DAY_MILLISECONDS)
    refuse(`A range is ${RANGE_DAYS_MAX} days long at most.`, field);
}

/** The bounds of a series, at most `BUCKETS_MAX` buckets and `CELLS_MAX` figures in all. */
export function seriesBounds(
  { timeZone, groupBy, top }: Pick<UsageQuestion<Measure>, 'timeZone' | 'groupBy' | 'top'>,
  granularity: Granularity,
  { from, to }: Range,
): number[] {
  const bounds = zonedBounds(timeZone, granularity, from.getTime(), to.getTime(), BUCKETS_MAX);
  if (bounds === null)
    return refuse(
      `That is more than ${BUCKETS_MAX} buckets. Ask for longer buckets or a shorter range.`,
      'granularity',
    );
  if (groupBy.length > 0 && (bounds.length - 1) * top > CELLS_MAX)
    return refuse(
      `That is more than ${CELLS_MAX} figures. Ask for fewer groups, longer buckets or a shorter range.`,
      'top',
    );
  return bounds;
}

/** Bounds before the pruned events' end, moved back to a start of the grain. Buckets that so become empty are left out. */
export function moveBounds(
  bounds: readonly number[],
  prunedBefore: number | null,
  grain: Grain | null,
): { bounds: number[]; isMoved: boolean } {
  if (prunedBefore === null || grain === null) return { bounds: [...bounds], isMoved: false };
  const moved = bounds.map((bound) => (bound < prunedBefore ? floorTo(grain, bound) : bound));
  const isMoved = moved.some((bound, index) => bound !== bounds[index]);
  return { bounds: moved.filter((bound, index) => index === 0 || bound > (moved[index - 1] ?? 0)), isMoved };
}

/**
 * The range of the same length just before, on the wall: thirty days before thirty days, whatever the clock did between.
 */
export function previousRange({ from, to }: Range, timeZone: string): Range {
  const [start, end] = [wallTime(timeZone, from.getTime()), wallTime(timeZone, to.getTime())];
  const previous = instantOfWall(timeZone, start - (end - start));
  return { from: new Date(Math.min(previous, from.getTime() - 1)), to: from };
}
