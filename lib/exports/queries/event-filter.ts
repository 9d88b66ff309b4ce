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

/** Refuses rows and sums of usage whose events were pruned: they would add up to less than the books say. */
export async function refusePruned({ workspaceId, from, to }: EventScope): Promise<void> {
  const rows = await queryRows<{ pruned_before: Date }>(
    // A row where something was pruned that the range asks for: the roll-up by half hour keeps what the events were.
    `SELECT t.pruned_before FROM retention t
      WHERE EXISTS (SELECT 1 FROM usage_rollups r
                     WHERE r.workspace_id = $1::uuid AND r.rollup = 'class_half_hour' AND r.starts_at < t.pruned_before
                       AND r.starts_at >= date_bin('30 minutes', $2::timestamptz, timestamptz '2000-01-01Z') AND r.starts_at < $3::timestamptz)`,
    [workspaceId, from, to],
  );
  const [row] = rows;
  if (!row) return;
  const at = row.pruned_before.toISOString();
  throw new AppError('invalid_input', `Events before ${at} were pruned. Start the range then or later.`);
}
