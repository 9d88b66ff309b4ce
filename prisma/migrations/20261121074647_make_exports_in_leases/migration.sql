-- AlterTable
ALTER TABLE "exports" ADD COLUMN     "attempts" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "checksum" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "lease_ends_at" TIMESTAMPTZ(6),
ADD COLUMN     "lease_token" UUID,
ADD COLUMN     "stored_bytes" BIGINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "exports_id_idx" ON "exports"("id");

-- CreateIndex
CREATE INDEX "exports_state_created_at_idx" ON "exports"("state", "created_at");

-- What Prisma cannot express ------------------------------------------------------------------------------------------

-- The content is compressed already: PostgreSQL need not try again.
ALTER TABLE "export_chunks" ALTER COLUMN "content" SET STORAGE EXTERNAL;
