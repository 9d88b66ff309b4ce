-- CreateEnum
CREATE TYPE "environment" AS ENUM ('live', 'test');

-- CreateEnum
CREATE TYPE "usage_window" AS ENUM ('day', 'week', 'month', 'lifetime');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'admin', 'viewer');

-- CreateEnum
CREATE TYPE "priced_by" AS ENUM ('caller', 'model', 'usage_name', 'unpriced');

-- CreateEnum
CREATE TYPE "hold_state" AS ENUM ('open', 'settled', 'released');

-- CreateEnum
CREATE TYPE "export_state" AS ENUM ('pending', 'running', 'done', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('user', 'management_key', 'system');

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "key_prefix" TEXT,
    "default_limit_nano_usd" BIGINT,
    "default_limit_window" "usage_window" NOT NULL DEFAULT 'lifetime',
    "include_byok_in_budgets" BOOLEAN NOT NULL DEFAULT false,
    "vendor_settings" JSONB NOT NULL DEFAULT '{}',
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6),
    "deleted_at" TIMESTAMPTZ(6),

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "is_account_owner" BOOLEAN NOT NULL DEFAULT false,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sign_in_at" TIMESTAMPTZ(6),
    "disabled_at" TIMESTAMPTZ(6),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_identities" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_identities_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "memberships" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "sign_in_throttles" (
    "subject" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sign_in_throttles_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "setup_links" (
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setup_links_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "workspace_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "environment" "environment" NOT NULL DEFAULT 'live',
    "limit_nano_usd" BIGINT,
    "limit_window" "usage_window" NOT NULL DEFAULT 'lifetime',
    "include_byok_in_limit" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(6),
    "disabled_at" TIMESTAMPTZ(6),
    "deleted_at" TIMESTAMPTZ(6),
    "rotated_at" TIMESTAMPTZ(6),
    "creator_user_id" TEXT,
    "external_user" TEXT,
    "owner" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "scopes" JSONB NOT NULL DEFAULT '[]',
    "customer_id" TEXT,
    "external_meter_id" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "key_secrets" (
    "secret_hash" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "key_id" BIGINT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),

    CONSTRAINT "key_secrets_pkey" PRIMARY KEY ("secret_hash")
);

-- CreateTable
CREATE TABLE "management_keys" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "workspace_id" UUID,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "disabled_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),
    "deleted_at" TIMESTAMPTZ(6),
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),

    CONSTRAINT "management_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_events" (
    "workspace_id" UUID NOT NULL,
    "key_id" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "environment" "environment" NOT NULL,
    "endpoint" TEXT,
    "model" TEXT,
    "provider" TEXT,
    "status" SMALLINT NOT NULL,
    "latency_ms" INTEGER,
    "usage_units" BIGINT,
    "usage_name" TEXT,
    "prompt_tokens" BIGINT NOT NULL DEFAULT 0,
    "completion_tokens" BIGINT NOT NULL DEFAULT 0,
    "cached_prompt_tokens" BIGINT NOT NULL DEFAULT 0,
    "cache_creation_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_nano_usd" BIGINT NOT NULL,
    "priced_by" "priced_by" NOT NULL,
    "is_byok" BOOLEAN NOT NULL DEFAULT false,
    "idempotency_key" TEXT,
    "hold_id" UUID,

    CONSTRAINT "usage_events_pkey" PRIMARY KEY ("workspace_id","key_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "idempotency_claims" (
    "workspace_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "event_id" UUID NOT NULL,
    "key_id" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "cost_nano_usd" BIGINT NOT NULL,
    "priced_by" "priced_by" NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_claims_pkey" PRIMARY KEY ("workspace_id","idempotency_key")
);

-- CreateTable
CREATE TABLE "key_counters" (
    "workspace_id" UUID NOT NULL,
    "key_id" BIGINT NOT NULL,
    "window" "usage_window" NOT NULL,
    "starts_on" DATE NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "prompt_tokens" BIGINT NOT NULL,
    "completion_tokens" BIGINT NOT NULL,
    "spend_nano_usd" BIGINT NOT NULL,
    "byok_nano_usd" BIGINT NOT NULL,
    "last_occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_counters_pkey" PRIMARY KEY ("workspace_id","key_id","window","starts_on")
);

-- CreateTable
CREATE TABLE "workspace_counters" (
    "workspace_id" UUID NOT NULL,
    "window" "usage_window" NOT NULL,
    "starts_on" DATE NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "prompt_tokens" BIGINT NOT NULL,
    "completion_tokens" BIGINT NOT NULL,
    "spend_nano_usd" BIGINT NOT NULL,
    "byok_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "workspace_counters_pkey" PRIMARY KEY ("workspace_id","window","starts_on")
);

-- CreateTable
CREATE TABLE "endpoint_days" (
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "key_id" BIGINT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "prompt_tokens" BIGINT NOT NULL,
    "completion_tokens" BIGINT NOT NULL,
    "cached_prompt_tokens" BIGINT NOT NULL,
    "cache_creation_tokens" BIGINT NOT NULL,
    "spend_nano_usd" BIGINT NOT NULL,
    "byok_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "endpoint_days_pkey" PRIMARY KEY ("workspace_id","day","key_id","endpoint")
);

-- CreateTable
CREATE TABLE "budgets" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "workspace_id" UUID NOT NULL,
    "window" "usage_window" NOT NULL,
    "limit_nano_usd" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budgets_pkey" PRIMARY KEY ("workspace_id","window")
);

