import { type UsageWindow, utcDate, windowStart } from '../../core/time-window';
import type { Layer } from '../../limits/layers';
import { runningSpend, windowStartsOn } from '../../limits/running-spend';
import type { Query } from '../../server/db';
import { FUTURE_SECONDS_MAX } from '../../usage/contract';

/** A ceiling in one of its windows. What a batch grants is added to what it holds. */
export type HeldLayer = Omit<Layer, 'heldNanoUsd'> & {
  heldNanoUsd: bigint;
  /** An instant of the window. */
  readonly at: Date;
};

interface LayerRow {
  key_id: bigint;
  workspace_id: string;
  scope: 'key' | 'workspace';
  window: UsageWindow;
  limit_nano_usd: bigint;
  used: bigint;
  held: bigint;
}

const PLACES = { day: '$3::date', week: '$4::date', month: '$5::date' };

/**
 * Of each key with a limit, and of each budget: what its running window has used, and what open holds reserve. BYOK
 * counts where the key or the workspace says so; a missing counter is 0; an expired hold holds nothing.
 */
const READ_LAYERS = `
  SELECT k.id AS key_id, k.workspace_id, 'key' AS scope, k.limit_window AS "window", k.limit_nano_usd,
         (c.spend + CASE WHEN k.include_byok_in_limit THEN c.byok ELSE 0 END)::bigint AS used,
         (SELECT COALESCE(SUM(amount_nano_usd), 0) FROM holds h WHERE h.workspace_id = k.workspace_id AND h.key_id = k.id
             AND h.state = 'open' AND h.expires_at > $6)::bigint AS held
    FROM unnest($1::uuid[], $2::bigint[]) AS wanted(workspace_id, key_id)
    JOIN api_keys k ON k.workspace_id = wanted.workspace_id AND k.id = wanted.key_id AND k.limit_nano_usd IS NOT NULL
    ${runningSpend(PLACES)}
   UNION ALL
  SELECT NULL, b.workspace_id, 'workspace', b."window", b.limit_nano_usd,
         (COALESCE(c.spend_nano_usd, 0) + CASE WHEN w.include_byok_in_budgets THEN COALESCE(c.byok_nano_usd, 0) ELSE 0 END)::bigint,
         (SELECT COALESCE(SUM(amount_nano_usd), 0) FROM holds h WHERE h.workspace_id = b.workspace_id
             AND h.state = 'open' AND h.expires_at > $6)::bigint
    FROM budgets b
    JOIN workspaces w ON w.id = b.workspace_id
    LEFT JOIN workspace_counters c ON c.workspace_id = b.workspace_id AND c."window" = b."window"
     AND c.starts_on = ${windowStartsOn('b."window"', PLACES)}
   WHERE b.workspace_id = ANY($1::uuid[])`;

export interface HeldKey {
  readonly id: bigint;
  readonly workspaceId: string;
}

/**
 * The layers of keys, by the key's id: their own limits first. A budget is one object for all keys of its workspace, so
 * that holds add up in it. Where the next window is nearer than an event may lie ahead, it is a layer too: what was held
 * in this one may be spent in that. So a clock that is behind, and a wait for the lock, do no harm either.
 */
export async function readLayers(
  query: Query,
  keys: readonly HeldKey[],
  now: Date,
): Promise<ReadonlyMap<bigint, readonly HeldLayer[]>> {
  const ahead = new Date(now.getTime() + FUTURE_SECONDS_MAX * 1000);
  const isNextNear = utcDate(ahead) !== utcDate(now);
  const running = await readLayersAt(query, keys, now, now);
  const next = isNextNear ? await readLayersAt(query, keys, ahead, now) : [];
  const layers = [...running, ...next.filter(({ layer }) => windowBegins(layer.window, now, ahead))];
  return new Map(
    keys.map((key) => [
      key.id,
      layers
        .filter(({ row }) => (row.scope === 'key' ? row.key_id === key.id : row.workspace_id === key.workspaceId))
        .map(({ layer }) => layer),
    ]),
  );
}

/** Whether a window of this kind begins between two instants. */
function windowBegins(window: UsageWindow, from: Date, to: Date): boolean {
  return window !== 'lifetime' && utcDate(windowStart(window, from)) !== utcDate(windowStart(window, to));
}

/** `at` names the windows, `now` tells which holds have expired. */
async function readLayersAt(query: Query, keys: readonly HeldKey[], at: Date, now: Date) {
  const [day, week, month] = (['day', 'week', 'month'] as const).map((window) => utcDate(windowStart(window, at)));
  const rows = await query<LayerRow>(READ_LAYERS, [
    keys.map((key) => key.workspaceId),
    keys.map((key) => key.id),
    day,
    week,
    month,
    now.toISOString(),
  ]);
  return rows.map((row) => ({ row, layer: toLayer(row, at) }));
}

function toLayer(row: LayerRow, at: Date): HeldLayer {
  return {
    scope: row.scope,
    window: row.window,
    limitNanoUsd: row.limit_nano_usd,
    usedNanoUsd: row.used,
    heldNanoUsd: row.held,
    at,
  };
}
