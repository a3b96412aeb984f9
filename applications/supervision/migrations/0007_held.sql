-- A hold from deletion is not ended while a complaint is open for which the data are needed: of one's
-- own household, or of the one that was chosen.
CREATE FUNCTION public.applications_supervision_guard_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF OLD.kind = 'legal_hold' AND OLD.valid_to IS NULL
        AND (TG_OP = 'DELETE' OR NEW.valid_to IS NOT NULL OR NEW.kind <> OLD.kind)
        AND EXISTS (
            SELECT FROM public.applications_supervision_complaint c
            LEFT JOIN public.applications_selection_decision d ON d.id = c.decision_id
            JOIN public.applications_intake_member m
                ON m.application_id IN (c.application_id, d.application_id)
            WHERE c.outcome = '' AND m.part <> 'away' AND m.person_id = OLD.person_id
        ) THEN
        PERFORM public.applications_selection_refuse('persons_hold_needed',
            'a matter is open for which the data are held', TG_TABLE_NAME);
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER guard_hold BEFORE UPDATE OR DELETE ON public.registry_persons_mark
    FOR EACH ROW EXECUTE FUNCTION public.applications_supervision_guard_hold();
