import type { Call } from '../../core/call';
import type { Dimension, Range } from '../contract';
import { askUsage } from './ask-usage';

/** A value that usage of a range can be filtered by. */
export interface UsedValue {
  /** A key's hash, else the value itself. NULL: usage without one. */
  readonly id: string | null;
  readonly name: string | null;
  readonly requests: bigint;
}

/** A list to choose from is this long at most; the rest is found by grouping. */
const VALUES_MAX = 200;

/** The values that a dimension had in a range, the most used first. */
export async function listUsedValues(
  call: Call,
  workspaceId: string,
  dimension: Dimension,
  range: Range,
): Promise<UsedValue[]> {
  const { groups } = await askUsage(call, {
    workspaceId,
    ...range,
    timeZone: 'UTC',
    granularity: null,
    groupBy: [dimension],
    filters: [],
    measures: ['requests'],
    orderBy: { measure: 'requests', by: 'sum' },
    top: VALUES_MAX,
    previous: null,
    isLatencyWanted: false,
  });
  return groups.flatMap(({ values: [value], total }) =>
    value ? { id: value.id, name: value.name, requests: total.sums.requests } : [],
  );
}
