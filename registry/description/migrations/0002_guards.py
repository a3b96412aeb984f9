"""Published versions count up and are neither changed nor removed."""

from django.db import migrations

GUARD = """
CREATE FUNCTION registry_description_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('registry_description', 0));
    SELECT coalesce(max(number), 0) + 1 INTO NEW.number
      FROM registry_description_descriptionversion;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a published description stays as it was'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'registry_description_stays';
END $$;

CREATE TRIGGER registry_description_guard
  BEFORE INSERT OR UPDATE OR DELETE ON registry_description_descriptionversion
  FOR EACH ROW EXECUTE FUNCTION registry_description_guard();
CREATE TRIGGER registry_description_keep
  BEFORE TRUNCATE ON registry_description_descriptionversion
  FOR EACH STATEMENT EXECUTE FUNCTION registry_description_guard();
ALTER TABLE registry_description_descriptionversion
  ENABLE ALWAYS TRIGGER registry_description_guard;
ALTER TABLE registry_description_descriptionversion
  ENABLE ALWAYS TRIGGER registry_description_keep;
"""
DROP = """
DROP TRIGGER registry_description_guard ON registry_description_descriptionversion;
DROP TRIGGER registry_description_keep ON registry_description_descriptionversion;
DROP FUNCTION registry_description_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_description", "0001_description"),
    ]

    operations = [migrations.RunSQL(GUARD, DROP)]
