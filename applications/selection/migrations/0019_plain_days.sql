-- Whom a flat may go to, as before; the day is read from its column, not from the whole row with its
-- snapshot written anew.
CREATE OR REPLACE FUNCTION public.applications_selection_guard_whom() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    on_day date := (now() AT TIME ZONE 'Europe/Helsinki')::date;
BEGIN
    IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'applications_selection_decision' THEN
        on_day := NEW.on;
        IF NOT EXISTS (SELECT FROM public.applications_intake_application a
            WHERE a.id = NEW.application_id AND a.state IN ('valid', 'offered')
                AND a.valid_until >= on_day) THEN
            PERFORM public.applications_selection_refuse('selection_skip_state',
                'the household takes no part in selections', TG_TABLE_NAME);
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        on_day := NEW.offered_on;
    END IF;
    PERFORM public.applications_selection_refuse_whom(NEW.application_id, on_day, TG_TABLE_NAME);
    RETURN NEW;
END $$;
