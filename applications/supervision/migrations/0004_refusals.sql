-- Each refusal has a name of its own: that a complaint stays as it was, that it begins as recorded and
-- no more, and that the explanation comes before the outcome.
CREATE OR REPLACE FUNCTION public.applications_supervision_guard_name() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    who bigint := public.applications_selection_acting();
BEGIN
    IF TG_OP = 'INSERT' AND (NEW.answered_on IS NOT NULL OR NEW.outcome <> ''
        OR who IS NOT NULL AND NEW.recorded_by_id IS DISTINCT FROM who) THEN
        PERFORM public.applications_selection_refuse('supervision_complaint_begun',
            'a complaint is recorded first, in one''s own name', TG_TABLE_NAME);
    END IF;
    IF NEW.outcome NOT IN ('', 'withdrawn') AND NEW.answered_on IS NULL THEN
        PERFORM public.applications_selection_refuse('supervision_complaint_explained',
            'the explanation comes before the outcome', TG_TABLE_NAME);
    END IF;
    IF public.applications_selection_near(who, NEW.application_id)
        OR public.applications_selection_near(who, (
            SELECT d.application_id FROM public.applications_selection_decision d
            WHERE d.id = NEW.decision_id)) THEN
        PERFORM public.applications_selection_refuse('selection_near',
            'whoever acts is tied to the household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
