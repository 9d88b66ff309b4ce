-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_actor_id_id_idx" ON "audit_entries"("workspace_id", "actor_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_action_id_idx" ON "audit_entries"("workspace_id", "action", "id" DESC);
