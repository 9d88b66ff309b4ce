-- CreateEnum
CREATE TYPE "rollup" AS ENUM ('endpoint_hour', 'model_hour', 'class_hour', 'key_endpoint_day', 'key_endpoint_week', 'key_model_day', 'cube_day');

-- DropTable
DROP TABLE "endpoint_days";

-- CreateTable
CREATE TABLE "key_hours" (
    "workspace_id" UUID NOT NULL,
    "key_id" BIGINT NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "unpriced" BIGINT NOT NULL,
    "prompt_tokens" BIGINT NOT NULL,
    "completion_tokens" BIGINT NOT NULL,
    "cached_prompt_tokens" BIGINT NOT NULL,
    "cache_creation_tokens" BIGINT NOT NULL,
    "spend_nano_usd" BIGINT NOT NULL,
    "byok_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "key_hours_pkey" PRIMARY KEY ("workspace_id","key_id","hour")
);

-- CreateTable
CREATE TABLE "usage_rollups" (
    "workspace_id" UUID NOT NULL,
    "rollup" "rollup" NOT NULL,
    "starts_at" TIMESTAMPTZ(0) NOT NULL,
    "key_id" BIGINT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "status_class" SMALLINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "unpriced" BIGINT NOT NULL,
    "prompt_tokens" BIGINT NOT NULL,
    "completion_tokens" BIGINT NOT NULL,
    "cached_prompt_tokens" BIGINT NOT NULL,
    "cache_creation_tokens" BIGINT NOT NULL,
    "spend_nano_usd" BIGINT NOT NULL,
    "byok_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "usage_rollups_pkey" PRIMARY KEY ("workspace_id","rollup","starts_at","key_id","endpoint","model","provider","environment","status_class")
);

-- CreateTable
CREATE TABLE "latency_buckets" (
    "workspace_id" UUID NOT NULL,
    "key_id" BIGINT NOT NULL,
    "starts_at" TIMESTAMPTZ(0) NOT NULL,
    "bucket" SMALLINT NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "latency_buckets_pkey" PRIMARY KEY ("workspace_id","key_id","starts_at","bucket")
);

-- CreateTable
CREATE TABLE "retention" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "pruned_before" TIMESTAMPTZ(0),

    CONSTRAINT "retention_pkey" PRIMARY KEY ("id")
);

-- What Prisma cannot express ------------------------------------------------------------------------------------------

-- Updated in place: room on the page keeps the new version beside the old one, and out of the index.
ALTER TABLE "key_hours" SET (fillfactor = 80);
ALTER TABLE "usage_rollups" SET (fillfactor = 80);
ALTER TABLE "latency_buckets" SET (fillfactor = 80);

ALTER TABLE "retention" ADD CONSTRAINT "retention_one_row_check" CHECK ("id" = 1);
INSERT INTO "retention" ("id") VALUES (1);

-- A key's running day and week are sums over its hours from here on.
DELETE FROM "key_counters" WHERE "window" IN ('day', 'week');

-- What was recorded before the roll-ups were there.
INSERT INTO "key_hours"
SELECT workspace_id, key_id, date_trunc('hour', occurred_at), COUNT(*), COUNT(*) FILTER (WHERE status >= 400),
       COUNT(*) FILTER (WHERE priced_by = 'unpriced'), SUM(prompt_tokens), SUM(completion_tokens),
       SUM(cached_prompt_tokens), SUM(cache_creation_tokens), SUM(CASE WHEN is_byok THEN 0 ELSE cost_nano_usd END),
       SUM(CASE WHEN is_byok THEN cost_nano_usd ELSE 0 END)
  FROM "usage_events" GROUP BY 1, 2, 3;

INSERT INTO "usage_rollups"
SELECT e.workspace_id, r.rollup, r.starts_at, r.key_id, r.endpoint, r.model, r.provider, r.environment, r.status_class,
       COUNT(*), COUNT(*) FILTER (WHERE e.status >= 400), COUNT(*) FILTER (WHERE e.priced_by = 'unpriced'),
       SUM(e.prompt_tokens), SUM(e.completion_tokens), SUM(e.cached_prompt_tokens), SUM(e.cache_creation_tokens),
       SUM(CASE WHEN e.is_byok THEN 0 ELSE e.cost_nano_usd END), SUM(CASE WHEN e.is_byok THEN e.cost_nano_usd ELSE 0 END)
  FROM (SELECT *, COALESCE(endpoint, '') AS endpoint_name, COALESCE(model, '') AS model_name,
               COALESCE(provider, '') AS provider_name, date_trunc('hour', occurred_at) AS hour,
               date_trunc('day', occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day,
               date_trunc('week', occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS week FROM "usage_events") e
 CROSS JOIN LATERAL (VALUES
       ('endpoint_hour'::rollup, e.hour, 0::bigint, e.endpoint_name, '', '', '', 0::smallint),
       ('model_hour', e.hour, 0, '', e.model_name, e.provider_name, '', 0),
       ('class_hour', e.hour, 0, '', '', '', e.environment::text, e.status / 100),
       ('key_endpoint_day', e.day, e.key_id, e.endpoint_name, '', '', '', 0),
       ('key_endpoint_week', e.week, e.key_id, e.endpoint_name, '', '', '', 0),
       ('key_model_day', e.day, e.key_id, '', e.model_name, e.provider_name, '', 0),
       ('cube_day', e.day, 0, e.endpoint_name, e.model_name, e.provider_name, e.environment::text, e.status / 100))
       r(rollup, starts_at, key_id, endpoint, model, provider, environment, status_class)
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

INSERT INTO "latency_buckets"
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
 GROUP BY 1, 2, 3, 4;
