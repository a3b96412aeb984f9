-- A choice is of the day on which it is made, and so is what it was made from: the rules of another
-- day chose nobody. What the system writes (a demo company, a former register) may be older.
CREATE FUNCTION public.applications_selection_guard_day() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.on > public.applications_selection_last_day()
        OR (public.applications_selection_acting() IS NOT NULL
            AND NEW.on < ((now() - interval '5 minutes') AT TIME ZONE 'Europe/Helsinki')::date)
        OR NEW.snapshot ->> 'on' IS DISTINCT FROM to_char(NEW.on, 'YYYY-MM-DD') THEN
        PERFORM public.applications_selection_refuse('selection_decision_day',
            'a choice is of the day on which it is made', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_day BEFORE INSERT ON public.applications_selection_decision
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_day();
