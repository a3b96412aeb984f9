-- Nobody moves the received application of a household that he is tied to, or one whose choice stands
-- or falls by it while somebody whom he is tied to was compared (A3). What an offer or a lease brings
-- along is no such move. Asked when the transaction ends: services say it in words before.
CREATE FUNCTION public.applications_selection_check_near_state() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    who bigint := public.applications_selection_acting();
    today date := (now() AT TIME ZONE 'Europe/Helsinki')::date;
BEGIN
    IF who IS NOT NULL AND (public.applications_selection_near(who, NEW.id) OR EXISTS (
        SELECT FROM public.applications_selection_decision d
        JOIN public.applications_selection_round r ON r.id = d.round_id
        WHERE d.application_id = NEW.id AND r.state = 'open'
            AND public.applications_selection_tied_compared(who, d.id, today, today))) THEN
        PERFORM public.applications_selection_refuse('selection_near',
            'whoever acts is tied to a household', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_near_state AFTER UPDATE OF state
    ON public.applications_intake_application DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state IN ('received', 'incomplete', 'valid', 'offered', 'accepted')
        AND (NEW.state IN ('received', 'incomplete', 'withdrawn')
            OR NEW.state = 'valid' AND OLD.state IN ('received', 'incomplete'))
        AND OLD.state <> NEW.state)
    EXECUTE FUNCTION public.applications_selection_check_near_state();

-- Nobody loses a place while the processing is restricted (article 18): he is neither passed over nor
-- taken for one who did not answer, whoever writes.
CREATE FUNCTION public.applications_selection_guard_kept_place() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Helsinki')::date;
BEGIN
    IF EXISTS (SELECT FROM public.registry_persons_mark k
        JOIN public.applications_intake_member m ON m.person_id = k.person_id
        WHERE m.application_id = NEW.application_id AND m.part <> 'away'
            AND k.kind = 'restriction' AND k.valid_from <= today
            AND (k.valid_to IS NULL OR k.valid_to >= today)) THEN
        PERFORM public.applications_selection_refuse('selection_marked',
            'somebody of the household is restricted', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_kept_place BEFORE INSERT ON public.applications_selection_skip
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_kept_place();
CREATE TRIGGER guard_kept_place BEFORE UPDATE OF state ON public.applications_selection_offer
    FOR EACH ROW WHEN (NEW.state = 'no_answer' AND OLD.state <> 'no_answer')
    EXECUTE FUNCTION public.applications_selection_guard_kept_place();
