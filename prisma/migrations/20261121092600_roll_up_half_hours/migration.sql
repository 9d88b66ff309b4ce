-- Many zones are half an hour off the hours of UTC. By half hours their days, too, are whole buckets of a workspace, and need
-- no event that is read by itself.
ALTER TYPE "rollup" RENAME VALUE 'endpoint_hour' TO 'endpoint_half_hour';
ALTER TYPE "rollup" RENAME VALUE 'model_hour' TO 'model_half_hour';
ALTER TYPE "rollup" RENAME VALUE 'class_hour' TO 'class_half_hour';

-- Where events were pruned an hour's sums stay with its first half.
DELETE FROM "usage_rollups"
 WHERE "rollup" IN ('endpoint_half_hour', 'model_half_hour', 'class_half_hour')
   AND "starts_at" >= COALESCE((SELECT "pruned_before" FROM "retention"), '-infinity');

INSERT INTO "usage_rollups"
SELECT e.workspace_id, r.rollup, r.starts_at, 0, r.endpoint, r.model, r.provider, r.environment, r.status_class,
       COUNT(*), COUNT(*) FILTER (WHERE e.status >= 400), COUNT(*) FILTER (WHERE e.priced_by = 'unpriced'),
       SUM(e.prompt_tokens), SUM(e.completion_tokens), SUM(e.cached_prompt_tokens), SUM(e.cache_creation_tokens),
       SUM(CASE WHEN e.is_byok THEN 0 ELSE e.cost_nano_usd END), SUM(CASE WHEN e.is_byok THEN e.cost_nano_usd ELSE 0 END)
  FROM (SELECT *, COALESCE(endpoint, '') AS endpoint_name, COALESCE(model, '') AS model_name,
               COALESCE(provider, '') AS provider_name,
               date_bin('30 minutes', occurred_at, timestamptz '2000-01-01Z') AS half_hour FROM "usage_events") e
 CROSS JOIN LATERAL (VALUES
       ('endpoint_half_hour'::rollup, e.half_hour, e.endpoint_name, '', '', '', 0::smallint),
       ('model_half_hour', e.half_hour, '', e.model_name, e.provider_name, '', 0),
       ('class_half_hour', e.half_hour, '', '', '', e.environment::text, e.status / 100))
       r(rollup, starts_at, endpoint, model, provider, environment, status_class)
 GROUP BY 1, 2, 3, 5, 6, 7, 8, 9;

-- Hours of all keys, which the primary key has in the order of keys. Rows are updated in place, so only a new one is indexed.
CREATE INDEX "key_hours_workspace_id_hour_idx" ON "key_hours"("workspace_id", "hour");
