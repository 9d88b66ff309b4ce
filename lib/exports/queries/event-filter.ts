import { AppError } from '../../core/errors';
import { queryRows } from '../../server/db';
import type { ExportFilter, ExportParameters, StatusFilter } from '../contract';

/**
 * Usage events `e` of a workspace in `[from, to)` with their keys `k`, deleted ones too, as far as a filter lets them
 * through. $1 to $11 of `eventParameters`; a NULL filters nothing. What names no model or endpoint counts as `(none)`.
 */
export const FROM_EVENTS = `
   FROM usage_events e JOIN api_keys k ON k.workspace_id = e.workspace_id AND k.id = e.key_id
  WHERE e.workspace_id = $1::uuid AND e.occurred_at >= $2::timestamptz AND e.occurred_at < $3::timestamptz
    AND ($4::text[] IS NULL OR k.hash = ANY($4::text[]))
    AND ($5::text IS NULL OR e.environment = $5::text::environment)
    AND ($6::text[] IS NULL OR COALESCE(e.model, '(none)') = ANY($6::text[]))
    AND ($7::text[] IS NULL OR COALESCE(e.endpoint, '(none)') = ANY($7::text[]))
    AND ($8::int IS NULL OR e.status BETWEEN $8::int AND $9::int)
    AND ($10::text IS NULL OR k.owner = $10::text)
    AND ($11::text IS NULL OR $11::text = ANY(k.tags))`;

/** Which events: a workspace's in `[from, to)`. */
export interface EventScope {
  readonly workspaceId: string;
  readonly from: Date;
  readonly to: Date;
  readonly filter: ExportFilter;
}

export function eventParameters({ workspaceId, from, to, filter }: EventScope): unknown[] {
  const [least, greatest] = filter.status === undefined ? [null, null] : statusBounds(filter.status);
  return [
    workspaceId,
    from,
    to,
    filter.keyHashes ?? null,
    filter.environment ?? null,
    filter.models ?? null,
    filter.endpoints ?? null,
    least,
    greatest,
    filter.owner ?? null,
    filter.tag ?? null,
  ];
}

/** What events call it that a filter names: `(none)` stands for none as well, which is '' in roll-ups. */
export function namesOf(names: readonly string[]): string[] {
  return names.includes('(none)') ? [...names, ''] : [...names];
}

/** The classes of status that a filter lets through. */
export function classesOf(status: StatusFilter): number[] {
  const [least, greatest] = statusBounds(status);
  return [1, 2, 3, 4, 5].filter((first) => first * 100 >= least && first * 100 <= greatest);
}

/** Statuses from 400 on are errors. */
function statusBounds(status: StatusFilter): readonly [number, number] {
  switch (status) {
    case 'success':
      return [100, 399];
    case 'error':
      return [400, 599];
    default:
      return [Number(status[0]) * 100, Number(status[0]) * 100 + 99];
  }
}

/** The scope of an export of usage. */
export function scopeOf(workspaceId: string, { range, filter }: ExportParameters): EventScope {
  if (range === null) throw new Error('An export of usage has a range.');
  return { workspaceId, from: new Date(range.from), to: new Date(range.to), filter };
}

/** What of a range can be read. */
export interface Extant {
  /** What was recorded before it is kept as sums. NULL: everything is there. */
  readonly prunedBefore: Date | null;
  /** Whether the range asks for anything of that. */
  readonly isPruned: boolean;
  /** The range without the months before the workspace's first and after its last; NULL: it has no usage then. */
  readonly range: { readonly from: Date; readonly to: Date } | null;
}

/** What was pruned of a range, and which part of it can hold anything at all. */
export async function findExtant({ workspaceId, from, to }: EventScope): Promise<Extant> {
  const [row] = await queryRows<{
    first: Date | null;
    end: Date | null;
    pruned_before: Date | null;
    is_pruned: boolean;
  }>(
    // One row. A month with usage has a counter, and a half hour a row of the roll-up, both also of what was pruned.
    `SELECT m.first, m.end, t.pruned_before,
            EXISTS (SELECT FROM usage_rollups r
                     WHERE r.workspace_id = $1::uuid AND r.rollup = 'class_half_hour' AND r.starts_at < t.pruned_before
                       AND r.starts_at >= date_bin('30 minutes', $2::timestamptz, timestamptz '2000-01-01Z')
                       AND r.starts_at < $3::timestamptz) AS is_pruned
       FROM retention t
      CROSS JOIN (SELECT MIN(starts_on)::timestamp AT TIME ZONE 'UTC' AS first,
                         (MAX(starts_on) + interval '1 month') AT TIME ZONE 'UTC' AS end
                    FROM workspace_counters WHERE workspace_id = $1::uuid AND "window" = 'month') m`,
    [workspaceId, from, to],
  );
  const { first = null, end = null, pruned_before: prunedBefore = null, is_pruned: isPruned = false } = row ?? {};
  // Before that moment the range may still begin in the middle of what was pruned, without asking for any of it.
  const start = latest(from, first, isPruned ? null : prunedBefore);
  const stop = end !== null && end < to ? end : to;
  return { prunedBefore, isPruned, range: first !== null && start < stop ? { from: start, to: stop } : null };
}

function latest(one: Date, ...others: readonly (Date | null)[]): Date {
  return others.reduce<Date>((late, other) => (other !== null && other > late ? other : late), one);
}

/** Refuses single events that were pruned, and sums that only they could tell: they would be less than the books say. */
export async function refusePruned(scope: EventScope): Promise<void> {
  const { prunedBefore, isPruned } = await findExtant(scope);
  if (!isPruned || prunedBefore === null) return;
  const at = prunedBefore.toISOString();
  throw new AppError('invalid_input', `Events before ${at} were pruned. Start the range then or later.`);
}
