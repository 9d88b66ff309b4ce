-- What no price covered, newest first. Only events that name something a price could be set for are in it, so that a
-- service that counts requests alone pays nothing.
CREATE INDEX "usage_events_unpriced_idx" ON "usage_events" ("workspace_id", "occurred_at" DESC)
  WHERE "priced_by" = 'unpriced' AND ("model" IS NOT NULL OR "usage_name" IS NOT NULL);
