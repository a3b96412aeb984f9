-- What holds of the selection whoever writes. The texts for the screen stand in the services, by the
-- names of the constraints.
CREATE FUNCTION public.applications_selection_refuse(which text, text_of text, of_table text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', text_of USING ERRCODE = 'check_violation', CONSTRAINT = which,
        TABLE = of_table;
END $$;

-- Limits and permits that have held stay as they were: only their last day may come.
CREATE FUNCTION public.applications_selection_guard_bounds() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF OLD.valid_from > current_date THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'valid_to' IS DISTINCT FROM to_jsonb(OLD) - 'valid_to'
        OR (OLD.valid_to IS NOT NULL AND OLD.valid_to < current_date
            AND NEW.valid_to IS DISTINCT FROM OLD.valid_to)
        OR (NEW.valid_to IS NOT NULL AND NEW.valid_to < current_date
            AND NEW.valid_to IS DISTINCT FROM OLD.valid_to) THEN
        PERFORM public.applications_selection_refuse('selection_bounds_kept',
            'what has held stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_bounds BEFORE UPDATE OR DELETE ON public.applications_selection_wealthtable
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_bounds();
CREATE TRIGGER guard_bounds BEFORE UPDATE OR DELETE ON public.applications_selection_exemptionpermit
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_bounds();

CREATE FUNCTION public.applications_selection_guard_limit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    of_table bigint := coalesce(OLD.table_id, NEW.table_id);
BEGIN
    IF TG_OP = 'INSERT' THEN  -- a table is entered with its rows, within one transaction
        IF EXISTS (SELECT FROM public.applications_selection_wealthtable t WHERE t.id = of_table
            AND t.valid_from <= current_date AND t.recorded_at < now()) THEN
            PERFORM public.applications_selection_refuse('selection_bounds_kept',
                'what has held stays as it was', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM public.applications_selection_wealthtable t WHERE t.id = of_table
        AND t.valid_from <= current_date) THEN
        PERFORM public.applications_selection_refuse('selection_bounds_kept',
            'what has held stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER guard_limit BEFORE INSERT OR UPDATE OR DELETE
    ON public.applications_selection_wealthlimit
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_limit();

-- A round is opened, and closed once. A flat is given by an accepted offer.
CREATE FUNCTION public.applications_selection_guard_round() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM public.applications_selection_refuse('selection_round_kept',
            'a selection is not deleted', TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            PERFORM public.applications_selection_refuse('selection_round_begins',
                'a selection begins open', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' OR (NEW.flat_id, NEW.opened_by_id, NEW.opened_at)
        IS DISTINCT FROM (OLD.flat_id, OLD.opened_by_id, OLD.opened_at) THEN
        PERFORM public.applications_selection_refuse('selection_round_kept',
            'a selection that was closed stays', TG_TABLE_NAME);
    END IF;
    IF NEW.state = 'let' AND NOT EXISTS (SELECT FROM public.applications_selection_offer o
        WHERE o.round_id = NEW.id AND o.state = 'accepted') THEN
        PERFORM public.applications_selection_refuse('selection_round_let',
            'nobody has accepted the flat', TG_TABLE_NAME);
    END IF;
    IF NEW.state = 'cancelled' AND EXISTS (SELECT FROM public.applications_selection_offer o
        WHERE o.round_id = NEW.id AND o.state IN ('open', 'accepted')) THEN
        PERFORM public.applications_selection_refuse('selection_round_offered',
            'the flat is offered to somebody', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_round BEFORE INSERT OR UPDATE OR DELETE ON public.applications_selection_round
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_round();

-- Whoever was passed over stays so in the open; it may be taken back once.
CREATE FUNCTION public.applications_selection_guard_skip() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM public.applications_selection_round r
            WHERE r.id = NEW.round_id AND r.state = 'open') THEN
            PERFORM public.applications_selection_refuse('selection_round_kept',
                'the selection is closed', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.taken_back_at IS NOT NULL
        OR to_jsonb(NEW) - 'taken_back_at' - 'taken_back_by_id'
            IS DISTINCT FROM to_jsonb(OLD) - 'taken_back_at' - 'taken_back_by_id' THEN
        PERFORM public.applications_selection_refuse('selection_skip_kept',
            'a skip stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_skip BEFORE INSERT OR UPDATE ON public.applications_selection_skip
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_skip();

-- Whether somebody of our own is tied to a household (esteellinen): own, household, or barred.
CREATE FUNCTION public.applications_selection_tied(who bigint, household bigint, today date)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM public.applications_intake_member m
        JOIN public.registry_persons_stafflink l ON l.person_id = m.person_id
        WHERE m.application_id = household AND l.staff_id = who
            AND l.kind IN ('own', 'household', 'conflict')
            AND l.valid_from <= today AND (l.valid_to IS NULL OR l.valid_to >= today))
$$;

-- A decision stays; only another's approval is added. Nobody decides who is tied to a household
-- that was chosen or compared (A3): that is asked when the transaction ends.
CREATE FUNCTION public.applications_selection_guard_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'a decision is not deleted', TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.approved_at IS NOT NULL OR NOT EXISTS (
            SELECT FROM public.applications_selection_round r
            WHERE r.id = NEW.round_id AND r.state = 'open') THEN
            PERFORM public.applications_selection_refuse('selection_round_kept',
                'the selection is closed', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.approved_at IS NOT NULL OR NOT OLD.needs_approval
        OR to_jsonb(NEW) - 'approved_at' - 'approved_by_id'
            IS DISTINCT FROM to_jsonb(OLD) - 'approved_at' - 'approved_by_id' THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'a decision stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_decision BEFORE INSERT OR UPDATE OR DELETE
    ON public.applications_selection_decision
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_decision();

CREATE FUNCTION public.applications_selection_check_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    one public.applications_selection_decision;
BEGIN
    SELECT * INTO one FROM public.applications_selection_decision d WHERE d.id = NEW.id;
    IF NOT EXISTS (SELECT FROM public.applications_selection_compared c
        WHERE c.decision_id = one.id AND c.application_id = one.application_id
            AND c.token = one.chosen) THEN
        PERFORM public.applications_selection_refuse('selection_decision_compared',
            'the chosen was not compared', TG_TABLE_NAME);
    END IF;
    IF EXISTS (SELECT FROM public.applications_selection_compared c
        WHERE c.decision_id = one.id
            AND (public.applications_selection_tied(one.decided_by_id, c.application_id, one.on)
                OR public.applications_selection_tied(one.approved_by_id, c.application_id, one.on)))
    THEN
        PERFORM public.applications_selection_refuse('selection_decision_tied',
            'whoever decides is tied to a household', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_decision AFTER INSERT OR UPDATE
    ON public.applications_selection_decision DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_check_decision();

-- Who was compared is told with the decision, and later only forgotten.
CREATE FUNCTION public.applications_selection_guard_compared() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR NOT EXISTS (SELECT FROM public.applications_selection_decision d
        WHERE d.id = NEW.decision_id AND d.decided_at >= now()) THEN
        PERFORM public.applications_selection_refuse('selection_decision_kept',
            'who was compared stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_compared BEFORE INSERT OR UPDATE ON public.applications_selection_compared
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_compared();

-- What is offered was decided, and approved where that is asked. An answered offer stays.
CREATE FUNCTION public.applications_selection_guard_offer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM public.applications_selection_refuse('selection_offer_kept',
            'an offer is not deleted', TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' OR NOT EXISTS (
            SELECT FROM public.applications_selection_decision d
            JOIN public.applications_selection_round r ON r.id = d.round_id
            WHERE d.id = NEW.decision_id AND d.round_id = NEW.round_id
                AND d.application_id = NEW.application_id AND r.state = 'open'
                AND (NOT d.needs_approval OR d.approved_at IS NOT NULL)) THEN
            PERFORM public.applications_selection_refuse('selection_offer_decided',
                'a flat is offered by a decision', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.decision_id, NEW.round_id, NEW.application_id, NEW.channel, NEW.offered_at,
            NEW.offered_on, NEW.offered_by_id)
        IS DISTINCT FROM (OLD.decision_id, OLD.round_id, OLD.application_id, OLD.channel,
            OLD.offered_at, OLD.offered_on, OLD.offered_by_id)
        OR (OLD.state <> 'open' AND NOT (OLD.state = 'accepted' AND NEW.state = 'withdrawn')) THEN
        PERFORM public.applications_selection_refuse('selection_offer_kept',
            'an offer that was answered stays', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_offer BEFORE INSERT OR UPDATE OR DELETE ON public.applications_selection_offer
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_offer();
