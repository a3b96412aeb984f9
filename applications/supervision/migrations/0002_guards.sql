-- A complaint is recorded, answered once and closed once; what was recorded stays.
CREATE FUNCTION public.applications_supervision_guard_complaint() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    later text[] := ARRAY['answered_on', 'answer', 'outcome', 'outcome_on', 'outcome_text'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.outcome <> ''
        OR to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later
        OR (OLD.answered_on IS NOT NULL
            AND (NEW.answered_on, NEW.answer) IS DISTINCT FROM (OLD.answered_on, OLD.answer)) THEN
        PERFORM public.applications_selection_refuse('supervision_complaint_kept',
            'a complaint stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_complaint BEFORE UPDATE OR DELETE
    ON public.applications_supervision_complaint
    FOR EACH ROW EXECUTE FUNCTION public.applications_supervision_guard_complaint();
