"""What the database itself keeps of accounts and grants (data-protection 3.1, 4.7).

Exclusion constraints: no role twice at once, never main user (PAA) and log reviewer (TAR) at once.
Triggers: an account is neither deleted, renamed nor reopened; a grant is neither deleted nor
edited, and takes effect only when a main user approves it in his own name.
"""

from __future__ import annotations

from django.db import migrations

EXTENSION = "CREATE EXTENSION IF NOT EXISTS btree_gist"

EXCLUSIONS = """
ALTER TABLE vuokra_accounts_role_grant
  ADD CONSTRAINT vuokra_accounts_role_grant_no_overlap
    EXCLUDE USING gist (user_id WITH =, role WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
    WHERE (revoked_at IS NULL),
  ADD CONSTRAINT vuokra_accounts_role_grant_main_user_reviews_no_log
    EXCLUDE USING gist (user_id WITH =, role WITH <>, daterange(valid_from, valid_to, '[]') WITH &&)
    WHERE (revoked_at IS NULL AND role IN ('PAA', 'TAR'));
"""
DROP_EXCLUSIONS = """
ALTER TABLE vuokra_accounts_role_grant
  DROP CONSTRAINT vuokra_accounts_role_grant_no_overlap,
  DROP CONSTRAINT vuokra_accounts_role_grant_main_user_reviews_no_log;
"""

KEEP = """
CREATE FUNCTION vuokra_accounts_keep() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'vuokra_accounts_rows_are_kept';
END $$;

CREATE TRIGGER vuokra_accounts_user_keep BEFORE DELETE OR TRUNCATE ON vuokra_accounts_user
  FOR EACH STATEMENT EXECUTE FUNCTION vuokra_accounts_keep();
CREATE TRIGGER vuokra_accounts_role_grant_keep
  BEFORE DELETE OR TRUNCATE ON vuokra_accounts_role_grant
  FOR EACH STATEMENT EXECUTE FUNCTION vuokra_accounts_keep();
ALTER TABLE vuokra_accounts_user ENABLE ALWAYS TRIGGER vuokra_accounts_user_keep;
ALTER TABLE vuokra_accounts_role_grant ENABLE ALWAYS TRIGGER vuokra_accounts_role_grant_keep;
"""
DROP_KEEP = """
DROP TRIGGER vuokra_accounts_user_keep ON vuokra_accounts_user;
DROP TRIGGER vuokra_accounts_role_grant_keep ON vuokra_accounts_role_grant;
DROP FUNCTION vuokra_accounts_keep();
"""

ACCOUNT = """
CREATE FUNCTION vuokra_accounts_guard_user() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.username <> OLD.username THEN
    RAISE EXCEPTION 'an account keeps its user name'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'vuokra_accounts_user_keeps_its_user_name';
  END IF;
  IF OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
    RAISE EXCEPTION 'a closed account stays closed'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'vuokra_accounts_user_stays_closed';
  END IF;
  IF NEW.session_epoch < OLD.session_epoch THEN
    RAISE EXCEPTION 'the session epoch only rises'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'vuokra_accounts_user_session_epoch_only_rises';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER vuokra_accounts_user_guard BEFORE UPDATE ON vuokra_accounts_user
  FOR EACH ROW EXECUTE FUNCTION vuokra_accounts_guard_user();
"""
DROP_ACCOUNT = """
DROP TRIGGER vuokra_accounts_user_guard ON vuokra_accounts_user;
DROP FUNCTION vuokra_accounts_guard_user();
"""

GRANT = """
CREATE FUNCTION vuokra_accounts_guard_grant() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
  actor text := coalesce(current_setting('vuokra.actor', true), '');
  day date;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.user_id, NEW.role, NEW.valid_from, NEW.valid_to, NEW.reason, NEW.origin,
        NEW.requested_by_id, NEW.created_at)
       IS DISTINCT FROM
       (OLD.user_id, OLD.role, OLD.valid_from, OLD.valid_to, OLD.reason, OLD.origin,
        OLD.requested_by_id, OLD.created_at)
       OR (OLD.approved_at IS NOT NULL AND (NEW.approved_at, NEW.approver_id)
           IS DISTINCT FROM (OLD.approved_at, OLD.approver_id))
       OR (OLD.revoked_at IS NOT NULL AND NEW IS DISTINCT FROM OLD) THEN
      RAISE EXCEPTION 'a role grant is not edited: revoke it and grant anew'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'vuokra_accounts_role_grant_is_not_edited';
    END IF;
  END IF;
  IF NEW.approved_at IS NULL OR (TG_OP = 'UPDATE' AND OLD.approved_at IS NOT NULL) THEN
    RETURN NEW;
  END IF;
  IF NEW.approver_id IS NULL THEN
    IF actor NOT LIKE 'command:%' AND actor NOT LIKE 'system:%' THEN
      RAISE EXCEPTION 'a role grant without an approver is made by a command only'
        USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END IF;
  IF actor <> 'user:' || NEW.approver_id THEN
    RAISE EXCEPTION 'a role grant is approved in one''s own name'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  day := (NEW.approved_at AT TIME ZONE 'Europe/Helsinki')::date;
  IF NOT EXISTS (
    SELECT 1 FROM vuokra_accounts_role_grant held
      JOIN vuokra_accounts_user approver ON approver.id = held.user_id AND approver.is_active
    WHERE held.user_id = NEW.approver_id AND held.role = 'PAA' AND held.approved_at IS NOT NULL
      AND held.revoked_at IS NULL AND day BETWEEN held.valid_from AND held.valid_to
  ) THEN
    RAISE EXCEPTION 'a role grant is approved by a main user'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER vuokra_accounts_role_grant_guard
  BEFORE INSERT OR UPDATE ON vuokra_accounts_role_grant
  FOR EACH ROW EXECUTE FUNCTION vuokra_accounts_guard_grant();
"""
DROP_GRANT = """
DROP TRIGGER vuokra_accounts_role_grant_guard ON vuokra_accounts_role_grant;
DROP FUNCTION vuokra_accounts_guard_grant();
"""


class Migration(migrations.Migration):
    dependencies = [("vuokra_accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(EXTENSION, migrations.RunSQL.noop),
        migrations.RunSQL(EXCLUSIONS, DROP_EXCLUSIONS),
        migrations.RunSQL(KEEP, DROP_KEEP),
        migrations.RunSQL(ACCOUNT, DROP_ACCOUNT),
        migrations.RunSQL(GRANT, DROP_GRANT),
    ]
