import pg from 'pg';
import { migrate } from '../../lib/server/migrate';
import type { Cluster } from './cluster';

export const KEYS = 1000;
export const ENDPOINTS = 8;
export const MODELS = 6;
export const DAYS = 90;
const DAY_MILLISECONDS = 86_400_000;

export interface Dataset {
  readonly database: string;
  readonly url: string;
  readonly workspaceId: string;
  /** The last event is just before. */
  readonly until: Date;
}

/** Runs statements one after another on a connection of its own. */
export async function execute(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export async function selectRows<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A database of that many events over the last 90 days; one that an earlier run made is used again. */
export async function ensureDataset(cluster: Cluster, events: number, isFresh: boolean): Promise<Dataset> {
  const database = `events_${events}`;
  const url = cluster.urlOf(database);
  const admin = cluster.urlOf('postgres');
  if (isFresh) await execute(admin, `DROP DATABASE IF EXISTS ${database}`);
  const found = await selectRows(admin, `SELECT 1 FROM pg_database WHERE datname = '${database}'`);
  if (found.length === 0) {
    await execute(admin, `CREATE DATABASE ${database}`);
    await migrate({ kind: 'server', url });
    await fill(url, events);
  } else {
    await migrate({ kind: 'server', url });
  }
  const [row] = await selectRows<{ workspace_id: string; until: Date }>(
    url,
    `SELECT id AS workspace_id, updated_at AS until FROM workspaces WHERE slug = 'default'`,
  );
  if (!row) throw new Error(`${database} was left half-way: run again with --fresh.`);
  return { database, url, workspaceId: row.workspace_id, until: row.until };
}

async function fill(url: string, events: number): Promise<void> {
  const until = new Date();
  const from = new Date(until.getTime() - DAYS * DAY_MILLISECONDS);
  await execute(
    url,
    ...partitions(from, until),
    insertKeys,
    insertEvents(events, from),
    'VACUUM ANALYZE usage_events',
    ...ROLL_UPS,
    ...['key_hours', 'usage_rollups', 'latency_buckets', 'key_months', 'workspace_counters', 'api_keys'].map(
      (table) => `VACUUM ANALYZE ${table}`,
    ),
    `UPDATE workspaces SET updated_at = '${until.toISOString()}' WHERE slug = 'default'`,
    'CHECKPOINT',
  );
}

function partitions(from: Date, until: Date): string[] {
  const statements: string[] = [];
  for (let month = 0; month <= DAYS / 28 + 1; month += 1) {
    const start = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + month, 1));
    const end = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + month + 1, 1));
    if (start > until) break;
    statements.push(
      `CREATE TABLE IF NOT EXISTS usage_events_${start.toISOString().slice(0, 7).replace('-', '_')}
         PARTITION OF usage_events FOR VALUES FROM ('${start.toISOString()}') TO ('${end.toISOString()}')`,
    );
  }
  return statements;
}

const insertKeys = `
  INSERT INTO workspaces (id, slug, name) VALUES (gen_random_uuid(), 'default', 'Default') ON CONFLICT DO NOTHING;
  INSERT INTO api_keys (workspace_id, hash, name, label, environment, owner, tags, limit_nano_usd, limit_window)
  SELECT w.id, encode(sha256(('key ' || n)::bytea), 'hex'), 'key-' || n, 'kl_live_0000...0000',
         (CASE WHEN n % 5 = 0 THEN 'test' ELSE 'live' END)::environment, 'team-' || n % 20, ARRAY['tag-' || n % 7],
         CASE WHEN n % 3 = 0 THEN 500000000000 END, 'month'
    FROM workspaces w CROSS JOIN generate_series(1, ${KEYS}) n WHERE w.slug = 'default'`;

