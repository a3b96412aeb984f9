"""Nobody takes on a suspicion about himself; listings and runs of the review hide no look."""

from django.db import migrations

FORWARD = """
-- A suspicion about oneself is taken on by another, in his own name.
CREATE FUNCTION public.registry_watch_guard_passing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF (actor LIKE 'user:%' AND actor <> 'user:' || NEW.passed_by_id) OR EXISTS (
        SELECT FROM public.registry_watch_suspicion s
        LEFT JOIN public.registry_watch_alert a ON a.id = s.alert_id
        LEFT JOIN public.registry_watch_glassreview r ON r.id = s.review_id
        LEFT JOIN public.registry_watch_breakglass g ON g.id = r.glass_id
        WHERE s.id = NEW.suspicion_id AND NEW.passed_by_id IN (a.staff_id, g.staff_id)
    ) THEN
        RAISE EXCEPTION 'a suspicion is taken on by another, in his own name'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
            CONSTRAINT = 'watch_passing_by_another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_passing BEFORE INSERT ON public.registry_watch_passing
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_passing();
ALTER TABLE public.registry_watch_passing ENABLE ALWAYS TRIGGER guard_passing;

-- Who is watched stays so until today at least: a look of a day that is over may not be gone
-- through yet. Whom a listing is of follows a merge.
CREATE FUNCTION public.registry_watch_guard_listed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    today date := (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date;
    later text[] := ARRAY['valid_to', 'person_id'];
BEGIN
    IF actor LIKE 'user:%' AND (TG_OP = 'DELETE'
        OR to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later
        OR (NEW.valid_to IS DISTINCT FROM OLD.valid_to AND NEW.valid_to < today)) THEN
        RAISE EXCEPTION 'a listing ends today at the earliest'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
            CONSTRAINT = 'watch_listed_stays';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_listed BEFORE UPDATE OR DELETE ON public.registry_watch_listed
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_listed();
ALTER TABLE public.registry_watch_listed ENABLE ALWAYS TRIGGER guard_listed;

-- The log has been gone through up to a moment that has been, whoever of the staff says so, and that
-- was said once.
CREATE FUNCTION public.registry_watch_guard_round() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP <> 'INSERT' OR (NEW.up_to > clock_timestamp()
        AND coalesce(current_setting('vuokra.actor', true), '') LIKE 'user:%') THEN
        RAISE EXCEPTION 'the log is gone through up to a moment that has been'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
            CONSTRAINT = 'watch_round_of_the_past';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_round BEFORE INSERT OR UPDATE OR DELETE ON public.registry_watch_round
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_round();
ALTER TABLE public.registry_watch_round ENABLE ALWAYS TRIGGER guard_round;
"""
BACKWARD = "\n".join(
    f"DROP FUNCTION public.registry_watch_guard_{name}() CASCADE;"
    for name in ("passing", "listed", "round")
)


class Migration(migrations.Migration):
    dependencies = [("registry_watch", "0006_duties_by_another")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
