-- Weeks of a key's endpoints: what days that are over come to is kept by the process that asks, so that reading by the week no
-- longer pays for what it costs to record.
DELETE FROM "usage_rollups" WHERE "rollup" = 'key_endpoint_week';
CREATE TYPE "rollup_new" AS ENUM ('endpoint_half_hour', 'model_half_hour', 'class_half_hour', 'endpoint_day', 'model_day',
  'key_endpoint_day', 'key_model_day', 'cube_day');
ALTER TABLE "usage_rollups" ALTER COLUMN "rollup" TYPE "rollup_new" USING "rollup"::text::"rollup_new";
DROP TYPE "rollup";
ALTER TYPE "rollup_new" RENAME TO "rollup";
