-- What a key's events come to that name no endpoint, model or provider is one row a day, which was the same sums in two. The
-- type is made anew: a value that is added to one cannot be used before the transaction ends, and all migrations are one.
CREATE TYPE "rollup_new" AS ENUM ('endpoint_half_hour', 'model_half_hour', 'class_half_hour', 'endpoint_day', 'model_day',
  'key_endpoint_day', 'key_model_day', 'key_unnamed_day', 'cube_day');
ALTER TABLE "usage_rollups" ALTER COLUMN "rollup" TYPE "rollup_new" USING "rollup"::text::"rollup_new";
DROP TYPE "rollup";
ALTER TYPE "rollup_new" RENAME TO "rollup";

-- The sums of events that were pruned stay in both rows, which says the same.
INSERT INTO "usage_rollups" ("workspace_id", "rollup", "starts_at", "key_id", "endpoint", "model", "provider", "environment",
       "status_class", "requests", "errors", "unpriced", "prompt_tokens", "completion_tokens", "cached_prompt_tokens",
       "cache_creation_tokens", "spend_nano_usd", "byok_nano_usd")
SELECT "workspace_id", 'key_unnamed_day'::"rollup", date_trunc('day', "occurred_at" AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', "key_id",
       '', '', '', '', 0, COUNT(*), COUNT(*) FILTER (WHERE "status" >= 400), COUNT(*) FILTER (WHERE "priced_by" = 'unpriced'),
       SUM("prompt_tokens"), SUM("completion_tokens"), SUM("cached_prompt_tokens"), SUM("cache_creation_tokens"),
       SUM(CASE WHEN "is_byok" THEN 0 ELSE "cost_nano_usd" END), SUM(CASE WHEN "is_byok" THEN "cost_nano_usd" ELSE 0 END)
  FROM "usage_events" WHERE num_nonnulls("endpoint", "model", "provider") = 0
 GROUP BY 1, 2, 3, 4;

UPDATE "usage_rollups" r
   SET "requests" = r."requests" - u."requests", "errors" = r."errors" - u."errors", "unpriced" = r."unpriced" - u."unpriced",
       "prompt_tokens" = r."prompt_tokens" - u."prompt_tokens", "completion_tokens" = r."completion_tokens" - u."completion_tokens",
       "cached_prompt_tokens" = r."cached_prompt_tokens" - u."cached_prompt_tokens",
       "cache_creation_tokens" = r."cache_creation_tokens" - u."cache_creation_tokens",
       "spend_nano_usd" = r."spend_nano_usd" - u."spend_nano_usd", "byok_nano_usd" = r."byok_nano_usd" - u."byok_nano_usd"
  FROM "usage_rollups" u
 WHERE u."rollup" = 'key_unnamed_day' AND r."rollup" IN ('key_endpoint_day', 'key_model_day')
   AND r."workspace_id" = u."workspace_id" AND r."starts_at" = u."starts_at" AND r."key_id" = u."key_id"
   AND r."endpoint" = '' AND r."model" = '' AND r."provider" = '' AND r."environment" = '' AND r."status_class" = 0;
DELETE FROM "usage_rollups" WHERE "rollup" IN ('key_endpoint_day', 'key_model_day') AND "requests" = 0;
