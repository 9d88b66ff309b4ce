import { finestGrain } from '../../analytics/compose';
import { type Composed, composeRange } from '../../analytics/compose-range';
import type { Measure } from '../../analytics/contract';
import type { Column } from '../../analytics/plan';
import { pickKeys } from '../../analytics/queries/find-keys';
import type { ColumnFilter, Subject } from '../../analytics/statement';
import { queryRows } from '../../server/db';
import { classesOf, type EventScope, type Extant, findExtant, namesOf } from './event-filter';

/** Usage that a file is about, with what has to be known before it can be summed. */
export interface FoundUsage {
  readonly scope: EventScope;
  readonly extant: Extant;
  /** Keys that the filter leaves. NULL: all. */
  readonly keyIds: readonly bigint[] | null;
}

export async function findUsage(scope: EventScope): Promise<FoundUsage> {
  const { keyHashes = null, owner = null, tag = null } = scope.filter;
  const extant = await findExtant(scope);
  if (keyHashes === null && owner === null && tag === null) return { scope, extant, keyIds: null };
  const rows = await queryRows<{ id: bigint }>(
    // Keys of one workspace, deleted ones too: what they spent was spent. Every column is of the key itself.
    `SELECT k.id FROM api_keys k
      WHERE k.workspace_id = $1::uuid AND ($2::text[] IS NULL OR k.hash = ANY($2::text[]))
        AND ($3::text IS NULL OR k.owner = $3::text) AND ($4::text IS NULL OR $4::text = ANY(k.tags)) ORDER BY k.id`,
    [scope.workspaceId, keyHashes, owner, tag],
  );
  return { scope, extant, keyIds: rows.map(({ id }) => id) };
}

/** A statement of sums by some columns, of the keys of `usage`: out of roll-ups as far as they tell what the filter asks. */
export function composeSums(usage: FoundUsage, columns: readonly Column[], measures: readonly Measure[]): Composed {
  const { scope, extant } = usage;
  const range = extant.range ?? { from: scope.from, to: scope.from };
  return composeRange(subjectOf(usage, columns, measures), range, extant.prunedBefore);
}

/** Whether a roll-up tells what the filter asks: else its events are read one by one. */
export function isRolledUp(usage: FoundUsage): boolean {
  return finestGrain(subjectOf(usage, [], [])) !== null;
}

function subjectOf({ scope, keyIds }: FoundUsage, columns: readonly Column[], measures: readonly Measure[]): Subject {
  const { environment, models, endpoints, status } = scope.filter;
  const picked = pickKeys(keyIds);
  const only = (column: Column, values: ColumnFilter['values'] | undefined): ColumnFilter[] =>
    values === undefined ? [] : [{ column, values, isExcluded: false }];
  return {
    workspaceId: scope.workspaceId,
    columns,
    measures: [...new Set<Measure>(['requests', ...measures])],
    filters: [
      ...picked.filters,
      ...only('environment', environment && [environment]),
      ...only('model', models && namesOf(models)),
      ...only('endpoint', endpoints && namesOf(endpoints)),
      ...only('status_class', status && classesOf(status)),
    ],
    keyIds: picked.keyIds,
    latencyBounds: [],
  };
}