/** Evenly spread over keys, endpoints and models, in the order of time, as a ledger fills. */
const insertEvents = (events: number, from: Date) => `
  INSERT INTO usage_events (workspace_id, key_id, occurred_at, id, recorded_at, environment, endpoint, model, provider, status,
         latency_ms, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens, cost_nano_usd, priced_by,
         is_byok, idempotency_key)
  SELECT w.id, k.ids[1 + floor(random() * ${KEYS})::int], t.at,
         (lpad(to_hex((extract(epoch FROM t.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' ||
          substr(md5(n::text), 5, 15))::uuid,
         t.at, (CASE WHEN random() < 0.2 THEN 'test' ELSE 'live' END)::environment,
         (ARRAY['/v1/chat/completions', '/v1/responses', '/v1/embeddings', '/v1/rerank', '/v1/messages',
                '/v1/images/generations', '/v1/moderations', '/v1/audio/transcriptions'])[1 + floor(random() * ${ENDPOINTS})::int],
         (ARRAY['atlas-4', 'atlas-4-mini', 'corvid-2', 'corvid-2-fast', 'embed-m3', 'rerank-v2'])[m.model],
         (ARRAY['atlas', 'atlas', 'corvid', 'corvid', 'mistle', 'mistle'])[m.model],
         CASE WHEN m.luck < 0.95 THEN 200 WHEN m.luck < 0.98 THEN 429 ELSE 500 END,
         (exp(5 + 1.2 * (random() + random() + random() - 1.5)))::int,
         1000 + (random() * 3000)::int, 100 + (random() * 900)::int, (random() * 500)::int, (random() * 200)::int,
         (1000000 + random() * 9000000)::bigint, 'model', m.luck < 0.1, 'event-' || n
    FROM generate_series(0, ${events - 1}) n
   CROSS JOIN LATERAL (SELECT timestamptz '${from.toISOString()}'
         + interval '1 millisecond' * floor(n * ${(DAYS * DAY_MILLISECONDS) / events}::float8) AS at) t
   CROSS JOIN LATERAL (SELECT 1 + floor(random() * ${MODELS})::int + 0 * n AS model, random() + 0 * n AS luck) m
   CROSS JOIN workspaces w
   CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM api_keys) k
   WHERE w.slug = 'default'`;

