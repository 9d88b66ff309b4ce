import {
  type Credentials,
  findCredentials,
  type KeyCredential,
  recallByHash,
  recallBySecret,
} from '../credentials/queries';
import { queryRows } from '../server/db';

/** What recording has to know of a key. */
export type RecordingKey = KeyCredential;

/** Keys by the hash of a secret, and by their own. What is not found is not in the maps. */
export type RecordingKeys = Pick<Credentials, 'bySecret' | 'byHash'>;

/** The keys that events name by secret or by hash, deleted ones included, read together with those of other requests. */
export function findRecordingKeys(
  secretHashes: readonly string[],
  keyHashes: readonly string[],
): Promise<RecordingKeys> {
  if (secretHashes.length + keyHashes.length === 0) return Promise.resolve({ bySecret: new Map(), byHash: new Map() });
  return findCredentials({ secrets: secretHashes, keys: keyHashes });
}

/** As `findRecordingKeys`, as they were read under the token of `recordingBasis`. NULL: not all of them were. */
export function recallRecordingKeys(
  secretHashes: readonly string[],
  keyHashes: readonly string[],
): RecordingKeys | null {
  const recall = (hashes: readonly string[], one: (hash: string) => KeyCredential | null) => {
    const keys = new Map<string, KeyCredential>();
    for (const hash of hashes) {
      const key = one(hash);
      if (key === null) return null;
      keys.set(hash, key);
    }
    return keys;
  };
  const bySecret = recall(secretHashes, recallBySecret);
  const byHash = bySecret && recall(keyHashes, recallByHash);
  return bySecret && byHash && { bySecret, byHash };
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
             SELECT month FROM key_months WHERE workspace_id = $1
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
