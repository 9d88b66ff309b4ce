/**
 * The statements that lay sums beside sums. Each sees one moment, so they may run while usage is recorded; each compares
 * figures that one transaction moves together, so what differs in one was not balanced at that moment. Sums are arrays in
 * the order of `MEASURES`; a row that one side lacks counts as 0 there; only rows that differ come back.
 */

const ZERO = `'{0,0,0,0,0,0,0,0,0,0}'::bigint[]`;
const ZERO_COUNTER = `'{0,0,0,0,0,0}'::bigint[]`;

/** The nine sums that every roll-up keeps, and a tenth place for requests that have a latency. */
const ROLLUP_SUMS = `ARRAY[SUM(requests), SUM(errors), SUM(prompt_tokens), SUM(completion_tokens), SUM(spend_nano_usd),
       SUM(byok_nano_usd), SUM(unpriced), SUM(cached_prompt_tokens), SUM(cache_creation_tokens), 0]::bigint[]`;

/** The six sums of a counter. */
const COUNTER_SUMS = `ARRAY[SUM(requests), SUM(errors), SUM(prompt_tokens), SUM(completion_tokens), SUM(spend_nano_usd),
       SUM(byok_nano_usd)]::bigint[]`;

const EVENT_SUMS = `ARRAY[COUNT(*), COUNT(*) FILTER (WHERE status >= 400), SUM(prompt_tokens), SUM(completion_tokens),
       SUM(CASE WHEN is_byok THEN 0 ELSE cost_nano_usd END), SUM(CASE WHEN is_byok THEN cost_nano_usd ELSE 0 END),
       COUNT(*) FILTER (WHERE priced_by = 'unpriced'), SUM(cached_prompt_tokens), SUM(cache_creation_tokens),
       COUNT(latency_ms)]::bigint[]`;

/** An element-wise sum of arrays of ten. */
const addUp = (column: string) =>
  `ARRAY[${Array.from({ length: 10 }, (_, index) => `SUM(${column}[${index + 1}])`).join(', ')}]::bigint[]`;

const utcDay = (instant: string) => `(${instant} AT TIME ZONE 'UTC')::date`;

const FROM_EVENTS = `
    SELECT key_id, ${utcDay('occurred_at')} AS day, ${EVENT_SUMS} AS sums
      FROM usage_events WHERE workspace_id = $1 AND occurred_at >= $2::date AND occurred_at < $3::date GROUP BY 1, 2`;

/** Where events were pruned the hours of keys stand for them; requests with a latency are taken from their buckets. */
const FROM_HOURS = `
    SELECT h.key_id, h.day, h.sums[1:9] || COALESCE(l.timed, 0) AS sums
      FROM (SELECT key_id, ${utcDay('hour')} AS day, ${ROLLUP_SUMS} AS sums
              FROM key_hours WHERE workspace_id = $1 AND hour >= $2::date AND hour < $3::date GROUP BY 1, 2) h
      LEFT JOIN (SELECT key_id, ${utcDay('starts_at')} AS day, SUM(requests)::bigint AS timed
                   FROM latency_buckets WHERE workspace_id = $1 AND key_id > 0 AND starts_at >= $2::date AND starts_at < $3::date
                  GROUP BY 1, 2) l USING (key_id, day)`;

/**
 * One month of one workspace ($1; from $2 to $3, UTC dates): every roll-up by key and day or by day, and the counters of
 * keys by month and of the workspace by day, against the events. One more row, without a window, brings what the events, the
 * counters of keys and the hours of keys come to.
 */
