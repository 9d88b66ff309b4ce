import { type Call, canReach, requireScope } from '../../core/call';
import { hashSecret } from '../../core/secret';
import { type UsageWindow, utcDate, windowStart } from '../../core/time-window';
import { evaluateLimit } from '../../limits/policy';
import { runningSpend, windowStartsOn } from '../../limits/running-spend';
import { Batcher } from '../../server/batcher';
import { queryRows } from '../../server/db';
import { plainArray, textArray } from '../../server/sql-array';

/** What decides whether a key may go on, as committed at one moment. */
export interface KeyStanding {
  readonly workspaceId: string;
  readonly id: bigint;
  readonly hash: string;
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly deletedAt: Date | null;
  /** Whether the secret that was presented still lives: a rotated-out one ends with its grace period. */
  readonly isSecretLive: boolean;
  readonly scopes: Record<string, unknown>[];
  readonly customerId: string | null;
  readonly externalMeterId: string | null;
  readonly metadata: Record<string, unknown>;
  /** Whether the key's own limit leaves nothing to spend. */
  readonly isLimitExhausted: boolean;
  /** Whether any budget of its workspace does. */
  readonly isBudgetExhausted: boolean;
}

interface Row {
  secret_hash: string;
  workspace_id: string;
  id: bigint;
  hash: string;
  expires_at: Date | null;
  disabled_at: Date | null;
  deleted_at: Date | null;
  ends_at: Date | null;
  scopes: Record<string, unknown>[];
  customer_id: string | null;
  external_meter_id: string | null;
  metadata: Record<string, unknown>;
  limit_nano_usd: bigint | null;
  limit_window: UsageWindow;
  include_byok_in_limit: boolean;
  spend: bigint;
  byok: bigint;
  held: bigint;
  is_budget_exhausted: boolean;
}

const PLACES = { day: '$3::date', week: '$4::date', month: '$5::date' };

/**
 * Everything that verifying asks, for the secrets of many requests ($1) as of $2: the key, its limit's running spend and
 * open holds, and whether a budget of its workspace is used up, BYOK counted where the workspace says so. The same
 * statement notes the use of secrets that work, at most once a minute each and never by waiting for another that does,
 * and only for callers that reach the key's workspace ($6: theirs, NULL for all).
 * A secret that nobody issued has no row.
 */
const VERIFY_KEYS = `
  WITH found AS MATERIALIZED (
    SELECT s.secret_hash, s.ends_at, s.last_used_at, k.workspace_id, k.id, k.hash, k.expires_at, k.disabled_at, k.deleted_at, k.scopes,
           k.customer_id, k.external_meter_id, k.metadata, k.limit_nano_usd, k.limit_window, k.include_byok_in_limit
      FROM (SELECT DISTINCT unnest($1::text[]) AS secret_hash) wanted
      JOIN key_secrets s ON s.secret_hash = wanted.secret_hash
      JOIN api_keys k ON k.workspace_id = s.workspace_id AND k.id = s.key_id
  ), exhausted AS MATERIALIZED (
    SELECT DISTINCT b.workspace_id
      FROM (SELECT DISTINCT workspace_id FROM found) f
      JOIN budgets b ON b.workspace_id = f.workspace_id
      JOIN workspaces w ON w.id = b.workspace_id
      LEFT JOIN workspace_counters c ON c.workspace_id = b.workspace_id AND c."window" = b."window"
       AND c.starts_on = ${windowStartsOn('b."window"', PLACES)}
     WHERE COALESCE(c.spend_nano_usd, 0) + CASE WHEN w.include_byok_in_budgets THEN COALESCE(c.byok_nano_usd, 0) ELSE 0 END
         + (SELECT COALESCE(SUM(amount_nano_usd), 0) FROM holds h
             WHERE h.workspace_id = b.workspace_id AND h.state = 'open' AND h.expires_at > $2) >= b.limit_nano_usd
  ), due AS MATERIALIZED (
    SELECT s.secret_hash FROM found f JOIN key_secrets s ON s.secret_hash = f.secret_hash
     WHERE (f.last_used_at IS NULL OR f.last_used_at < $2::timestamptz - interval '1 minute')
       AND f.deleted_at IS NULL AND f.disabled_at IS NULL AND (f.expires_at IS NULL OR f.expires_at > $2)
       AND (f.ends_at IS NULL OR f.ends_at > $2)
       AND EXISTS (SELECT FROM unnest($1::text[], $6::uuid[]) AS asked(secret_hash, reach)
                    WHERE asked.secret_hash = f.secret_hash AND (asked.reach IS NULL OR asked.reach = f.workspace_id))
       FOR NO KEY UPDATE OF s SKIP LOCKED
  ), stamped AS (
    UPDATE key_secrets s SET last_used_at = $2 FROM due WHERE s.secret_hash = due.secret_hash
  )
  SELECT k.secret_hash, k.ends_at, k.workspace_id, k.id, k.hash, k.expires_at, k.disabled_at, k.deleted_at, k.scopes, k.customer_id,
         k.external_meter_id, k.metadata, k.limit_nano_usd, k.limit_window, k.include_byok_in_limit, c.spend, c.byok,
         CASE WHEN k.limit_nano_usd IS NULL THEN 0 ELSE (SELECT COALESCE(SUM(amount_nano_usd), 0) FROM holds h
            WHERE h.workspace_id = k.workspace_id AND h.key_id = k.id AND h.state = 'open' AND h.expires_at > $2) END::bigint AS held,
         EXISTS (SELECT FROM exhausted x WHERE x.workspace_id = k.workspace_id) AS is_budget_exhausted
    FROM found k ${runningSpend(PLACES)}`;

