-- When something was done is told by the database's own clock: no time is forged, and two machines
-- whose clocks differ refuse nothing. A transaction has one time, so that what belongs to a row is
-- known by it.
CREATE FUNCTION public.applications_selection_at_now() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    was timestamptz := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD)->>TG_ARGV[0] END;
BEGIN
    NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], coalesce(was, now())));
    RETURN NEW;
END $$;
CREATE TRIGGER at_now BEFORE INSERT OR UPDATE ON public.applications_selection_round
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_at_now('opened_at');
CREATE TRIGGER at_now BEFORE INSERT OR UPDATE ON public.applications_selection_skip
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_at_now('made_at');
CREATE TRIGGER at_now_back BEFORE UPDATE ON public.applications_selection_skip
    FOR EACH ROW WHEN (NEW.taken_back_at IS NOT NULL)
    EXECUTE FUNCTION public.applications_selection_at_now('taken_back_at');
CREATE TRIGGER at_now BEFORE INSERT OR UPDATE ON public.applications_selection_decision
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_at_now('decided_at');
CREATE TRIGGER at_now_approved BEFORE UPDATE ON public.applications_selection_decision
    FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL)
    EXECUTE FUNCTION public.applications_selection_at_now('approved_at');
CREATE TRIGGER at_now BEFORE INSERT OR UPDATE ON public.applications_selection_offer
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_at_now('offered_at');
CREATE TRIGGER at_now BEFORE INSERT OR UPDATE ON public.applications_selection_wealthtable
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_at_now('recorded_at');

-- The last day that a clock of ours may show: a few minutes before midnight one of them is over.
CREATE FUNCTION public.applications_selection_last_day() RETURNS date
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public AS $$
    SELECT ((clock_timestamp() + interval '5 minutes') AT TIME ZONE 'Europe/Helsinki')::date
$$;

