-- A question keeps its answer: only whom it was about follows a merge. It is about the flat of its lease.
CREATE FUNCTION public.leases_doors_guard_question() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'person_id' IS DISTINCT FROM to_jsonb(OLD) - 'person_id' THEN
        RAISE EXCEPTION 'an answer stays as it was given'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_question_fixed';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.lease_id IS NOT NULL AND NEW.flat_id IS DISTINCT FROM (
        SELECT l.flat_id FROM public.leases_contracts_lease l WHERE l.id = NEW.lease_id
    ) THEN
        RAISE EXCEPTION 'a question is about the flat of its lease'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_question_flat';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON public.leases_doors_question
    FOR EACH ROW EXECUTE FUNCTION public.leases_doors_guard_question();

-- A door is opened for whoever may be let in. What was ordered stays; once reported back nothing changes.
CREATE FUNCTION public.leases_doors_guard_opening() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (SELECT q.answer FROM public.leases_doors_question q WHERE q.id = NEW.question_id)
            IS DISTINCT FROM 'yes' THEN
            RAISE EXCEPTION 'a door is opened for whoever may be let in'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_opening_allowed';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.done_at IS NOT NULL THEN
        RAISE EXCEPTION 'an opening that was reported does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_opening_fixed';
    END IF;
    IF (NEW.question_id, NEW.company_id, NEW.ordered_by_id, NEW.ordered_at)
        IS DISTINCT FROM (OLD.question_id, OLD.company_id, OLD.ordered_by_id, OLD.ordered_at)
        OR (OLD.disclosure_id IS NOT NULL AND NEW.disclosure_id IS DISTINCT FROM OLD.disclosure_id)
    THEN
        RAISE EXCEPTION 'what was ordered stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_opening_fixed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON public.leases_doors_opening
    FOR EACH ROW EXECUTE FUNCTION public.leases_doors_guard_opening();

-- A correction is of an opening that was reported, and never changes.
CREATE FUNCTION public.leases_doors_guard_correction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR NOT EXISTS (
        SELECT FROM public.leases_doors_opening o
        WHERE o.id = NEW.opening_id AND o.done_at IS NOT NULL AND NEW.done_at >= o.ordered_at
    ) THEN
        RAISE EXCEPTION 'a correction is of an opening that was reported, and stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_correction_fixed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON public.leases_doors_correction
    FOR EACH ROW EXECUTE FUNCTION public.leases_doors_guard_correction();