-- CreateTable
CREATE TABLE "holds" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key_id" BIGINT NOT NULL,
    "amount_nano_usd" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "hold_state" NOT NULL DEFAULT 'open',
    "closed_at" TIMESTAMPTZ(3),
    "event_id" UUID,
    "idempotency_key" TEXT,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "holds_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "rate_counters" (
    "workspace_id" UUID NOT NULL,
    "key_id" BIGINT NOT NULL,
    "limiter" TEXT NOT NULL,
    "second" TIMESTAMPTZ(0) NOT NULL,
    "requests" INTEGER NOT NULL,

    CONSTRAINT "rate_counters_pkey" PRIMARY KEY ("workspace_id","key_id","limiter")
);

-- CreateTable
CREATE TABLE "prices" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "workspace_id" UUID,
    "model" TEXT,
    "usage_name" TEXT,
    "provider" TEXT,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "input_nano_usd_per_million" BIGINT,
    "output_nano_usd_per_million" BIGINT,
    "cache_read_nano_usd_per_million" BIGINT,
    "cache_write_nano_usd_per_million" BIGINT,
    "unit_nano_usd" BIGINT,
    "source" TEXT NOT NULL DEFAULT 'admin',
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exports" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "format" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "state" "export_state" NOT NULL DEFAULT 'pending',
    "file_path" TEXT NOT NULL,
    "row_count" BIGINT NOT NULL DEFAULT 0,
    "row_total" BIGINT,
    "size_bytes" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),

    CONSTRAINT "exports_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "export_chunks" (
    "workspace_id" UUID NOT NULL,
    "export_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "export_chunks_pkey" PRIMARY KEY ("workspace_id","export_id","sequence")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_label" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "request_id" TEXT NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_runs" (
    "workspace_id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "rows_done" BIGINT NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_runs_pkey" PRIMARY KEY ("workspace_id","fingerprint")
);

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_slug_key" ON "workspaces"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "user_identities_user_id_idx" ON "user_identities"("user_id");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_workspace_id_created_at_hash_idx" ON "api_keys"("workspace_id", "created_at" DESC, "hash");

-- CreateIndex
CREATE INDEX "key_secrets_workspace_id_key_id_idx" ON "key_secrets"("workspace_id", "key_id");

-- CreateIndex
CREATE UNIQUE INDEX "management_keys_secret_hash_key" ON "management_keys"("secret_hash");

-- CreateIndex
CREATE INDEX "management_keys_workspace_id_idx" ON "management_keys"("workspace_id");

-- CreateIndex
CREATE INDEX "idempotency_claims_claimed_at_idx" ON "idempotency_claims"("claimed_at");

-- CreateIndex
CREATE UNIQUE INDEX "holds_workspace_id_idempotency_key_key" ON "holds"("workspace_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "prices_model_provider_valid_from_idx" ON "prices"("model", "provider", "valid_from" DESC);

-- CreateIndex
CREATE INDEX "prices_usage_name_valid_from_idx" ON "prices"("usage_name", "valid_from" DESC);

-- CreateIndex
CREATE INDEX "exports_expires_at_idx" ON "exports"("expires_at");

-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_id_idx" ON "audit_entries"("workspace_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_subject_id_id_idx" ON "audit_entries"("workspace_id", "subject_id", "id" DESC);

-- AddForeignKey
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_secrets" ADD CONSTRAINT "key_secrets_workspace_id_key_id_fkey" FOREIGN KEY ("workspace_id", "key_id") REFERENCES "api_keys"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "management_keys" ADD CONSTRAINT "management_keys_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prices" ADD CONSTRAINT "prices_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_chunks" ADD CONSTRAINT "export_chunks_workspace_id_export_id_fkey" FOREIGN KEY ("workspace_id", "export_id") REFERENCES "exports"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------------------------------------------------

-- Money and counts never go below zero, cached tokens are part of the prompt, and a price is of one kind.
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_limit_check" CHECK ("limit_nano_usd" >= 0);
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_limit_check" CHECK ("limit_nano_usd" > 0);
ALTER TABLE "holds" ADD CONSTRAINT "holds_amount_check" CHECK ("amount_nano_usd" > 0);
ALTER TABLE "usage_events" ADD CONSTRAINT "usage_events_cost_check" CHECK ("cost_nano_usd" >= 0);
ALTER TABLE "usage_events" ADD CONSTRAINT "usage_events_tokens_check" CHECK (
  "cached_prompt_tokens" >= 0 AND "cache_creation_tokens" >= 0 AND "completion_tokens" >= 0
  AND "prompt_tokens" - "cached_prompt_tokens" - "cache_creation_tokens" >= 0);
ALTER TABLE "prices" ADD CONSTRAINT "prices_kind_check" CHECK (
  ("model" IS NULL) <> ("usage_name" IS NULL)
  AND ("model" IS NULL) = ("input_nano_usd_per_million" IS NULL)
  AND ("model" IS NULL) = ("output_nano_usd_per_million" IS NULL)
  AND ("usage_name" IS NULL) = ("unit_nano_usd" IS NULL));

-- What is held on a key is summed over its open holds alone.
CREATE INDEX "holds_open_idx" ON "holds" ("workspace_id", "key_id", "expires_at") WHERE "state" = 'open';

-- Counters are updated in place: room on the page keeps the new version beside the old one, and out of the index.
ALTER TABLE "key_counters" SET (fillfactor = 70);
ALTER TABLE "workspace_counters" SET (fillfactor = 50);
ALTER TABLE "endpoint_days" SET (fillfactor = 80);
ALTER TABLE "rate_counters" SET (fillfactor = 50);

-- Callers that name no workspace speak for this one.
INSERT INTO "workspaces" ("slug", "name") VALUES ('default', 'Default');
