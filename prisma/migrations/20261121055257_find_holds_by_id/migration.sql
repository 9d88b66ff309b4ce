-- CreateIndex
CREATE INDEX "holds_id_idx" ON "holds"("id");