interface Wanted {
  readonly secretHash: string;
  readonly now: Date;
  /** The workspace that the caller reaches; NULL: all. */
  readonly reach: string | null;
}

async function readStandings(wanted: readonly Wanted[]): Promise<(KeyStanding | null)[]> {
  // Requests of one batch arrived within milliseconds of each other; the latest decides for all.
  const now = wanted.reduce((latest, { now }) => (now > latest ? now : latest), new Date(0));
  const rows = await queryRows<Row>(VERIFY_KEYS, [
    textArray(wanted.map(({ secretHash }) => secretHash)),
    now.toISOString(),
    utcDate(windowStart('day', now)),
    utcDate(windowStart('week', now)),
    utcDate(windowStart('month', now)),
    plainArray(wanted.map(({ reach }) => reach)),
  ]);
  const bySecret = new Map(rows.map((row) => [row.secret_hash, toStanding(row, now)]));
  return wanted.map(({ secretHash }) => bySecret.get(secretHash) ?? null);
}

function toStanding(row: Row, now: Date): KeyStanding {
  const limit = {
    limitNanoUsd: row.limit_nano_usd,
    limitWindow: row.limit_window,
    includeByokInLimit: row.include_byok_in_limit,
  };
  const spend = { spendNanoUsd: row.spend, byokNanoUsd: row.byok };
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    hash: row.hash,
    expiresAt: row.expires_at,
    disabledAt: row.disabled_at,
    deletedAt: row.deleted_at,
    isSecretLive: row.ends_at === null || row.ends_at > now,
    scopes: row.scopes,
    customerId: row.customer_id,
    externalMeterId: row.external_meter_id,
    metadata: row.metadata,
    isLimitExhausted: evaluateLimit(limit, spend, row.held, now).isExhausted,
    isBudgetExhausted: row.is_budget_exhausted,
  };
}

const batcher = new Batcher<Wanted, KeyStanding | null>({
  run: readStandings,
  weightOf: () => 1,
  batchWeightMax: 1000,
  waitingWeightMax: 20_000,
});

/**
 * How the key of a secret stands, read together with those of other requests. NULL: nobody issued the secret, or its key
 * is of a workspace that the caller does not reach.
 */
export async function findStanding(call: Call, secret: string): Promise<KeyStanding | null> {
  requireScope(call, 'usage:write');
  const wanted = { secretHash: hashSecret(secret), now: call.now, reach: call.workspace };
  const standing = await batcher.submit(wanted);
  return standing && canReach(call, standing.workspaceId) ? standing : null;
}
