-- CreateTable
CREATE TABLE "reconciliations" (
    "workspace_id" UUID NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "events" BIGINT NOT NULL,
    "differences" INTEGER NOT NULL,

    CONSTRAINT "reconciliations_pkey" PRIMARY KEY ("workspace_id")
);
