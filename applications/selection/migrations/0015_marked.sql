-- A choice whose household may be given no home any more, since somebody of it died or is restricted,
-- comes to nothing before its offer: another is chosen without passing anybody over.
CREATE FUNCTION public.applications_selection_lapse_marked() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.applications_selection_decision d SET lapsed_at = now()
    WHERE d.lapsed_at IS NULL
        AND d.application_id IN (SELECT m.application_id FROM public.applications_intake_member m
            WHERE m.person_id = NEW.person_id AND m.part <> 'away')
        AND EXISTS (SELECT FROM public.applications_selection_round r
            WHERE r.id = d.round_id AND r.state = 'open')
        AND NOT EXISTS (SELECT FROM public.applications_selection_offer o
            WHERE o.decision_id = d.id);
    RETURN NULL;
END $$;
CREATE TRIGGER selection_lapse AFTER INSERT ON public.registry_persons_mark
    FOR EACH ROW WHEN (NEW.kind IN ('deceased', 'restriction'))
    EXECUTE FUNCTION public.applications_selection_lapse_marked();
