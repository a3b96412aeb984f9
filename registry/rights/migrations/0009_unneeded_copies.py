"""No copy that could be given stands beside a right that is not met, or a request taken back."""

from django.db import migrations

FORWARD = """
-- Whether a copy may still be given to somebody.
CREATE FUNCTION public.registry_rights_copy_lives(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT state NOT IN ('discarded', 'destroyed')
$$;

-- Which right a kind of copy answers.
CREATE FUNCTION public.registry_rights_right_of(kind text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT CASE kind WHEN 'access' THEN '15' WHEN 'portability' THEN '20' END
$$;

-- Nothing is collected, packed or printed for a right that is not met, nor for what was taken back.
CREATE FUNCTION public.registry_rights_guard_copy() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_rights_datarequest r
               WHERE r.number = NEW.reference AND r.person_id = NEW.person_id
                 AND (r.state IN ('withdrawn', 'lapsed') OR EXISTS (
                      SELECT FROM public.registry_rights_decision d
                      WHERE d.request_id = r.id AND d.outcome NOT IN ('granted', 'partly')
                        AND d.right = public.registry_rights_right_of(NEW.kind)))) THEN
        PERFORM public.registry_rights_refuse('rights_copy_unneeded', 'nobody is given this copy');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_unneeded BEFORE INSERT OR UPDATE ON public.registry_copies_copy
    FOR EACH ROW WHEN (public.registry_rights_copy_lives(NEW.state))
    EXECUTE FUNCTION public.registry_rights_guard_copy();
ALTER TABLE public.registry_copies_copy ENABLE ALWAYS TRIGGER guard_unneeded;

-- What was collected is destroyed before the right is refused.
CREATE FUNCTION public.registry_rights_guard_unmet() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_copies_copy c
               JOIN public.registry_rights_datarequest r
                 ON r.number = c.reference AND r.person_id = c.person_id
               WHERE r.id = NEW.request_id AND public.registry_rights_copy_lives(c.state)
                 AND public.registry_rights_right_of(c.kind) = NEW.right) THEN
        PERFORM public.registry_rights_refuse('rights_copy_unneeded', 'the copy is destroyed first');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_unmet BEFORE INSERT OR UPDATE ON public.registry_rights_decision
    FOR EACH ROW WHEN (NEW.outcome NOT IN ('granted', 'partly'))
    EXECUTE FUNCTION public.registry_rights_guard_unmet();
ALTER TABLE public.registry_rights_decision ENABLE ALWAYS TRIGGER guard_unmet;

-- So it is before a request is taken back.
CREATE FUNCTION public.registry_rights_guard_withdrawn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_copies_copy c
               WHERE c.reference = NEW.number AND c.person_id = NEW.person_id
                 AND public.registry_rights_copy_lives(c.state)) THEN
        PERFORM public.registry_rights_refuse('rights_copy_unneeded', 'the copy is destroyed first');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_d_withdrawn BEFORE UPDATE OF state ON public.registry_rights_datarequest
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state AND NEW.state IN ('withdrawn', 'lapsed'))
    EXECUTE FUNCTION public.registry_rights_guard_withdrawn();
ALTER TABLE public.registry_rights_datarequest ENABLE ALWAYS TRIGGER guard_d_withdrawn;
"""
BACKWARD = """
DROP FUNCTION public.registry_rights_guard_withdrawn() CASCADE;
DROP FUNCTION public.registry_rights_guard_unmet() CASCADE;
DROP FUNCTION public.registry_rights_guard_copy() CASCADE;
DROP FUNCTION public.registry_rights_right_of(text) CASCADE;
DROP FUNCTION public.registry_rights_copy_lives(text) CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("registry_rights", "0008_told"), ("registry_copies", "0007_enclosures")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
