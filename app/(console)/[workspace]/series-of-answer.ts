import type { ChartBuckets, ChartPrevious, ChartSeries } from '@/components/charts/chart-data';
import { formatDaysShort } from '@/components/format/time';
import type { Figures, Measure, Range, UsageAnswer, Value } from '@/lib/analytics/contract';
import type { Period } from '@/lib/analytics/period';
import type { Slots } from '@/lib/analytics/series-slots';
import type { Granularity } from '@/lib/core/zone';

/** What a value is called where a name is needed: also where there is none. */
function valueName({ dimension, name }: Value): string {
  if (name !== null) return dimension === 'status_class' ? `${name}xx` : name;
  return dimension === 'tag' ? '(no tag)' : '(none)';
}

/** What a group is called. */
export function valueNames(values: readonly Value[]): string {
  return values.map(valueName).join(', ');
}

/** A group's id in slots and lists: the key's hash or the value; '' where there is none. */
export function valueId(values: readonly Value[]): string {
  return values.map(({ id }) => id ?? '').join('\u0000');
}

export function bucketsOf(
  { bounds }: Pick<UsageAnswer<Measure>, 'bounds'>,
  granularity: Granularity,
  zone: string,
  { isOpen }: Pick<Period, 'isOpen'>,
): ChartBuckets {
  return { bounds: bounds ?? [], granularity, zone, isLastOpen: isOpen };
}

/** Without the buckets that have not begun at a moment: what is to come is not nothing, but not there yet. */
export function untilNow<M extends Measure>(answer: UsageAnswer<M>, now: Date): UsageAnswer<M> {
  const { bounds, series, groups, other } = answer;
  if (!bounds || !series) return answer;
  const begun = Math.max(1, bounds.slice(0, -1).filter((start) => start <= now).length);
  const cut = (all: readonly Figures<M>[] | null) => all?.slice(0, begun) ?? null;
  return {
    ...answer,
    bounds: bounds.slice(0, begun + 1),
    series: cut(series),
    groups: groups.map((group) => ({ ...group, series: cut(group.series) })),
    other: other && { ...other, series: cut(other.series) },
  };
}

/** The groups of an answer as series of one measure, the largest first and Other last. */
export function seriesOf<M extends Measure>(answer: UsageAnswer<M>, measure: M, slots: Slots): ChartSeries[] {
  const groups = answer.groups.map(
    ({ values, series }): ChartSeries => ({
      id: valueId(values),
      name: valueNames(values),
      color: slots.get(valueId(values)) ?? null,
      values: series?.map(({ sums }) => sums[measure]) ?? [],
    }),
  );
  const { other } = answer;
  if (!other) return groups;
  const name = otherName(answer);
  return [...groups, { id: 'other', name, color: null, values: other.series?.map(({ sums }) => sums[measure]) ?? [] }];
}

/** `Other (32)`: how many have no row of their own. */
export function otherName({ groupCount, groups }: { groupCount: number; groups: readonly unknown[] }): string {
  return `Other (${groupCount - groups.length})`;
}

/** The whole of the period before, bucket by bucket. NULL: it was not asked for. */
export function previousOf<M extends Measure>(
  { previousSeries, previousBounds }: UsageAnswer<M>,
  measure: M,
  range: Range,
  zone: string,
): ChartPrevious | null {
  if (!previousSeries || !previousBounds) return null;
  return {
    label: formatDaysShort(range.from, range.to, zone),
    bounds: previousBounds,
    values: previousSeries.map((sums) => sums[measure]),
  };
}