/** The roll-ups of events that all have names, in the order of time, as a ledger fills them, and the counters. */
const ROLL_UPS = [
  `INSERT INTO "key_hours"
   SELECT workspace_id, key_id, date_trunc('hour', occurred_at), COUNT(*), COUNT(*) FILTER (WHERE status >= 400),
          COUNT(*) FILTER (WHERE priced_by = 'unpriced'), SUM(prompt_tokens), SUM(completion_tokens),
          SUM(cached_prompt_tokens), SUM(cache_creation_tokens), SUM(CASE WHEN is_byok THEN 0 ELSE cost_nano_usd END),
          SUM(CASE WHEN is_byok THEN cost_nano_usd ELSE 0 END)
     FROM "usage_events" GROUP BY 1, 2, 3 ORDER BY 3`,
  `INSERT INTO "usage_rollups"
   SELECT e.workspace_id, r.rollup, r.starts_at, r.key_id, r.endpoint, r.model, r.provider, r.environment, r.status_class,
          COUNT(*), COUNT(*) FILTER (WHERE e.status >= 400), COUNT(*) FILTER (WHERE e.priced_by = 'unpriced'),
          SUM(e.prompt_tokens), SUM(e.completion_tokens), SUM(e.cached_prompt_tokens), SUM(e.cache_creation_tokens),
          SUM(CASE WHEN e.is_byok THEN 0 ELSE e.cost_nano_usd END), SUM(CASE WHEN e.is_byok THEN e.cost_nano_usd ELSE 0 END)
     FROM (SELECT *, COALESCE(endpoint, '') AS endpoint_name, COALESCE(model, '') AS model_name,
                  COALESCE(provider, '') AS provider_name, date_bin('30 minutes', occurred_at, timestamptz '2000-01-01Z') AS half_hour,
                  date_trunc('day', occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day FROM "usage_events") e
    CROSS JOIN LATERAL (VALUES
          ('endpoint_half_hour'::rollup, e.half_hour, 0::bigint, e.endpoint_name, '', '', '', 0::smallint),
          ('model_half_hour', e.half_hour, 0, '', e.model_name, e.provider_name, '', 0),
          ('class_half_hour', e.half_hour, 0, '', '', '', e.environment::text, e.status / 100),
          ('endpoint_day', e.day, 0, e.endpoint_name, '', '', '', 0),
          ('model_day', e.day, 0, '', e.model_name, e.provider_name, '', 0),
          ('key_endpoint_day', e.day, e.key_id, e.endpoint_name, '', '', '', 0),
          ('key_model_day', e.day, e.key_id, '', e.model_name, e.provider_name, '', 0),
          ('cube_day', e.day, 0, e.endpoint_name, e.model_name, e.provider_name, e.environment::text, e.status / 100))
          r(rollup, starts_at, key_id, endpoint, model, provider, environment, status_class)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 3`,
  `INSERT INTO "latency_buckets"
   SELECT e.workspace_id, r.key_id, r.starts_at, width_bucket(e.latency_ms, ARRAY[
          1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 23, 27, 32, 39, 46, 54, 64, 77, 91, 108, 128, 153, 182, 216,
          256, 305, 363, 431, 512, 609, 725, 862, 1024, 1218, 1449, 1723, 2048, 2436, 2897, 3445, 4096, 4871, 5793,
          6889, 8192, 9742, 11586, 13778, 16384, 19484, 23171, 27555, 32768, 38968, 46341, 55109, 65536, 77936,
          92682, 110218, 131072, 155872, 185364, 220436, 262144, 311744, 370728, 440872, 524288, 623488, 741456,
          881744, 1048576, 1246975, 1482911, 1763488, 2097152, 2493949, 2965821, 3526976, 4194304, 4987897, 5931642,
          7053951, 8388608, 9975793, 11863284, 14107901, 16777216, 19951585, 23726567, 28215802, 33554432, 39903170,
          47453133, 56431604, 67108864, 79806339, 94906266, 112863207, 134217728, 159612678, 189812532, 225726413,
          268435456, 319225355, 379625063, 451452826, 536870912, 638450709, 759250125, 902905651, 1073741824,
          1276901417, 1518500250, 1805811302]), COUNT(*)
     FROM "usage_events" e CROSS JOIN LATERAL (VALUES
          (0::bigint, date_trunc('hour', e.occurred_at)),
          (e.key_id, date_trunc('day', e.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')) r(key_id, starts_at)
    WHERE e.latency_ms IS NOT NULL
    GROUP BY 1, 2, 3, 4 ORDER BY 3`,
  `INSERT INTO key_months
   SELECT workspace_id, key_id, date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date, COUNT(*), COUNT(*) FILTER (WHERE status >= 400), SUM(prompt_tokens),
          SUM(completion_tokens), SUM(CASE WHEN is_byok THEN 0 ELSE cost_nano_usd END),
          SUM(CASE WHEN is_byok THEN cost_nano_usd ELSE 0 END), MAX(occurred_at)
     FROM usage_events GROUP BY 1, 2, 3`,
  `INSERT INTO workspace_counters
   SELECT workspace_id, v.kind, v.starts_on, COUNT(*), COUNT(*) FILTER (WHERE status >= 400), SUM(prompt_tokens),
          SUM(completion_tokens), SUM(CASE WHEN is_byok THEN 0 ELSE cost_nano_usd END),
          SUM(CASE WHEN is_byok THEN cost_nano_usd ELSE 0 END)
     FROM usage_events CROSS JOIN LATERAL (VALUES
          ('day'::usage_window, (occurred_at AT TIME ZONE 'UTC')::date),
          ('week', date_trunc('week', occurred_at AT TIME ZONE 'UTC')::date),
          ('month', date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date),
          ('lifetime', '0001-01-01'::date)) v(kind, starts_on)
    GROUP BY 1, 2, 3`,
] as const;
