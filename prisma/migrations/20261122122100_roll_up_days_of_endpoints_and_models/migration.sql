-- Days of a workspace's endpoints and models. The type is made anew: a value that is added to one cannot be used before the
-- transaction ends, and all migrations are one.
CREATE TYPE "rollup_new" AS ENUM ('endpoint_half_hour', 'model_half_hour', 'class_half_hour', 'endpoint_day', 'model_day',
  'key_endpoint_day', 'key_endpoint_week', 'key_model_day', 'cube_day');
ALTER TABLE "usage_rollups" ALTER COLUMN "rollup" TYPE "rollup_new" USING "rollup"::text::"rollup_new";
DROP TYPE "rollup";
ALTER TYPE "rollup_new" RENAME TO "rollup";

-- A quarter by endpoint or model is 48 times as many half hours as days.
INSERT INTO "usage_rollups" ("workspace_id", "rollup", "starts_at", "key_id", "endpoint", "model", "provider", "environment",
       "status_class", "requests", "errors", "unpriced", "prompt_tokens", "completion_tokens", "cached_prompt_tokens",
       "cache_creation_tokens", "spend_nano_usd", "byok_nano_usd")
SELECT "workspace_id", CASE "rollup" WHEN 'endpoint_half_hour' THEN 'endpoint_day' ELSE 'model_day' END::"rollup",
       date_trunc('day', "starts_at" AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', "key_id", "endpoint", "model", "provider", "environment",
       "status_class", SUM("requests"), SUM("errors"), SUM("unpriced"), SUM("prompt_tokens"), SUM("completion_tokens"),
       SUM("cached_prompt_tokens"), SUM("cache_creation_tokens"), SUM("spend_nano_usd"), SUM("byok_nano_usd")
  FROM "usage_rollups" WHERE "rollup" IN ('endpoint_half_hour', 'model_half_hour')
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
