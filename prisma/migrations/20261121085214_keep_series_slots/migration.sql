-- AlterTable
ALTER TABLE "reconciliations" ADD COLUMN     "cost_nano_usd" BIGINT;

-- CreateTable
CREATE TABLE "series_slots" (
    "workspace_id" UUID NOT NULL,
    "dimension" TEXT NOT NULL,
    "slot" SMALLINT NOT NULL,
    "value" TEXT NOT NULL,
    "ranked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "series_slots_pkey" PRIMARY KEY ("workspace_id","dimension","slot")
);
