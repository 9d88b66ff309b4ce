/**
 * The statements that rebuild what is summed from what it is summed from. Each writes only rows that differ and answers
 * how many those were (`changed`): on books that balance it writes nothing. $1: a workspace.
 */

const SUMS = `requests, errors, unpriced, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
       spend_nano_usd, byok_nano_usd`;
const COUNTS = 'requests, errors, prompt_tokens, completion_tokens, spend_nano_usd, byok_nano_usd';

const list = (columns: string) => columns.split(',').map((column) => column.trim());

/** `SUM(requests)::bigint, …` */
const addUp = (columns: string) =>
  list(columns)
    .map((column) => `SUM(${column})::bigint AS ${column}`)
    .join(', ');

/** Overwrites a row with the sums that it should have, where it has others. */
const correct = (table: string, columns: string) => {
  const own = list(columns).map((column) => `${table}.${column}`);
  const right = list(columns).map((column) => `EXCLUDED.${column}`);
  const set = list(columns).map((column) => `${column} = EXCLUDED.${column}`);
  return `DO UPDATE SET ${set.join(', ')} WHERE (${own.join(', ')}) IS DISTINCT FROM (${right.join(', ')})`;
};

/** Of events `e`, by the rules that recording sums by. */
const EVENT_SUMS = `COUNT(*) AS requests, COUNT(*) FILTER (WHERE e.status >= 400) AS errors,
       COUNT(*) FILTER (WHERE e.priced_by = 'unpriced') AS unpriced, SUM(e.prompt_tokens)::bigint AS prompt_tokens,
       SUM(e.completion_tokens)::bigint AS completion_tokens, SUM(e.cached_prompt_tokens)::bigint AS cached_prompt_tokens,
       SUM(e.cache_creation_tokens)::bigint AS cache_creation_tokens,
       SUM(CASE WHEN e.is_byok THEN 0 ELSE e.cost_nano_usd END)::bigint AS spend_nano_usd,
       SUM(CASE WHEN e.is_byok THEN e.cost_nano_usd ELSE 0 END)::bigint AS byok_nano_usd`;

const CHANGED = 'SELECT (SELECT COUNT(*) FROM removed) + (SELECT COUNT(*) FROM written) AS changed';

/** Hours of keys, of one UTC day ($2, a date). */
export const REBUILD_KEY_HOURS = `
  WITH expected AS MATERIALIZED (
    SELECT e.key_id, date_trunc('hour', e.occurred_at) AS hour, ${EVENT_SUMS}
      FROM usage_events e WHERE e.workspace_id = $1 AND e.occurred_at >= $2::date AND e.occurred_at < $2::date + 1 GROUP BY 1, 2
  ), removed AS (
    DELETE FROM key_hours h WHERE h.workspace_id = $1 AND h.hour >= $2::date AND h.hour < $2::date + 1
       AND NOT EXISTS (SELECT FROM expected x WHERE x.key_id = h.key_id AND x.hour = h.hour) RETURNING 1
  ), written AS (
    INSERT INTO key_hours AS h (workspace_id, key_id, hour, ${SUMS})
    SELECT $1, key_id, hour, ${SUMS} FROM expected ON CONFLICT (workspace_id, key_id, hour) ${correct('h', SUMS)} RETURNING 1
  ) ${CHANGED}`;

const CELL = 'rollup, starts_at, key_id, endpoint, model, provider, environment, status_class';
const sameCell = (left: string, right: string) =>
  list(CELL)
    .map((column) => `${left}.${column} = ${right}.${column}`)
    .join(' AND ');

/** Roll-ups by half hour and by day, of one UTC day ($2). */
export const REBUILD_ROLLUPS = `
  WITH expected AS MATERIALIZED (
    SELECT r.rollup, r.starts_at, r.key_id, r.endpoint, r.model, r.provider, r.environment, r.status_class, ${EVENT_SUMS}
      FROM (SELECT key_id, status, priced_by, prompt_tokens, completion_tokens, cached_prompt_tokens, cache_creation_tokens,
                   is_byok, cost_nano_usd, environment::text AS environment, COALESCE(endpoint, '') AS endpoint,
                   COALESCE(model, '') AS model, COALESCE(provider, '') AS provider,
                   num_nonnulls(endpoint, model, provider) = 0 AS is_unnamed,
                   date_bin('30 minutes', occurred_at, timestamptz '2000-01-01Z') AS half_hour
              FROM usage_events WHERE workspace_id = $1 AND occurred_at >= $2::date AND occurred_at < $2::date + 1) e
     CROSS JOIN LATERAL (VALUES
           ('endpoint_half_hour'::rollup, e.half_hour, 0::bigint, e.endpoint, '', '', '', 0::smallint),
           ('model_half_hour', e.half_hour, 0, '', e.model, e.provider, '', 0),
           ('class_half_hour', e.half_hour, 0, '', '', '', e.environment, e.status / 100),
           ('endpoint_day', $2::date::timestamptz, 0, e.endpoint, '', '', '', 0),
           ('model_day', $2::date::timestamptz, 0, '', e.model, e.provider, '', 0),
           (CASE WHEN e.is_unnamed THEN 'key_unnamed_day' ELSE 'key_endpoint_day' END::rollup, $2::date::timestamptz, e.key_id, e.endpoint, '', '', '', 0),
           (CASE WHEN e.is_unnamed THEN NULL ELSE 'key_model_day' END::rollup, $2::date::timestamptz, e.key_id, '', e.model, e.provider, '', 0),
           ('cube_day', $2::date::timestamptz, 0, e.endpoint, e.model, e.provider, e.environment, e.status / 100))
           r(${CELL})
     WHERE r.rollup IS NOT NULL
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ), removed AS (
    DELETE FROM usage_rollups r WHERE r.workspace_id = $1 AND r.starts_at >= $2::date AND r.starts_at < $2::date + 1
       AND NOT EXISTS (SELECT FROM expected x WHERE ${sameCell('x', 'r')}) RETURNING 1
  ), written AS (
    INSERT INTO usage_rollups AS r (workspace_id, ${CELL}, ${SUMS})
    SELECT $1, ${CELL}, ${SUMS} FROM expected ON CONFLICT (workspace_id, ${CELL}) ${correct('r', SUMS)} RETURNING 1
  ) ${CHANGED}`;

