-- Whether a member of staff is tied to anybody compared for a decision (esteellinen), by a tie that
-- held some day between two.
CREATE FUNCTION public.applications_selection_tied_compared(
    who bigint, of_decision bigint, since date, until date)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM public.registry_persons_stafflink l
        JOIN public.applications_intake_member m ON m.person_id = l.person_id
        JOIN public.applications_selection_compared c ON c.application_id = m.application_id
        WHERE l.staff_id = who AND l.kind IN ('own', 'household', 'conflict')
            AND l.valid_from <= until AND (l.valid_to IS NULL OR l.valid_to >= since)
            AND c.decision_id = of_decision)
$$;

-- Another approves what the company's rule asks another to approve, whoever writes the choice.
CREATE FUNCTION public.applications_selection_guard_second() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT NEW.needs_approval
        AND public.vuokra_rule('selection.second_person', NEW.on) = 'always' THEN
        PERFORM public.applications_selection_refuse('selection_decision_second',
            'another approves every choice', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_second BEFORE INSERT ON public.applications_selection_decision
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_second();

-- Whoever approves is another person than who decided, not another account of the same, and is not
-- tied to anybody compared on the day of the approval either (A3).
CREATE FUNCTION public.applications_selection_guard_other() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Helsinki')::date;
BEGIN
    IF EXISTS (SELECT FROM public.registry_persons_stafflink one
        JOIN public.registry_persons_stafflink other ON other.person_id = one.person_id
        WHERE one.staff_id = NEW.approved_by_id AND other.staff_id = NEW.decided_by_id
            AND one.kind = 'own' AND other.kind = 'own'
            AND one.valid_from <= today AND (one.valid_to IS NULL OR one.valid_to >= today)
            AND other.valid_from <= today
            AND (other.valid_to IS NULL OR other.valid_to >= today)) THEN
        PERFORM public.applications_selection_refuse('selection_decision_other',
            'another person approves, not another account', TG_TABLE_NAME);
    END IF;
    IF public.applications_selection_tied_compared(NEW.approved_by_id, NEW.id, today, today) THEN
        PERFORM public.applications_selection_refuse('selection_near',
            'whoever approves is tied to a household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_other BEFORE UPDATE ON public.applications_selection_decision
    FOR EACH ROW WHEN (OLD.approved_at IS NULL AND NEW.approved_at IS NOT NULL)
    EXECUTE FUNCTION public.applications_selection_guard_other();

-- Who was compared was told with the decision, as many as it says, and nobody was passed over for it
-- by whoever is tied to anybody compared: by passing over those ahead one decides for one's own.
CREATE OR REPLACE FUNCTION public.applications_selection_check_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    one record;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.approved_at IS NOT DISTINCT FROM OLD.approved_at THEN
        RETURN NULL;
    END IF;
    SELECT d.id, d.round_id, d.application_id, d.chosen, d.decided_by_id, d.approved_by_id, d.on,
        d.compared_count INTO one
    FROM public.applications_selection_decision d WHERE d.id = NEW.id;
    IF NOT EXISTS (SELECT FROM public.applications_selection_compared c
        WHERE c.decision_id = one.id AND c.application_id = one.application_id
            AND c.token = one.chosen)
        OR TG_OP = 'INSERT' AND one.compared_count <> (
            SELECT count(*) FROM public.applications_selection_compared c
            WHERE c.decision_id = one.id) THEN
        PERFORM public.applications_selection_refuse('selection_decision_compared',
            'the chosen was not compared', TG_TABLE_NAME);
    END IF;
    IF public.applications_selection_tied_compared(one.decided_by_id, one.id, one.on, one.on)
        OR public.applications_selection_tied_compared(one.approved_by_id, one.id, one.on, one.on)
    THEN
        PERFORM public.applications_selection_refuse('selection_decision_tied',
            'whoever decides is tied to a household', TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' AND EXISTS (
        SELECT FROM (
            SELECT s.made_by_id AS who,
                min((s.made_at AT TIME ZONE 'Europe/Helsinki')::date) AS since
            FROM public.applications_selection_skip s
            WHERE s.round_id = one.round_id AND s.taken_back_at IS NULL
                AND s.made_by_id IS NOT NULL
            GROUP BY s.made_by_id) passed
        WHERE public.applications_selection_tied_compared(
            passed.who, one.id, least(passed.since, one.on), one.on)) THEN
        PERFORM public.applications_selection_refuse('selection_decision_passed',
            'whoever passed somebody over is tied to a household', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

-- Nobody takes an offer back who is tied to anybody compared. An application that ends, or whose
-- household accepts another flat, takes its offers along, whoever ends it.
CREATE OR REPLACE FUNCTION public.applications_selection_guard_near() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    who bigint := public.applications_selection_acting();
BEGIN
    IF who IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'applications_selection_offer' AND to_jsonb(NEW) ->> 'state' = 'withdrawn'
        AND (NOT EXISTS (SELECT FROM public.applications_intake_application a
                WHERE a.id = NEW.application_id AND public.applications_intake_is_open(a.state))
            OR EXISTS (SELECT FROM public.applications_selection_offer o
                WHERE o.application_id = NEW.application_id AND o.id <> NEW.id
                    AND o.state = 'accepted' AND o.closed_by_id = who))
    THEN
        RETURN NEW;
    END IF;
    IF public.applications_selection_near(who, NEW.application_id)
        OR public.applications_selection_near_compared(who, NEW.round_id) THEN
        PERFORM public.applications_selection_refuse('selection_near',
            'whoever acts is tied to a household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
