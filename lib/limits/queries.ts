import { type UsageWindow, utcDate, windowStart } from '../core/time-window';
import { Batcher } from '../server/batcher';
import { queryRows } from '../server/db';
import { evaluateLimit } from './policy';
import { runningSpend } from './running-spend';

interface LimitRow {
  id: bigint;
  limit_nano_usd: bigint;
  limit_window: UsageWindow;
  include_byok_in_limit: boolean;
  spend: bigint;
  byok: bigint;
  held: bigint;
}

interface Wanted {
  readonly keys: readonly LimitedKey[];
  readonly now: Date;
}

export interface LimitedKey {
  readonly workspaceId: string;
  readonly keyId: bigint;
}

/** By the key's id. */
type Remaining = ReadonlyMap<bigint, bigint>;

async function readRemaining(wanted: readonly Wanted[]): Promise<Remaining[]> {
  const unique = [...new Map(wanted.flatMap(({ keys }) => keys.map((key) => [key.keyId, key]))).values()];
  const now = wanted.reduce((latest, { now }) => (now > latest ? now : latest), new Date(0));
  const rows = await queryRows<LimitRow>(
    // One row a key with a limit: its spend in the running window of that limit, 0 without usage, and open holds.
    `SELECT k.id, k.limit_nano_usd, k.limit_window, k.include_byok_in_limit, c.spend, c.byok,
            (SELECT COALESCE(SUM(amount_nano_usd), 0)::bigint FROM holds h
              WHERE h.workspace_id = k.workspace_id AND h.key_id = k.id AND h.state = 'open' AND h.expires_at > $6) AS held
       FROM unnest($1::uuid[], $2::bigint[]) AS wanted(workspace_id, key_id)
       JOIN api_keys k ON k.workspace_id = wanted.workspace_id AND k.id = wanted.key_id AND k.limit_nano_usd IS NOT NULL
       ${runningSpend({ day: '$3::date', week: '$4::date', month: '$5::date' })}`,
    [
      unique.map((key) => key.workspaceId),
      unique.map((key) => key.keyId),
      utcDate(windowStart('day', now)),
      utcDate(windowStart('week', now)),
      utcDate(windowStart('month', now)),
      now.toISOString(),
    ],
  );
  const remaining = new Map(
    rows.map((row) => {
      const limit = {
        limitNanoUsd: row.limit_nano_usd,
        limitWindow: row.limit_window,
        includeByokInLimit: row.include_byok_in_limit,
      };
      const state = evaluateLimit(limit, { spendNanoUsd: row.spend, byokNanoUsd: row.byok }, row.held, now);
      return [row.id, state.remainingNanoUsd ?? 0n];
    }),
  );
  return wanted.map(() => remaining);
}

const batcher = new Batcher<Wanted, Remaining>({
  run: readRemaining,
  weightOf: ({ keys }) => Math.max(1, keys.length),
  batchWeightMax: 2000,
  waitingWeightMax: 40_000,
});

/** What is left of the limits of some keys, by the key's id, read together with those of other requests. Keys without a limit are left out. */
export function findRemainingLimits(keys: readonly LimitedKey[], now: Date): Promise<Remaining> {
  return keys.length === 0 ? Promise.resolve(new Map()) : batcher.submit({ keys, now });
}
