-- A choice that came to nothing before its flat was offered does not rise again: whoever was passed
-- over after it, or asked for a home no more, is chosen anew when that is taken back.
CREATE FUNCTION public.applications_selection_lapse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    gone jsonb := to_jsonb(NEW);
BEGIN
    UPDATE public.applications_selection_decision d SET lapsed_at = now()
    WHERE d.lapsed_at IS NULL
        AND d.application_id = (gone ->> TG_ARGV[0])::bigint
        AND (TG_TABLE_NAME <> 'applications_selection_skip'
            OR d.round_id = (gone ->> 'round_id')::bigint)
        AND NOT EXISTS (SELECT FROM public.applications_selection_offer o
            WHERE o.decision_id = d.id);
    RETURN NULL;
END $$;
CREATE TRIGGER selection_lapse AFTER INSERT ON public.applications_selection_skip
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_lapse('application_id');
CREATE TRIGGER selection_lapse AFTER UPDATE OF state ON public.applications_intake_application
    FOR EACH ROW WHEN (public.applications_intake_is_open(OLD.state)
        AND NOT public.applications_intake_is_open(NEW.state))
    EXECUTE FUNCTION public.applications_selection_lapse('id');

-- The decision of a selection whose flat is still to be offered: the last one, when it has no offer,
-- did not lapse, and the household is who was compared.
CREATE OR REPLACE FUNCTION public.applications_selection_pending(of_round bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT d.id FROM public.applications_selection_decision d
    WHERE d.id = (SELECT max(newest.id) FROM public.applications_selection_decision newest
            WHERE newest.round_id = of_round)
        AND d.application_id IS NOT NULL
        AND d.household_changed_at IS NULL
        AND d.lapsed_at IS NULL
        AND NOT EXISTS (SELECT FROM public.applications_selection_offer o
            WHERE o.decision_id = d.id)
$$;

-- A decision stays; another's approval is added, that its household changed, and that it lapsed.
-- While the flat is offered to somebody, nobody else is chosen for it.
CREATE OR REPLACE FUNCTION public.applications_selection_guard_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'a decision is not deleted', TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM public.applications_selection_round r WHERE r.id = NEW.round_id FOR UPDATE;
        IF NEW.approved_at IS NOT NULL OR NEW.household_changed_at IS NOT NULL
            OR NEW.lapsed_at IS NOT NULL OR NOT EXISTS (
                SELECT FROM public.applications_selection_round r
                WHERE r.id = NEW.round_id AND r.state = 'open') THEN
            PERFORM public.applications_selection_refuse('selection_round_kept',
                'the selection is closed', TG_TABLE_NAME);
        END IF;
        IF EXISTS (SELECT FROM public.applications_selection_offer o
            WHERE o.round_id = NEW.round_id AND o.state IN ('open', 'accepted')) THEN
            PERFORM public.applications_selection_refuse('selection_decision_offered',
                'the flat is offered to somebody', TG_TABLE_NAME);
        END IF;
        IF EXISTS (SELECT FROM public.applications_selection_skip s
            WHERE s.round_id = NEW.round_id AND s.application_id = NEW.application_id
                AND s.taken_back_at IS NULL) THEN
            PERFORM public.applications_selection_refuse('selection_decision_skipped',
                'the household was passed over', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    -- the household follows from its members, and that it lapsed from skips and applications
    IF pg_trigger_depth() > 1
        AND (OLD.household_changed_at IS NULL
            OR OLD.household_changed_at = NEW.household_changed_at)
        AND (OLD.lapsed_at IS NULL OR OLD.lapsed_at = NEW.lapsed_at)
        AND to_jsonb(NEW) - 'household_changed_at' - 'lapsed_at'
            = to_jsonb(OLD) - 'household_changed_at' - 'lapsed_at' THEN
        RETURN NEW;
    END IF;
    IF OLD.approved_at IS NOT NULL OR NOT OLD.needs_approval
        OR to_jsonb(NEW) - 'approved_at' - 'approved_by_id'
            IS DISTINCT FROM to_jsonb(OLD) - 'approved_at' - 'approved_by_id' THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'a decision stays as it was', TG_TABLE_NAME);
    END IF;
    IF OLD.lapsed_at IS NOT NULL THEN
        PERFORM public.applications_selection_refuse('selection_decision_lapsed',
            'the choice came to nothing', TG_TABLE_NAME);
    END IF;
    IF OLD.household_changed_at IS NOT NULL THEN
        PERFORM public.applications_selection_refuse('selection_household_changed',
            'the household is not who was compared', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

-- A skip is taken back, never deleted by a member of staff.
CREATE FUNCTION public.applications_selection_guard_gone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF public.applications_selection_acting() IS NOT NULL THEN
        PERFORM public.applications_selection_refuse('selection_skip_kept',
            'a skip stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER guard_gone BEFORE DELETE ON public.applications_selection_skip
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_gone();

-- What an application comes to is worked out by the system from what was told, never written by
-- whoever would choose by it.
CREATE FUNCTION public.applications_selection_guard_assessment() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF public.applications_selection_acting() IS NOT NULL THEN
        PERFORM public.applications_selection_refuse('selection_assessment_own',
            'an assessment is worked out by the system', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER guard_assessment
    BEFORE INSERT OR UPDATE OR DELETE ON public.applications_selection_assessment
    FOR EACH STATEMENT EXECUTE FUNCTION public.applications_selection_guard_assessment();

-- The sites of a permit are told with it, within one transaction, and stay once it holds.
CREATE FUNCTION public.applications_selection_guard_permit_sites() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    of_permit bigint := coalesce(OLD.exemptionpermit_id, NEW.exemptionpermit_id);
BEGIN
    IF EXISTS (SELECT FROM public.applications_selection_exemptionpermit t WHERE t.id = of_permit
        AND t.valid_from <= public.applications_selection_last_day()
        AND (TG_OP <> 'INSERT' OR t.recorded_at <> now())) THEN
        PERFORM public.applications_selection_refuse('selection_bounds_kept',
            'what has held stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER guard_permit_sites BEFORE INSERT OR UPDATE OR DELETE
    ON public.applications_selection_exemptionpermit_sites
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_permit_sites();
CREATE TRIGGER at_now BEFORE INSERT OR UPDATE ON public.applications_selection_exemptionpermit
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_at_now('recorded_at');

-- Limits and permits that have held stay as they were: only their last day may come. Days are those
-- of Helsinki, whatever the session's own zone.
CREATE OR REPLACE FUNCTION public.applications_selection_guard_bounds() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    today date := ((now() - interval '5 minutes') AT TIME ZONE 'Europe/Helsinki')::date;
BEGIN
    IF OLD.valid_from > public.applications_selection_last_day() THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'valid_to' IS DISTINCT FROM to_jsonb(OLD) - 'valid_to'
        OR (OLD.valid_to IS NOT NULL AND OLD.valid_to < today
            AND NEW.valid_to IS DISTINCT FROM OLD.valid_to)
        OR (NEW.valid_to IS NOT NULL AND NEW.valid_to < today
            AND NEW.valid_to IS DISTINCT FROM OLD.valid_to) THEN
        PERFORM public.applications_selection_refuse('selection_bounds_kept',
            'what has held stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

-- Nobody offers or answers who is tied to anybody that was compared for the choice (A3), and nobody
-- passes over in a selection in which somebody near was compared. Nobody takes the offer of somebody
-- near back either, but with an application that ends: that takes its offers along.
CREATE FUNCTION public.applications_selection_near_compared(who bigint, of_round bigint)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM public.registry_persons_stafflink l
        JOIN public.applications_intake_member m ON m.person_id = l.person_id
        JOIN public.applications_selection_compared c ON c.application_id = m.application_id
        JOIN public.applications_selection_decision d ON d.id = c.decision_id
        WHERE l.staff_id = who AND l.kind IN ('own', 'household', 'conflict')
            AND l.valid_from <= (now() AT TIME ZONE 'Europe/Helsinki')::date
            AND (l.valid_to IS NULL
                OR l.valid_to >= (now() AT TIME ZONE 'Europe/Helsinki')::date)
            AND d.round_id = of_round)
$$;
CREATE OR REPLACE FUNCTION public.applications_selection_guard_near() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    who bigint := public.applications_selection_acting();
BEGIN
    IF who IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'applications_selection_offer' AND to_jsonb(NEW) ->> 'state' = 'withdrawn'
    THEN
        IF public.applications_selection_near(who, NEW.application_id)
            AND EXISTS (SELECT FROM public.applications_intake_application a
                WHERE a.id = NEW.application_id AND public.applications_intake_is_open(a.state))
        THEN
            PERFORM public.applications_selection_refuse('selection_near',
                'whoever acts is tied to the household', TG_TABLE_NAME);
        END IF;
    ELSIF public.applications_selection_near(who, NEW.application_id)
        OR public.applications_selection_near_compared(who, NEW.round_id) THEN
        PERFORM public.applications_selection_refuse('selection_near',
            'whoever acts is tied to a household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER guard_near_answer ON public.applications_selection_offer;
CREATE TRIGGER guard_near_answer BEFORE UPDATE OF state ON public.applications_selection_offer
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_near();