const reconcileMonth = (base: string) => `
  WITH e AS MATERIALIZED (${base}), we AS MATERIALIZED (
    SELECT 0::bigint AS key_id, day, ${addUp('sums')} AS sums FROM e GROUP BY day
  ), expected AS (
    SELECT source, key_id, day, sums FROM e CROSS JOIN (VALUES ('key_hour'), ('key_endpoint_day'), ('key_model_day'), ('latency_day')) s(source)
     UNION ALL
    SELECT source, key_id, day, sums FROM we
     CROSS JOIN (VALUES ('endpoint_half_hour'), ('model_half_hour'), ('class_half_hour'), ('endpoint_day'), ('model_day'),
                  ('cube_day'), ('latency_hour')) s(source)
  ), rolled AS (
    SELECT 'key_hour' AS source, key_id, ${utcDay('hour')} AS day, ${ROLLUP_SUMS} AS sums
      FROM key_hours WHERE workspace_id = $1 AND hour >= $2::date AND hour < $3::date GROUP BY 2, 3
     UNION ALL
    SELECT s.source, r.key_id, r.day, ${addUp('r.sums')}
      FROM (SELECT rollup, key_id, ${utcDay('starts_at')} AS day, ${ROLLUP_SUMS} AS sums
              FROM usage_rollups WHERE workspace_id = $1 AND starts_at >= $2::date AND starts_at < $3::date
             GROUP BY 1, 2, 3) r
     CROSS JOIN LATERAL unnest(CASE r.rollup WHEN 'key_unnamed_day' THEN '{key_endpoint_day,key_model_day}' ELSE ARRAY[r.rollup::text] END) s(source)
     GROUP BY 1, 2, 3
     UNION ALL
    SELECT CASE WHEN key_id = 0 THEN 'latency_hour' ELSE 'latency_day' END, key_id, ${utcDay('starts_at')},
           ARRAY[0, 0, 0, 0, 0, 0, 0, 0, 0, SUM(requests)]::bigint[]
      FROM latency_buckets WHERE workspace_id = $1 AND starts_at >= $2::date AND starts_at < $3::date GROUP BY 1, 2, 3
  ), counted AS (
    SELECT key_id, ${COUNTER_SUMS} AS sums FROM key_months WHERE workspace_id = $1 AND month = $2::date GROUP BY key_id
  ), wcounted AS (
    SELECT starts_on AS day, ${COUNTER_SUMS} AS sums FROM workspace_counters
     WHERE workspace_id = $1 AND "window" = 'day' AND starts_on >= $2::date AND starts_on < $3::date GROUP BY 1
  ), compared AS (
    SELECT source, key_id, 'day' AS kind, day AS starts_on,
           CASE WHEN source LIKE 'latency%' THEN '{0,0,0,0,0,0,0,0,0}'::bigint[] || (COALESCE(e.sums, ${ZERO}))[10] ELSE (COALESCE(e.sums, ${ZERO}))[1:9] || 0::bigint END AS event_sums,
           NULL::bigint[] AS counter_sums, COALESCE(r.sums, ${ZERO}) AS rollup_sums
      FROM expected e FULL JOIN rolled r USING (source, key_id, day)
     UNION ALL
    SELECT NULL, key_id, 'month', $2::date, (COALESCE(e.sums, ${ZERO}))[1:6], COALESCE(c.sums, ${ZERO_COUNTER}), NULL
      FROM (SELECT key_id, ${addUp('sums')} AS sums FROM e GROUP BY 1) e FULL JOIN counted c USING (key_id)
     UNION ALL
    SELECT NULL, 0, 'day', day, (COALESCE(e.sums, ${ZERO}))[1:6], COALESCE(c.sums, ${ZERO_COUNTER}), NULL
      FROM we e FULL JOIN wcounted c USING (day)
  ), different AS (
    SELECT * FROM compared WHERE event_sums <> counter_sums OR event_sums <> rollup_sums LIMIT 1000
  )
  SELECT k.hash AS key_hash, d.kind AS "window", d.starts_on, d.source AS rollup, d.event_sums, d.counter_sums, d.rollup_sums
    FROM different d LEFT JOIN api_keys k ON k.workspace_id = $1 AND k.id = d.key_id
   UNION ALL
  SELECT NULL, NULL, NULL, NULL, (SELECT ${addUp('sums')} FROM we), (SELECT ${addUp('sums')} FROM counted),
         (SELECT ${addUp('sums')} FROM rolled WHERE source = 'key_hour')`;

export const RECONCILE_MONTH = reconcileMonth(FROM_EVENTS);
export const RECONCILE_PRUNED_MONTH = reconcileMonth(FROM_HOURS);

/**
 * What spans months, of one workspace ($1): its lifetime, months and weeks against its days.
 * The finer figures were compared with the events month by month.
 */
export const RECONCILE_SPANS = `
  WITH compared AS (
    SELECT kind, starts_on, COALESCE(d.sums, ${ZERO_COUNTER}) AS event_sums, COALESCE(c.sums, ${ZERO_COUNTER}) AS counter_sums
      FROM (SELECT v.kind, v.starts_on, ${COUNTER_SUMS} AS sums
              FROM workspace_counters d CROSS JOIN LATERAL (VALUES
                   ('week', date_trunc('week', d.starts_on::timestamp)::date), ('month', date_trunc('month', d.starts_on::timestamp)::date),
                   ('lifetime', '0001-01-01'::date)) v(kind, starts_on)
             WHERE d.workspace_id = $1 AND d."window" = 'day' GROUP BY 1, 2) d
      FULL JOIN (SELECT "window"::text AS kind, starts_on, ${COUNTER_SUMS} AS sums
                   FROM workspace_counters WHERE workspace_id = $1 AND "window" <> 'day' GROUP BY 1, 2) c USING (kind, starts_on)
  )
  SELECT NULL::text AS key_hash, kind AS "window", starts_on, NULL::text AS rollup, event_sums, counter_sums, NULL::bigint[] AS rollup_sums
    FROM compared WHERE event_sums <> counter_sums LIMIT 1000`;
