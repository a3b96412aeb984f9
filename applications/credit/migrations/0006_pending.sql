-- A check of a choice is made while its offer is coming, which is asked of the selection itself: for
-- the last decision, of the household that was compared. No clocks of two machines are compared.
CREATE OR REPLACE FUNCTION public.applications_credit_guard_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    today date := (now() AT TIME ZONE 'Europe/Helsinki')::date;
    who bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.made_by_id ELSE NEW.assessed_by_id END;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.asked_on > public.applications_selection_last_day()
            OR NEW.decision_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.applications_selection_decision d
            JOIN public.applications_selection_round r ON r.id = d.round_id AND r.state = 'open'
            LEFT JOIN public.applications_selection_offer o ON o.decision_id = d.id
            WHERE d.id = NEW.decision_id AND (o.state IN ('open', 'accepted')
                OR d.id = public.applications_selection_pending(d.round_id))) THEN
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
