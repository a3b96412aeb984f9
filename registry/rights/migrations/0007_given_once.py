"""An answer is given once, in one's own name; its proof goes with its request alone."""

from django.db import migrations

FORWARD = """
-- Again it is given only when it went wrong.
CREATE FUNCTION public.registry_rights_guard_given() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    state text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM public.registry_rights_datarequest r WHERE r.id = OLD.request_id
                   AND r.state NOT IN ('closed', 'withdrawn', 'lapsed')) THEN
            PERFORM public.registry_rights_refuse('rights_delivery_stays', 'a proof stays');
        END IF;
        RETURN OLD;
    END IF;
    SELECT r.state INTO state FROM public.registry_rights_datarequest r
    WHERE r.id = NEW.request_id FOR UPDATE;
    IF state NOT IN ('approved', 'delivered', 'partly', 'refused')
       OR EXISTS (SELECT FROM public.registry_rights_delivery d
                  WHERE d.request_id = NEW.request_id AND d.missent_at IS NULL) THEN
        PERFORM public.registry_rights_refuse('rights_delivery_once', 'an answer is given once');
    END IF;
    IF actor LIKE 'user:%' AND actor IS DISTINCT FROM 'user:' || NEW.by_id THEN
        PERFORM public.registry_rights_refuse('rights_delivery_own',
                                              'an answer is given in one''s own name');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_given BEFORE INSERT OR DELETE ON public.registry_rights_delivery
    FOR EACH ROW EXECUTE FUNCTION public.registry_rights_guard_given();
ALTER TABLE public.registry_rights_delivery ENABLE ALWAYS TRIGGER guard_given;
"""
BACKWARD = """
DROP TRIGGER guard_given ON public.registry_rights_delivery;
DROP FUNCTION public.registry_rights_guard_given();
"""


class Migration(migrations.Migration):
    dependencies = [("registry_rights", "0006_representative")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
