-- A key's errors, the newest first, without reading past all that went well.
CREATE INDEX "usage_events_errors_idx" ON "usage_events" ("workspace_id", "key_id", "occurred_at", "id") WHERE "status" >= 400;
