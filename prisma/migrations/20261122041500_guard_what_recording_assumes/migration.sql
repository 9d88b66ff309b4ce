-- CreateTable
CREATE TABLE "recording_basis" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "token" UUID NOT NULL,
    "changed_by" BIGINT NOT NULL,

    CONSTRAINT "recording_basis_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "recording_basis_one_row" CHECK ("id" = 1)
);

INSERT INTO "recording_basis" ("token", "changed_by") VALUES (gen_random_uuid(), 0);

-- A transaction changes the token once, however many rows it touches.
CREATE FUNCTION change_recording_basis() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE recording_basis SET token = gen_random_uuid(), changed_by = pg_current_xact_id()::text::bigint
   WHERE changed_by <> pg_current_xact_id()::text::bigint;
  RETURN NULL;
END
$$;

-- Deferred to the commit: the one row is locked last and for no longer than that, so nobody waits for anything behind it.
-- A new key, secret or management key changes nothing that was read before: what was not found is not remembered.
CREATE CONSTRAINT TRIGGER recording_basis_changed AFTER UPDATE ON "api_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.workspace_id, OLD.id, OLD.hash, OLD.environment, OLD.expires_at, OLD.disabled_at, OLD.deleted_at)
        IS DISTINCT FROM (NEW.workspace_id, NEW.id, NEW.hash, NEW.environment, NEW.expires_at, NEW.disabled_at, NEW.deleted_at))
  EXECUTE FUNCTION change_recording_basis();

CREATE CONSTRAINT TRIGGER recording_basis_deleted AFTER DELETE ON "api_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_recording_basis();

CREATE CONSTRAINT TRIGGER recording_basis_changed AFTER UPDATE ON "key_secrets"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.secret_hash, OLD.workspace_id, OLD.key_id, OLD.ends_at)
        IS DISTINCT FROM (NEW.secret_hash, NEW.workspace_id, NEW.key_id, NEW.ends_at))
  EXECUTE FUNCTION change_recording_basis();

CREATE CONSTRAINT TRIGGER recording_basis_deleted AFTER DELETE ON "key_secrets"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_recording_basis();

CREATE CONSTRAINT TRIGGER recording_basis_changed AFTER UPDATE ON "management_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.id, OLD.workspace_id, OLD.name, OLD.label, OLD.secret_hash, OLD.scopes, OLD.disabled_at, OLD.expires_at, OLD.deleted_at)
        IS DISTINCT FROM (NEW.id, NEW.workspace_id, NEW.name, NEW.label, NEW.secret_hash, NEW.scopes, NEW.disabled_at, NEW.expires_at, NEW.deleted_at))
  EXECUTE FUNCTION change_recording_basis();

CREATE CONSTRAINT TRIGGER recording_basis_deleted AFTER DELETE ON "management_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_recording_basis();

CREATE CONSTRAINT TRIGGER recording_basis_changed AFTER INSERT OR UPDATE OR DELETE ON "prices"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_recording_basis();
