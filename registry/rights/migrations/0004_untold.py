"""A request is not over while somebody who was given the data is still to be told (article 19)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION public.registry_rights_guard_untold() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_disclosures_notification n
               WHERE n.state = 'open' AND n.reference = NEW.number) THEN
        PERFORM public.registry_rights_refuse('rights_untold', 'a recipient is still to be told');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_c_untold BEFORE UPDATE OF state ON public.registry_rights_datarequest
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state AND NEW.state IN ('told', 'closed'))
    EXECUTE FUNCTION public.registry_rights_guard_untold();
ALTER TABLE public.registry_rights_datarequest ENABLE ALWAYS TRIGGER guard_c_untold;
"""
BACKWARD = "DROP FUNCTION public.registry_rights_guard_untold() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("registry_rights", "0003_copies"),
        ("registry_disclosures", "0003_whom"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
