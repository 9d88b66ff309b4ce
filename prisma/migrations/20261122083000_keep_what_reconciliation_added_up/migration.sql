-- What the counters of keys and the roll-ups came to when the books were checked, and the first differences.
ALTER TABLE "reconciliations"
    ADD COLUMN "counter_events" BIGINT,
    ADD COLUMN "counter_cost_nano_usd" BIGINT,
    ADD COLUMN "rollup_events" BIGINT,
    ADD COLUMN "rollup_cost_nano_usd" BIGINT,
    ADD COLUMN "found" JSONB NOT NULL DEFAULT '[]';
