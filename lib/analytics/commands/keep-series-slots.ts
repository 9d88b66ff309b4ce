import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { queryRows } from '../../server/db';
import type { Dimension } from '../contract';
import { askUsage } from '../queries/ask-usage';
import { assignSlots, isSlot, SLOTS, type Slot, type Slots } from '../series-slots';

const DAY_MILLISECONDS = 86_400_000;
/** Ranks are by the spend of a quarter. */
const RANKED_DAYS = 90;
/** While a palette has free slots, what is new may have one soon. */
const RANKED_AGAIN_MILLISECONDS = 600_000;

interface Row {
  value: string;
  slot: number;
  ranked_at: Date;
}

/**
 * The colours of a workspace's keys, models or another dimension, by the key's hash or the value. They are ranked once a day
 * by whoever looks first, and kept: an entity has one colour on every page and every day.
 */
export async function keepSeriesSlots(call: Call, workspaceId: string, dimension: Dimension): Promise<Slots> {
  requireScope(call, 'usage:read');
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
  const rows = await queryRows<Row>(
    // By the first two columns of the primary key: eight rows at most.
    'SELECT value, slot, ranked_at FROM series_slots WHERE workspace_id = $1 AND dimension = $2 ORDER BY slot',
    [workspaceId, dimension],
  );
  const kept: Slots = new Map(
    rows.flatMap(({ value, slot }): [string, Slot][] => (isSlot(slot) ? [[value, slot]] : [])),
  );
  const age = call.now.getTime() - (rows[0]?.ranked_at.getTime() ?? 0);
  const isFresh = age < (kept.size === SLOTS.length ? DAY_MILLISECONDS : RANKED_AGAIN_MILLISECONDS);
  if (rows.length > 0 && isFresh) return kept;
  const slots = assignSlots(kept, await rankBySpend(call, workspaceId, dimension));
  await queryRows(
    // The newest ranking wins, whichever ends first. Slots beyond the ranking are given up.
    `WITH ranked AS (
       INSERT INTO series_slots AS s (workspace_id, dimension, slot, value, ranked_at)
         SELECT $1, $2, r.slot, r.value, $5 FROM unnest($3::smallint[], $4::text[]) r(slot, value)
         ON CONFLICT (workspace_id, dimension, slot) DO UPDATE SET value = EXCLUDED.value, ranked_at = EXCLUDED.ranked_at
            WHERE s.ranked_at <= EXCLUDED.ranked_at)
     DELETE FROM series_slots WHERE workspace_id = $1 AND dimension = $2 AND slot <> ALL ($3::smallint[]) AND ranked_at <= $5`,
    [workspaceId, dimension, [...slots.values()], [...slots.keys()], call.now],
  );
  return slots;
}

async function rankBySpend(call: Call, workspaceId: string, dimension: Dimension): Promise<string[]> {
  const day = Math.floor(call.now.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  const { groups } = await askUsage(call, {
    workspaceId,
    // Whole days of UTC, which the coarsest roll-ups answer.
    from: new Date(day - (RANKED_DAYS - 1) * DAY_MILLISECONDS),
    to: new Date(day + DAY_MILLISECONDS),
    timeZone: 'UTC',
    granularity: null,
    groupBy: [dimension],
    filters: [],
    measures: ['requests', 'spendNanoUsd'],
    orderBy: { measure: 'spendNanoUsd', by: 'sum' },
    top: SLOTS.length,
    previous: null,
    isLatencyWanted: false,
  });
  return groups.flatMap(({ values }) => values[0]?.id ?? []);
}
