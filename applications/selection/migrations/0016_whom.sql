-- Whom a flat may go to, whoever writes: an application that takes part in selections, of nobody dead
-- or whose processing is restricted (article 18). Staff choose, approve, offer and record an answer by
-- what is worked out alone.
CREATE FUNCTION public.applications_selection_refuse_whom(
    household bigint, on_day date, of_table text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_persons_mark k
        JOIN public.applications_intake_member m ON m.person_id = k.person_id
        WHERE m.application_id = household AND m.part <> 'away'
            AND k.kind IN ('deceased', 'restriction')
            AND k.valid_from <= on_day AND (k.valid_to IS NULL OR k.valid_to >= on_day)) THEN
        PERFORM public.applications_selection_refuse('selection_marked',
            'somebody of the household is dead or restricted', of_table);
    END IF;
    IF public.applications_selection_acting() IS NOT NULL AND (
        EXISTS (SELECT FROM public.applications_selection_assessmentdue d
            WHERE d.application_id = household)
        OR NOT EXISTS (SELECT FROM public.applications_selection_assessment s
            WHERE s.application_id = household
                AND (s.good_until IS NULL OR s.good_until >= on_day))) THEN
        PERFORM public.applications_selection_refuse('selection_due',
            'the application is still to be worked out', of_table);
    END IF;
END $$;

CREATE FUNCTION public.applications_selection_guard_whom() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Helsinki')::date;
    on_day date := CASE WHEN TG_OP = 'INSERT' THEN (to_jsonb(NEW) ->> TG_ARGV[0])::date
        ELSE today END;
BEGIN
    IF TG_TABLE_NAME = 'applications_selection_decision' AND TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM public.applications_intake_application a
        WHERE a.id = NEW.application_id AND a.state IN ('valid', 'offered')
            AND a.valid_until >= on_day) THEN
        PERFORM public.applications_selection_refuse('selection_skip_state',
            'the household takes no part in selections', TG_TABLE_NAME);
    END IF;
    PERFORM public.applications_selection_refuse_whom(NEW.application_id, on_day, TG_TABLE_NAME);
    RETURN NEW;
END $$;
CREATE TRIGGER guard_whom BEFORE INSERT ON public.applications_selection_decision
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_whom('on');
CREATE TRIGGER guard_whom_approved BEFORE UPDATE ON public.applications_selection_decision
    FOR EACH ROW WHEN (OLD.approved_at IS NULL AND NEW.approved_at IS NOT NULL)
    EXECUTE FUNCTION public.applications_selection_guard_whom();
CREATE TRIGGER guard_whom BEFORE INSERT ON public.applications_selection_offer
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_whom('offered_on');
CREATE TRIGGER guard_whom_accepted BEFORE UPDATE OF state ON public.applications_selection_offer
    FOR EACH ROW WHEN (NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION public.applications_selection_guard_whom();

-- Nobody breaks a selection off who is tied to anybody compared in it (A3).
CREATE FUNCTION public.applications_selection_guard_broken() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF public.applications_selection_near_compared(
            public.applications_selection_acting(), NEW.id) THEN
        PERFORM public.applications_selection_refuse('selection_near',
            'whoever acts is tied to a household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_broken BEFORE UPDATE OF state ON public.applications_selection_round
    FOR EACH ROW WHEN (NEW.state = 'cancelled' AND OLD.state <> 'cancelled')
    EXECUTE FUNCTION public.applications_selection_guard_broken();

-- A permit of the municipality is used on its days, at its sites and for as many flats as it says
-- (P8). One choice at a time is made by it.
CREATE FUNCTION public.applications_selection_guard_permit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    held record;
BEGIN
    SELECT t.id, t.valid_from, t.valid_to, t.flats INTO held
    FROM public.applications_selection_exemptionpermit t WHERE t.id = NEW.permit_id
    FOR NO KEY UPDATE;
    IF NEW.on NOT BETWEEN held.valid_from AND held.valid_to
        OR EXISTS (SELECT FROM public.applications_selection_exemptionpermit_sites s
            WHERE s.exemptionpermit_id = held.id)
            AND NOT EXISTS (SELECT FROM public.applications_selection_exemptionpermit_sites s
                JOIN public.leases_homes_building b ON b.site_id = s.site_id
                JOIN public.leases_homes_stair t ON t.building_id = b.id
                JOIN public.leases_homes_flat f ON f.stair_id = t.id
                JOIN public.applications_selection_round r ON r.flat_id = f.id
                WHERE s.exemptionpermit_id = held.id AND r.id = NEW.round_id)
        OR held.flats <= (
            SELECT count(*) FROM public.applications_selection_decision d
            JOIN public.applications_selection_round r ON r.id = d.round_id
            LEFT JOIN public.applications_selection_offer o ON o.decision_id = d.id
            WHERE d.permit_id = held.id AND d.round_id <> NEW.round_id AND r.state <> 'cancelled'
                AND (o.id IS NULL OR o.state IN ('open', 'accepted'))
                AND NOT EXISTS (SELECT FROM public.applications_selection_decision newer
                    WHERE newer.round_id = d.round_id AND newer.id > d.id)) THEN
        PERFORM public.applications_selection_refuse('selection_decision_permitted',
            'the permit does not hold for this choice', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_permit BEFORE INSERT ON public.applications_selection_decision
    FOR EACH ROW WHEN (NEW.permit_id IS NOT NULL)
    EXECUTE FUNCTION public.applications_selection_guard_permit();
