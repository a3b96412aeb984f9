"""What the database itself keeps of rules: numbers count up, rows are never edited or deleted."""

from django.db import migrations

GUARD = """
CREATE FUNCTION vuokra_rules_guard_version() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('vuokra_rules:' || NEW.key, 0));
    SELECT coalesce(max(version), 0) + 1 INTO NEW.version
      FROM vuokra_rules_version WHERE key = NEW.key;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.key, NEW.version, NEW.kind, NEW.value, NEW.valid_from, NEW.valid_until,
      NEW.source, NEW.note, NEW.evidence, NEW.seeded, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.key, OLD.version, OLD.kind, OLD.value, OLD.valid_from, OLD.valid_until,
      OLD.source, OLD.note, OLD.evidence, OLD.seeded, OLD.created_at)
     OR (OLD.used_at IS NOT NULL AND NEW.used_at IS DISTINCT FROM OLD.used_at)
     OR (OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at)
     OR (OLD.withdrawn_at IS NOT NULL AND NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'a version of a rule is not edited: add a new one'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'vuokra_rules_version_is_not_edited';
  END IF;
  IF NEW.used_at IS NOT NULL AND NEW.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'a version that was used is not withdrawn'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'vuokra_rules_version_was_used';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER vuokra_rules_version_guard BEFORE INSERT OR UPDATE ON vuokra_rules_version
  FOR EACH ROW EXECUTE FUNCTION vuokra_rules_guard_version();
ALTER TABLE vuokra_rules_version ENABLE ALWAYS TRIGGER vuokra_rules_version_guard;

CREATE FUNCTION vuokra_rules_keep() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'vuokra_rules_rows_are_kept';
END $$;

CREATE TRIGGER vuokra_rules_version_keep BEFORE DELETE OR TRUNCATE ON vuokra_rules_version
  FOR EACH STATEMENT EXECUTE FUNCTION vuokra_rules_keep();
CREATE TRIGGER vuokra_rules_holiday_keep BEFORE DELETE OR TRUNCATE ON vuokra_rules_holiday
  FOR EACH STATEMENT EXECUTE FUNCTION vuokra_rules_keep();
ALTER TABLE vuokra_rules_version ENABLE ALWAYS TRIGGER vuokra_rules_version_keep;
ALTER TABLE vuokra_rules_holiday ENABLE ALWAYS TRIGGER vuokra_rules_holiday_keep;
"""
DROP = """
DROP TRIGGER vuokra_rules_version_guard ON vuokra_rules_version;
DROP TRIGGER vuokra_rules_version_keep ON vuokra_rules_version;
DROP TRIGGER vuokra_rules_holiday_keep ON vuokra_rules_holiday;
DROP FUNCTION vuokra_rules_guard_version();
DROP FUNCTION vuokra_rules_keep();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("vuokra_rules", "0001_rules"),
    ]

    operations = [migrations.RunSQL(GUARD, DROP)]
