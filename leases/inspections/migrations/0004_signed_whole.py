"""An inspection begins as one that is agreed on, and is signed when all of it was gone through."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION public.leases_inspections_guard_way() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' AND (NEW.done_on IS NOT NULL OR NEW.signed_on IS NOT NULL
        OR NEW.cancelled_on IS NOT NULL) THEN
        RAISE EXCEPTION 'an inspection begins as one that is agreed on'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_way';
    END IF;
    IF TG_OP = 'UPDATE' AND EXISTS (SELECT FROM public.leases_inspections_room r
                                    WHERE r.inspection_id = NEW.id AND NOT r.checked) THEN
        RAISE EXCEPTION 'what is signed was gone through'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inspections_rooms';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_way BEFORE INSERT ON public.leases_inspections_inspection
    FOR EACH ROW EXECUTE FUNCTION public.leases_inspections_guard_way();
CREATE TRIGGER guard_way_signed BEFORE UPDATE ON public.leases_inspections_inspection
    FOR EACH ROW WHEN (OLD.signed_on IS NULL AND NEW.signed_on IS NOT NULL)
    EXECUTE FUNCTION public.leases_inspections_guard_way();
"""
BACKWARD = "DROP FUNCTION public.leases_inspections_guard_way() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("leases_inspections", "0003_hidden_readings")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
