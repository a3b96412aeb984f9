-- The guards of a decision ask of all who were compared at once, not of each by itself: hundreds are
-- compared for a flat. What they hold is the same.
CREATE OR REPLACE FUNCTION public.applications_selection_check_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    one record;
BEGIN
    SELECT d.id, d.application_id, d.chosen, d.decided_by_id, d.approved_by_id, d.on INTO one
    FROM public.applications_selection_decision d WHERE d.id = NEW.id;
    IF NOT EXISTS (SELECT FROM public.applications_selection_compared c
        WHERE c.decision_id = one.id AND c.application_id = one.application_id
            AND c.token = one.chosen) THEN
        PERFORM public.applications_selection_refuse('selection_decision_compared',
            'the chosen was not compared', TG_TABLE_NAME);
    END IF;
    -- as applications_selection_tied: own, household, or barred
    IF EXISTS (SELECT FROM public.registry_persons_stafflink l
        JOIN public.applications_intake_member m ON m.person_id = l.person_id
        JOIN public.applications_selection_compared c ON c.application_id = m.application_id
        WHERE l.staff_id IN (one.decided_by_id, one.approved_by_id)
            AND l.kind IN ('own', 'household', 'conflict')
            AND l.valid_from <= one.on AND (l.valid_to IS NULL OR l.valid_to >= one.on)
            AND c.decision_id = one.id) THEN
        PERFORM public.applications_selection_refuse('selection_decision_tied',
            'whoever decides is tied to a household', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
DROP FUNCTION public.applications_selection_tied(bigint, bigint, date);

-- Who was compared is told with the decision, and later only forgotten.
DROP TRIGGER guard_compared ON public.applications_selection_compared;
CREATE OR REPLACE FUNCTION public.applications_selection_guard_compared() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.applications_selection_refuse('selection_decision_kept',
        'who was compared stays as it was', TG_TABLE_NAME);
    RETURN NULL;
END $$;
CREATE TRIGGER guard_compared BEFORE UPDATE ON public.applications_selection_compared
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_compared();

CREATE FUNCTION public.applications_selection_guard_new_compared() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT n.decision_id FROM new_rows n) told
        WHERE NOT EXISTS (SELECT FROM public.applications_selection_decision d
            WHERE d.id = told.decision_id AND d.decided_at >= now())) THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'who was compared stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER guard_new_compared AFTER INSERT ON public.applications_selection_compared
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.applications_selection_guard_new_compared();
