-- What open holds reserve of a workspace's budgets is asked with every hold. Those that expired unsettled stay open, and are
-- passed over here instead of being read each time.
CREATE INDEX "holds_unexpired_idx" ON "holds" ("workspace_id", "expires_at") INCLUDE ("amount_nano_usd") WHERE "state" = 'open';
