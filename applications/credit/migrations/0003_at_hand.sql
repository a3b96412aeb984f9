-- Whoever writes: credit data are asked for when an offer or a lease is coming (A47), in one's own
-- name, and neither asked for nor weighed by somebody who is tied to the person or household (A3).
CREATE FUNCTION public.applications_credit_guard_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    today date := (now() AT TIME ZONE 'Europe/Helsinki')::date;
    who bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.made_by_id ELSE NEW.assessed_by_id END;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.asked_on > today OR NEW.decision_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.applications_selection_decision d
            JOIN public.applications_selection_round r ON r.id = d.round_id AND r.state = 'open'
            JOIN public.applications_intake_application a ON a.id = d.application_id
            LEFT JOIN public.applications_selection_offer o ON o.decision_id = d.id
            WHERE d.id = NEW.decision_id AND (o.state IN ('open', 'accepted')
                OR o.id IS NULL AND a.ended_on IS NULL
                AND NOT EXISTS (SELECT FROM public.applications_selection_decision newer
                    WHERE newer.round_id = d.round_id AND newer.id > d.id
                        AND NOT EXISTS (SELECT FROM public.applications_selection_offer f
                            WHERE f.decision_id = newer.id))
                AND NOT EXISTS (SELECT FROM public.applications_selection_skip s
                    WHERE s.round_id = d.round_id AND s.application_id = d.application_id
                        AND s.taken_back_at IS NULL AND s.made_at >= d.decided_at))) THEN
            PERFORM public.applications_selection_refuse('credit_check_at_hand',
                'neither an offer nor a lease is coming', TG_TABLE_NAME);
        END IF;
    END IF;
    IF actor LIKE 'user:%' AND actor IS DISTINCT FROM 'user:' || who THEN
        PERFORM public.applications_selection_refuse('credit_check_own_name',
            'credit data are handled in one''s own name', TG_TABLE_NAME);
    END IF;
    IF EXISTS (SELECT FROM public.registry_persons_stafflink l
            WHERE l.staff_id = who AND l.kind IN ('own', 'household', 'conflict')
                AND l.valid_from <= today AND (l.valid_to IS NULL OR l.valid_to >= today)
                AND (l.person_id = NEW.person_id OR l.person_id IN (
                    SELECT m.person_id FROM public.applications_intake_member m
                    JOIN public.applications_selection_decision d
                        ON d.application_id = m.application_id
                    WHERE d.id = NEW.decision_id))) THEN
        PERFORM public.applications_selection_refuse('credit_check_tied',
            'whoever asks is tied to the household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_asked BEFORE INSERT ON public.applications_credit_creditcheck
    FOR EACH ROW EXECUTE FUNCTION public.applications_credit_guard_case();
CREATE TRIGGER guard_weighed BEFORE UPDATE ON public.applications_credit_creditcheck
    FOR EACH ROW WHEN (OLD.assessed_at IS NULL AND NEW.assessed_at IS NOT NULL)
    EXECUTE FUNCTION public.applications_credit_guard_case();

-- Nobody is passed over because of credit data before a person has weighed them so (SEL-T36).
CREATE FUNCTION public.applications_credit_guard_skip() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.applications_credit_creditcheck c
        JOIN public.applications_selection_decision d ON d.id = c.decision_id
        WHERE d.round_id = NEW.round_id AND d.application_id = NEW.application_id
            AND c.measure = 'refused') THEN
        PERFORM public.applications_selection_refuse('selection_skip_unweighed',
            'nobody has weighed the credit data of the household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_skip_unweighed BEFORE INSERT ON public.applications_selection_skip
    FOR EACH ROW WHEN (NEW.reason = 'unsecured')
    EXECUTE FUNCTION public.applications_credit_guard_skip();
