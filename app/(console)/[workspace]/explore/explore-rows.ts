import type { ChartSeries } from '@/components/charts/chart-data';
import type { SeriesSlot } from '@/components/charts/series-color';
import { type Breakdown, type BreakdownRow, bucketFigures } from '@/lib/analytics/breakdown';
import { isAdditive, type ShownMeasure, type ShownValue } from '@/lib/analytics/measures-shown';
import type { KeyFacts } from '@/lib/analytics/queries/find-key-facts';
import { SLOTS, type Slots } from '@/lib/analytics/series-slots';
import { valueId, valueNames } from '../series-of-answer';

/** A line of the table, as the table and the CSV show it. */
export interface ExploreRow {
  readonly id: string;
  /** `rest`: what has no line of its own, of the whole or of a group. */
  readonly kind: 'group' | 'part' | 'rest';
  /** Whether it divides the group above. */
  readonly isInner: boolean;
  readonly name: string;
  /** The value of its group and of its part, for links. NULL: it has none of its own. */
  readonly values: readonly (string | null)[] | null;
  readonly slot: SeriesSlot;
  /** NULL: no key, or a key without one. */
  readonly owner: string | null;
  /** Whether it is a key that still has a page. */
  readonly hasKeyPage: boolean;
  readonly value: ShownValue;
  readonly previous: ShownValue;
  readonly requests: bigint;
  readonly series: readonly ShownValue[];
  readonly mean: ShownValue;
  readonly meanBuckets: number;
  readonly highest: ShownValue;
}

interface RowSetting {
  readonly slots: Slots;
  readonly facts: ReadonlyMap<string, KeyFacts>;
  /** Whether the last bucket still runs. */
  readonly isLastOpen: boolean;
}

/** The lines of a breakdown in the order of the table: groups with their parts below them, then what is left. */
export function toRows(breakdown: Breakdown, setting: RowSetting): ExploreRow[] {
  const line = (row: BreakdownRow, own: Pick<ExploreRow, 'id' | 'kind' | 'name'> & Partial<ExploreRow>): ExploreRow => {
    const { mean, meanBuckets, highest } = bucketFigures(row.series, setting.isLastOpen);
    const { value, previous, requests, series } = row;
    return {
      isInner: false,
      values: null,
      slot: null,
      owner: null,
      hasKeyPage: false,
      ...{ value, previous, requests, series, mean, meanBuckets, highest },
      ...own,
    };
  };
  const named = (row: BreakdownRow) => ({ name: valueNames(row.values) });
  const rows = breakdown.groups.flatMap((group): ExploreRow[] => {
    const id = valueId(group.values);
    const facts = setting.facts.get(id);
    const values = group.values.map((value) => value.id);
    return [
      line(group, {
        id,
        kind: 'group',
        ...named(group),
        values,
        slot: setting.slots.get(id) ?? null,
        owner: facts?.owner ?? null,
        hasKeyPage: facts?.isDeleted === false,
      }),
      ...group.parts.map((part) =>
        line(part, {
          id: `${id}\u0000${valueId(part.values)}`,
          kind: 'part',
          isInner: true,
          ...named(part),
          values: [...values, ...part.values.map((value) => value.id)],
        }),
      ),
      ...(group.otherParts
        ? [line(group.otherParts, { id: `${id}\u0000\u0000`, kind: 'rest', isInner: true, name: 'Other' })]
        : []),
    ];
  });
  if (!breakdown.other) return rows;
  return [...rows, line(breakdown.other, { id: '\u0000', kind: 'rest', name: restName(breakdown) })];
}

/** `Other (32)`: how many groups have no line of their own. */
export function restName({ groupCount, groups }: Pick<Breakdown, 'groupCount' | 'groups'>): string {
  return `Other (${groupCount - groups.length})`;
}

/** What the chart draws: as many groups as there are colours, and what is left where it adds up. */
export function toSeries(breakdown: Breakdown, measure: ShownMeasure, slots: Slots, title: string): ChartSeries[] {
  const { groups, whole, groupCount, isExactSum } = breakdown;
  if (groups.length === 0) {
    const color = measure === 'errors' || measure === 'error_rate' ? 'danger' : 'quantity';
    return [{ id: 'all', name: title, color, values: whole.series }];
  }
  const shown = groups.slice(0, SLOTS.length);
  const series = shown.map((group): ChartSeries => {
    const id = valueId(group.values);
    return { id, name: valueNames(group.values), color: slots.get(id) ?? null, values: group.series };
  });
  const hasRest = isExactSum && isAdditive(measure) && groupCount > shown.length;
  if (!hasRest) return series;
  const rest = whole.series.map((value, bucket) =>
    shown.reduce((left, group) => left - BigInt(group.series[bucket] ?? 0), BigInt(value ?? 0)),
  );
  return [...series, { id: 'other', name: `Other (${groupCount - shown.length})`, color: null, values: rest }];
}
