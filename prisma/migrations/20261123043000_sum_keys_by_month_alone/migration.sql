-- What a key came to in its lifetime is the sum of its months, which are few: a row less to write for each event.
ALTER TABLE "key_counters" RENAME TO "key_months";
DELETE FROM "key_months" WHERE "window" = 'lifetime';
ALTER TABLE "key_months" DROP CONSTRAINT "key_counters_pkey";
ALTER TABLE "key_months" DROP COLUMN "window";
ALTER TABLE "key_months" RENAME COLUMN "starts_on" TO "month";
ALTER TABLE "key_months" ADD CONSTRAINT "key_months_pkey" PRIMARY KEY ("workspace_id", "key_id", "month");