CREATE OR REPLACE FUNCTION public.applications_selection_guard_limit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    of_table bigint := coalesce(OLD.table_id, NEW.table_id);
BEGIN
    -- a table is entered with its rows, within one transaction
    IF EXISTS (SELECT FROM public.applications_selection_wealthtable t WHERE t.id = of_table
        AND t.valid_from <= public.applications_selection_last_day()
        AND (TG_OP <> 'INSERT' OR t.recorded_at <> now())) THEN
        PERFORM public.applications_selection_refuse('selection_bounds_kept',
            'what has held stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

-- The decision of a selection whose flat is still to be offered: the last one, when it has no offer,
-- the chosen asks for a home still, was not passed over, and the household is who was compared.
CREATE FUNCTION public.applications_selection_pending(of_round bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT d.id FROM public.applications_selection_decision d
    JOIN public.applications_intake_application a ON a.id = d.application_id
    WHERE d.id = (SELECT max(newest.id) FROM public.applications_selection_decision newest
            WHERE newest.round_id = of_round)
        AND d.household_changed_at IS NULL
        AND public.applications_intake_is_open(a.state)
        AND NOT EXISTS (SELECT FROM public.applications_selection_offer o
            WHERE o.decision_id = d.id)
        AND NOT EXISTS (SELECT FROM public.applications_selection_skip s
            WHERE s.round_id = of_round AND s.application_id = d.application_id
                AND s.taken_back_at IS NULL)
$$;

-- The flat of a selection, its rent and its days stay: they are what was compared and decided for.
CREATE FUNCTION public.applications_selection_guard_terms() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    closing text[] := ARRAY['state', 'closed_on', 'close_reason'];
BEGIN
    IF to_jsonb(NEW) - closing IS DISTINCT FROM to_jsonb(OLD) - closing THEN
        PERFORM public.applications_selection_refuse('selection_round_kept',
            'what is chosen for stays as it was opened', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_terms BEFORE UPDATE ON public.applications_selection_round
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_terms();

-- A household that was chosen is who was compared. Whoever comes into it, leaves it or gets another
-- part in it is told to whoever chooses: the choice is made anew.
CREATE FUNCTION public.applications_selection_follow_household() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    household bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.application_id
        ELSE NEW.application_id END;
BEGIN
    PERFORM FROM public.applications_intake_application a WHERE a.id = household
        FOR KEY SHARE;  -- whoever chooses it holds it until that is done
    UPDATE public.applications_selection_decision d SET household_changed_at = now()
    WHERE d.application_id = household AND d.household_changed_at IS NULL
        AND EXISTS (SELECT FROM public.applications_selection_round r
            WHERE r.id = d.round_id AND r.state = 'open')
        AND NOT EXISTS (SELECT FROM public.applications_selection_offer o
            WHERE o.decision_id = d.id AND o.state NOT IN ('open', 'accepted'));
    RETURN NULL;
END $$;
CREATE TRIGGER selection_household AFTER INSERT OR DELETE ON public.applications_intake_member
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_follow_household();
CREATE TRIGGER selection_household_part AFTER UPDATE ON public.applications_intake_member
    FOR EACH ROW WHEN (OLD.part IS DISTINCT FROM NEW.part)
    EXECUTE FUNCTION public.applications_selection_follow_household();

-- A decision stays; another's approval is added, and that its household changed.
CREATE OR REPLACE FUNCTION public.applications_selection_guard_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'a decision is not deleted', TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM public.applications_selection_round r WHERE r.id = NEW.round_id FOR UPDATE;
        IF NEW.approved_at IS NOT NULL OR NEW.household_changed_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM public.applications_selection_round r
            WHERE r.id = NEW.round_id AND r.state = 'open') THEN
            PERFORM public.applications_selection_refuse('selection_round_kept',
                'the selection is closed', TG_TABLE_NAME);
        END IF;
        IF EXISTS (SELECT FROM public.applications_selection_skip s
            WHERE s.round_id = NEW.round_id AND s.application_id = NEW.application_id
                AND s.taken_back_at IS NULL) THEN
            PERFORM public.applications_selection_refuse('selection_decision_skipped',
                'the household was passed over', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF pg_trigger_depth() > 1 AND OLD.household_changed_at IS NULL
        AND to_jsonb(NEW) - 'household_changed_at' = to_jsonb(OLD) - 'household_changed_at' THEN
        RETURN NEW;  -- the household follows from its members
    END IF;
    IF OLD.approved_at IS NOT NULL OR NOT OLD.needs_approval
        OR to_jsonb(NEW) - 'approved_at' - 'approved_by_id'
            IS DISTINCT FROM to_jsonb(OLD) - 'approved_at' - 'approved_by_id' THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'a decision stays as it was', TG_TABLE_NAME);
    END IF;
    IF OLD.household_changed_at IS NOT NULL THEN
        PERFORM public.applications_selection_refuse('selection_household_changed',
            'the household is not who was compared', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

-- Who was compared was told with the decision, as many as it says.
CREATE OR REPLACE FUNCTION public.applications_selection_check_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    one record;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.approved_at IS NOT DISTINCT FROM OLD.approved_at THEN
        RETURN NULL;
    END IF;
    SELECT d.id, d.application_id, d.chosen, d.decided_by_id, d.approved_by_id, d.on,
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
    -- own, household, or barred
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

CREATE OR REPLACE FUNCTION public.applications_selection_guard_new_compared() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT n.decision_id FROM new_rows n) told
        WHERE NOT EXISTS (SELECT FROM public.applications_selection_decision d
            WHERE d.id = told.decision_id AND d.decided_at = now())) THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'who was compared stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

-- They are forgotten when their time is over (R2), never by a member of staff.
CREATE FUNCTION public.applications_selection_guard_forgotten() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF coalesce(current_setting('vuokra.actor', true), '') LIKE 'user:%'
        OR EXISTS (SELECT FROM public.applications_selection_decision d
            JOIN public.applications_selection_round r ON r.id = d.round_id
            WHERE d.id = OLD.decision_id AND r.state = 'open')
        OR EXISTS (SELECT FROM public.applications_intake_application a
            WHERE a.id = OLD.application_id
                AND NOT public.applications_intake_over(a.state)) THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'who was compared stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER guard_forgotten BEFORE DELETE ON public.applications_selection_compared
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_forgotten();

-- Those are passed over who take part in selections, and taken back while one goes on.
CREATE FUNCTION public.applications_selection_guard_skipped() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    who bigint := public.applications_selection_acting();
BEGIN
    PERFORM FROM public.applications_selection_round r WHERE r.id = NEW.round_id FOR UPDATE;
    IF TG_OP = 'INSERT' AND (NEW.taken_back_at IS NOT NULL OR NOT EXISTS (
        SELECT FROM public.applications_intake_application a WHERE a.id = NEW.application_id
            AND a.state IN ('valid', 'incomplete', 'offered'))) THEN
        PERFORM public.applications_selection_refuse('selection_skip_state',
            'the household takes no part in selections', TG_TABLE_NAME);
    END IF;
    IF NOT EXISTS (SELECT FROM public.applications_selection_round r
        WHERE r.id = NEW.round_id AND r.state = 'open') THEN
        PERFORM public.applications_selection_refuse('selection_round_kept',
            'the selection is closed', TG_TABLE_NAME);
    END IF;
    IF who IS NOT NULL AND who IS DISTINCT FROM
        (CASE TG_OP WHEN 'INSERT' THEN NEW.made_by_id ELSE NEW.taken_back_by_id END) THEN
        PERFORM public.applications_selection_refuse('selection_skip_name',
            'somebody is passed over in one''s own name', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_skipped BEFORE INSERT OR UPDATE ON public.applications_selection_skip
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_skipped();

-- What is offered is what was decided last, to an application that takes part, and while the flat
-- was let to nobody else.
CREATE FUNCTION public.applications_selection_guard_offered() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    who bigint := public.applications_selection_acting();
BEGIN
    IF TG_OP = 'INSERT' THEN  -- an application that ends takes its offers along, and locks no round
        PERFORM FROM public.applications_selection_round r WHERE r.id = NEW.round_id FOR UPDATE;
    ELSIF NEW.answer_by IS DISTINCT FROM OLD.answer_by THEN
        PERFORM public.applications_selection_refuse('selection_offer_kept',
            'until when an offer holds stays', TG_TABLE_NAME);
    END IF;
    IF NEW.state IN ('open', 'accepted') AND EXISTS (
        SELECT FROM public.applications_selection_decision d
        WHERE d.id = NEW.decision_id AND d.household_changed_at IS NOT NULL) THEN
        PERFORM public.applications_selection_refuse('selection_household_changed',
            'the household is not who was compared', TG_TABLE_NAME);
    END IF;
    IF NEW.state IN ('open', 'accepted') AND EXISTS (
        SELECT FROM public.leases_homes_occupancy o
        JOIN public.applications_selection_round r ON r.flat_id = o.flat_id
        WHERE r.id = NEW.round_id AND o.valid_from >= r.free_from) THEN
        PERFORM public.applications_selection_refuse('selection_offer_raced',
            'the flat was let meanwhile', TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' AND (
        NEW.decision_id IS DISTINCT FROM public.applications_selection_pending(NEW.round_id)
        OR NOT EXISTS (SELECT FROM public.applications_intake_application a
            WHERE a.id = NEW.application_id AND a.state IN ('valid', 'offered'))) THEN
        PERFORM public.applications_selection_refuse('selection_offer_decided',
            'a flat is offered by the last decision', TG_TABLE_NAME);
    END IF;
    IF NEW.offered_on > public.applications_selection_last_day()
        OR NEW.answered_on > public.applications_selection_last_day()
        OR NEW.state = 'no_answer' AND NEW.answered_on <= NEW.answer_by
        OR EXISTS (SELECT FROM public.applications_selection_decision d
            WHERE d.id = NEW.decision_id AND NEW.offered_on < d.on) THEN
        PERFORM public.applications_selection_refuse('selection_offer_days',
            'an offer has its days in their order', TG_TABLE_NAME);
    END IF;
    IF NEW.state = 'withdrawn' AND NEW.note = '' THEN
        PERFORM public.applications_selection_refuse('selection_offer_reason',
            'an offer is taken back for a reason', TG_TABLE_NAME);
    END IF;
    IF who IS NOT NULL AND who IS DISTINCT FROM
        (CASE TG_OP WHEN 'INSERT' THEN NEW.offered_by_id ELSE NEW.closed_by_id END) THEN
        PERFORM public.applications_selection_refuse('selection_offer_name',
            'a flat is offered and answered in one''s own name', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_offered BEFORE INSERT ON public.applications_selection_offer
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_offered();
CREATE TRIGGER guard_offered_state BEFORE UPDATE ON public.applications_selection_offer
    FOR EACH ROW WHEN ((OLD.state, OLD.answer_by) IS DISTINCT FROM (NEW.state, NEW.answer_by))
    EXECUTE FUNCTION public.applications_selection_guard_offered();
