-- Whoever chooses holds the chosen application against changes, not against being referred to: several
-- choose at once, each for a flat of its own, and all of them name all who were compared. Two who held
-- each other's chosen one waited for each other, and one of them failed.
CREATE OR REPLACE FUNCTION public.applications_selection_follow_household() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    household bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.application_id
        ELSE NEW.application_id END;
BEGIN
    PERFORM FROM public.applications_intake_application a WHERE a.id = household
        FOR SHARE;  -- whoever chooses it holds it until that is done
    UPDATE public.applications_selection_decision d SET household_changed_at = now()
    WHERE d.application_id = household AND d.household_changed_at IS NULL
        AND EXISTS (SELECT FROM public.applications_selection_round r
            WHERE r.id = d.round_id AND r.state = 'open')
        AND NOT EXISTS (SELECT FROM public.applications_selection_offer o
            WHERE o.decision_id = d.id AND o.state NOT IN ('open', 'accepted'));
    RETURN NULL;
END $$;