/** Latencies by bucket, of one UTC day ($2). $3: the bounds of the buckets. */
export const REBUILD_LATENCIES = `
  WITH expected AS MATERIALIZED (
    SELECT r.key_id, r.starts_at, width_bucket(e.latency_ms, $3::int[])::smallint AS bucket, COUNT(*) AS requests
      FROM usage_events e CROSS JOIN LATERAL (VALUES
           (0::bigint, date_trunc('hour', e.occurred_at)), (e.key_id, $2::date::timestamptz)) r(key_id, starts_at)
     WHERE e.workspace_id = $1 AND e.occurred_at >= $2::date AND e.occurred_at < $2::date + 1 AND e.latency_ms IS NOT NULL
     GROUP BY 1, 2, 3
  ), removed AS (
    DELETE FROM latency_buckets l WHERE l.workspace_id = $1 AND l.starts_at >= $2::date AND l.starts_at < $2::date + 1
       AND NOT EXISTS (SELECT FROM expected x WHERE x.key_id = l.key_id AND x.starts_at = l.starts_at AND x.bucket = l.bucket)
    RETURNING 1
  ), written AS (
    INSERT INTO latency_buckets AS l (workspace_id, key_id, starts_at, bucket, requests)
    SELECT $1, key_id, starts_at, bucket, requests FROM expected
        ON CONFLICT (workspace_id, key_id, starts_at, bucket) ${correct('l', 'requests')} RETURNING 1
  ) ${CHANGED}`;

/** Months of some keys ($2, ids), from their hours. */
export const REBUILD_KEY_MONTHS = `
  WITH expected AS MATERIALIZED (
    SELECT key_id, date_trunc('month', hour AT TIME ZONE 'UTC')::date AS month, ${addUp(COUNTS)}, MAX(hour) AS last_hour
      FROM key_hours WHERE workspace_id = $1 AND key_id = ANY($2::bigint[]) GROUP BY 1, 2
  ), dated AS MATERIALIZED (
    SELECT x.*, COALESCE((SELECT MAX(e.occurred_at) FROM usage_events e
                           WHERE e.workspace_id = $1 AND e.key_id = x.key_id AND e.occurred_at >= x.last_hour
                             AND e.occurred_at < x.last_hour + interval '1 hour'), x.last_hour) AS last_occurred_at
      FROM expected x
  ), removed AS (
    DELETE FROM key_months k WHERE k.workspace_id = $1 AND k.key_id = ANY($2::bigint[])
       AND NOT EXISTS (SELECT FROM expected x WHERE x.key_id = k.key_id AND x.month = k.month) RETURNING 1
  ), written AS (
    INSERT INTO key_months AS k (workspace_id, key_id, month, ${COUNTS}, last_occurred_at)
    SELECT $1, key_id, month, ${COUNTS}, last_occurred_at FROM dated
        ON CONFLICT (workspace_id, key_id, month) ${correct('k', COUNTS)} RETURNING 1
  ) ${CHANGED}`;

/** Counters of the workspace, from its half hours. */
export const REBUILD_WORKSPACE_COUNTERS = `
  WITH expected AS MATERIALIZED (
    SELECT v.kind, v.starts_on, ${addUp(COUNTS)}
      FROM usage_rollups r
     CROSS JOIN LATERAL (SELECT (r.starts_at AT TIME ZONE 'UTC')::date AS day) d
     CROSS JOIN LATERAL (VALUES ('day'::usage_window, d.day), ('week'::usage_window, date_trunc('week', d.day::timestamp)::date),
           ('month'::usage_window, date_trunc('month', d.day::timestamp)::date), ('lifetime'::usage_window, '0001-01-01'::date)) v(kind, starts_on)
     WHERE r.workspace_id = $1 AND r.rollup = 'class_half_hour' GROUP BY 1, 2
  ), removed AS (
    DELETE FROM workspace_counters w WHERE w.workspace_id = $1
       AND NOT EXISTS (SELECT FROM expected x WHERE x.kind = w."window" AND x.starts_on = w.starts_on) RETURNING 1
  ), written AS (
    INSERT INTO workspace_counters AS w (workspace_id, "window", starts_on, ${COUNTS})
    SELECT $1, kind, starts_on, ${COUNTS} FROM expected
        ON CONFLICT (workspace_id, "window", starts_on) ${correct('w', COUNTS)} RETURNING 1
  ) ${CHANGED}`;
