import { Batcher } from '../server/batcher';
import { queryRows } from '../server/db';

/** What recording has to know of a key. */
export interface RecordingKey {
  readonly workspaceId: string;
  readonly id: bigint;
  readonly hash: string;
  readonly environment: 'live' | 'test';
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly deletedAt: Date | null;
  /** When the secret that was named ends; NULL: never, or the key's hash was named. */
  readonly secretEndsAt: Date | null;
  /** The last use of that secret that is noted. */
  readonly secretUsedAt: Date | null;
}

interface Row {
  secret_hash: string | null;
  workspace_id: string;
  id: bigint;
  hash: string;
  environment: 'live' | 'test';
  expires_at: Date | null;
  disabled_at: Date | null;
  deleted_at: Date | null;
  ends_at: Date | null;
  last_used_at: Date | null;
}

/** Keys by the hash of a secret, and by their own. What is not found is not in the maps. */
export interface RecordingKeys {
  readonly bySecret: ReadonlyMap<string, RecordingKey>;
  readonly byHash: ReadonlyMap<string, RecordingKey>;
}

interface Wanted {
  readonly secretHashes: readonly string[];
  readonly keyHashes: readonly string[];
}

const keyBatcher = new Batcher<Wanted, RecordingKeys>({
  run: async (wanted) => {
    const found = await readRecordingKeys(
      wanted.flatMap(({ secretHashes }) => secretHashes),
      wanted.flatMap(({ keyHashes }) => keyHashes),
    );
    return wanted.map(() => found);
  },
  weightOf: ({ secretHashes, keyHashes }) => secretHashes.length + keyHashes.length,
  batchWeightMax: 2000,
  waitingWeightMax: 40_000,
});

/** The keys that events name by secret or by hash, deleted ones included, read together with those of other requests. */
export function findRecordingKeys(
  secretHashes: readonly string[],
  keyHashes: readonly string[],
): Promise<RecordingKeys> {
  if (secretHashes.length + keyHashes.length === 0) return Promise.resolve({ bySecret: new Map(), byHash: new Map() });
  return keyBatcher.submit({ secretHashes, keyHashes });
}

async function readRecordingKeys(
  secretHashes: readonly string[],
  keyHashes: readonly string[],
): Promise<RecordingKeys> {
  const bySecret = new Map<string, RecordingKey>();
  const byHash = new Map<string, RecordingKey>();
  const rows = await queryRows<Row>(
    // Both look-ups go by a unique index; a NULL secret_hash marks the rows that were named by their own hash.
    `SELECT s.secret_hash, k.workspace_id, k.id, k.hash, k.environment, k.expires_at, k.disabled_at, k.deleted_at, s.ends_at, s.last_used_at
       FROM key_secrets s JOIN api_keys k ON k.workspace_id = s.workspace_id AND k.id = s.key_id
      WHERE s.secret_hash = ANY($1::text[])
      UNION ALL
     SELECT NULL, workspace_id, id, hash, environment, expires_at, disabled_at, deleted_at, NULL, NULL
       FROM api_keys WHERE hash = ANY($2::text[])`,
    [[...new Set(secretHashes)], [...new Set(keyHashes)]],
  );
  for (const row of rows) {
    const key: RecordingKey = {
      workspaceId: row.workspace_id,
      id: row.id,
      hash: row.hash,
      environment: row.environment,
      expiresAt: row.expires_at,
      disabledAt: row.disabled_at,
      deletedAt: row.deleted_at,
      secretEndsAt: row.ends_at,
      secretUsedAt: row.last_used_at,
    };
    if (row.secret_hash === null) byHash.set(row.hash, key);
    else bySecret.set(row.secret_hash, key);
  }
  return { bySecret, byHash };
}

/** Events on the books of all workspaces. */
export async function countEvents(): Promise<bigint> {
  const rows = await queryRows<{ requests: bigint }>(
    // One counter row a workspace; a new ledger has none and counts 0.
    `SELECT COALESCE(SUM(requests), 0)::bigint AS requests FROM workspace_counters WHERE "window" = 'lifetime'`,
    [],
  );
  return rows[0]?.requests ?? 0n;
}

/** A UTC month: its first day and that of the next, as `YYYY-MM-DD`. */
export interface Month {
  readonly from: string;
  readonly to: string;
}

/** The months in which a workspace has usage, or may have: those of its counters, and those that hold events. */
export async function listUsageMonths(workspaceId: string): Promise<Month[]> {
  const rows = await queryRows<{ from: string; to: string }>(
    // Partitions are named by their month; one is listed whether or not the workspace has events in it.
    `SELECT month AS "from", (month + interval '1 month')::date AS "to"
       FROM (SELECT starts_on AS month FROM workspace_counters WHERE workspace_id = $1 AND "window" = 'month'
              UNION
             SELECT to_date(right(c.relname, 7), 'YYYY_MM')
               FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'usage_events'::regclass) months
      ORDER BY 1`,
    [workspaceId],
  );
  return rows;
}

/** Events that occurred before this were removed; their roll-ups were not. NULL: none were. */
export async function findPrunedBefore(): Promise<Date | null> {
  const rows = await queryRows<{ pruned_before: Date | null }>(
    // One row, always.
    'SELECT pruned_before FROM retention',
    [],
  );
  return rows[0]?.pruned_before ?? null;
}

/** A month's events as they lie on disk. */
export interface EventPartition extends Month {
  readonly table: string;
  /** As the database's statistics have it; NULL: it has none yet. */
  readonly events: bigint | null;
  /** With indexes. */
  readonly bytes: bigint;
}

/** The partitions that hold events, oldest first. */
export async function listEventPartitions(): Promise<EventPartition[]> {
  const rows = await queryRows<{ table: string; from: string; to: string; events: bigint; bytes: bigint }>(
    // A partition is named by its month; a table that was never analysed counts -1 rows.
    `SELECT c.relname::text AS "table", to_date(right(c.relname, 7), 'YYYY_MM') AS "from",
            (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')::date AS "to",
            c.reltuples::bigint AS events, pg_total_relation_size(c.oid) AS bytes
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'usage_events'::regclass ORDER BY 2`,
    [],
  );
  return rows.map((row) => ({ ...row, events: row.events < 0n ? null : row.events }));
}
