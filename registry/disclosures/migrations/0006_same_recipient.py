"""A correction tells of the disclosure that it corrects: to whom, by what basis, of how many."""

from django.db import migrations

FORWARD = """
-- Without this a correction would tell of another recipient, such as an authority without its law.
CREATE FUNCTION public.registry_disclosures_guard_corrected() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.registry_disclosures_disclosure d
        WHERE d.id = NEW.corrects_id
            AND (d.recipient_id, d.basis_id, d.person_count, d.irregular)
                IS NOT DISTINCT FROM
                (NEW.recipient_id, NEW.basis_id, NEW.person_count, NEW.irregular)) THEN
        RAISE EXCEPTION 'a correction tells of the same disclosure'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_correction_same';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_corrected BEFORE INSERT ON public.registry_disclosures_disclosure
    FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL)
    EXECUTE FUNCTION public.registry_disclosures_guard_corrected();
ALTER TABLE public.registry_disclosures_disclosure ENABLE ALWAYS TRIGGER guard_corrected;
"""
BACKWARD = """
DROP TRIGGER guard_corrected ON public.registry_disclosures_disclosure;
DROP FUNCTION public.registry_disclosures_guard_corrected();
"""


class Migration(migrations.Migration):
    dependencies = [("registry_disclosures", "0005_by_two")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
