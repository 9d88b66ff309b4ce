'use server';

import { z } from 'zod';
import { formatCompactCount } from '@/components/format/number';
import { DIMENSIONS } from '@/lib/analytics/contract';
import { resolvePeriod } from '@/lib/analytics/period';
import { listUsedValues } from '@/lib/analytics/queries/list-values';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';
import { toSearchParams } from '../search-params';
import { valueWords } from './explore-words';
import { readExploreParams } from './read-explore-params';

/** A value to filter by. */
export interface FilterOption {
  /** NULL: usage without one. */
  readonly id: string | null;
  readonly label: string;
  /** Requests in the period: `9.52M`. */
  readonly requests: string;
}

const query = z.string().max(20_000);

/** What usage of the period of an address can be filtered by, the most used first. */
export const listValuesAction = action(
  z.object({ dimension: z.enum(DIMENSIONS), query }),
  async (call, { dimension, query: text }, { workspace }): Promise<FilterOption[]> => {
    const { period } = readExploreParams(toSearchParams(text));
    const { from, to } = resolvePeriod(period, workspace.timeZone, call.now);
    const values = await listUsedValues(call, workspace.id, dimension, { from, to });
    if (values.length === 0) throw new AppError('not_found', 'Nothing was used in this period.');
    return values.map(({ id, name, requests }) => ({
      id,
      label: dimension === 'key' && name !== null ? name : valueWords(dimension, id),
      requests: formatCompactCount(requests),
    }));
  },
  { isQuiet: true },
);
