-- Whether a workspace has any BYOK usage is asked with every export for Langdock. Few events are BYOK, and of most
-- workspaces none: the answer must not take all of them.
CREATE INDEX "usage_events_byok_idx" ON "usage_events" ("workspace_id") WHERE "is_byok";

-- What is still known when the events that told it were pruned.
ALTER TABLE "workspaces" ADD COLUMN "has_byok_usage" BOOLEAN NOT NULL DEFAULT false;
