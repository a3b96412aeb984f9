-- What happens at the door is written in one's own name, and staff remove none of it.
CREATE FUNCTION public.leases_doors_guard_hands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF actor LIKE 'user:%' AND TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what happened at the door stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_stays';
    END IF;
    IF actor LIKE 'user:%' AND actor IS DISTINCT FROM 'user:' || (to_jsonb(NEW) ->> TG_ARGV[0]) THEN
        RAISE EXCEPTION 'what is done at the door is in one''s own name'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_own_name';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_hands BEFORE INSERT OR DELETE ON public.leases_doors_question
    FOR EACH ROW EXECUTE FUNCTION public.leases_doors_guard_hands('asked_by_id');
CREATE TRIGGER guard_hands BEFORE INSERT OR DELETE ON public.leases_doors_opening
    FOR EACH ROW EXECUTE FUNCTION public.leases_doors_guard_hands('ordered_by_id');
CREATE TRIGGER guard_hands BEFORE INSERT OR DELETE ON public.leases_doors_correction
    FOR EACH ROW EXECUTE FUNCTION public.leases_doors_guard_hands('made_by_id');
CREATE TRIGGER guard_hands_of_report BEFORE UPDATE ON public.leases_doors_opening
    FOR EACH ROW WHEN (OLD.done_at IS DISTINCT FROM NEW.done_at)
    EXECUTE FUNCTION public.leases_doors_guard_hands('reported_by_id');

-- An answer that tells something is of somebody who lives by the lease. Whom it is about follows a
-- merge, as the part in the lease does: both stand when the transaction ends.
CREATE FUNCTION public.leases_doors_guard_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.person_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.leases_contracts_party p
        WHERE p.lease_id = NEW.lease_id AND p.person_id = NEW.person_id
            AND (TG_OP = 'UPDATE' OR p.role NOT IN ('guarantor', 'trustee'))
    ) THEN
        RAISE EXCEPTION 'an answer is about somebody in the lease'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_question_part';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_part BEFORE INSERT ON public.leases_doors_question
    FOR EACH ROW EXECUTE FUNCTION public.leases_doors_guard_part();
CREATE CONSTRAINT TRIGGER guard_part_followed AFTER UPDATE ON public.leases_doors_question
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION public.leases_doors_guard_part();

-- An opening begins as an order, on an answer of the last day, and is reported when it has been.
CREATE FUNCTION public.leases_doors_guard_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.done_at > clock_timestamp()
            OR (NEW.done_at IS NULL AND NEW.reported_by_id IS NOT NULL) THEN
            RAISE EXCEPTION 'what has not been is not reported'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_opening_to_come';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.done_at IS NOT NULL OR NEW.reported_by_id IS NOT NULL OR NEW.disclosure_id IS NOT NULL
        OR NOT EXISTS (
            SELECT FROM public.leases_doors_question q WHERE q.id = NEW.question_id
                AND NEW.ordered_at >= date_trunc('minute', q.asked_at)
                AND NEW.ordered_at < q.asked_at + interval '1 day'
        ) THEN
        RAISE EXCEPTION 'an opening begins as an order on an answer of the last day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_opening_allowed';
    END IF;
    IF NEW.company_id IS NOT NULL AND EXISTS (
        SELECT FROM public.leases_doors_question q
        JOIN public.leases_homes_occupancy o ON o.lease = q.lease_id AND o.hidden
        WHERE q.id = NEW.question_id
    ) THEN
        RAISE EXCEPTION 'no company is told the home of somebody under turvakielto'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_opening_hidden';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_order BEFORE INSERT OR UPDATE ON public.leases_doors_opening
    FOR EACH ROW EXECUTE FUNCTION public.leases_doors_guard_order();

-- What a company was told for an order is recorded, when the transaction ends: to it, of whom it
-- lets in, for this order.
CREATE FUNCTION public.leases_doors_guard_told() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.leases_doors_opening o
        JOIN public.leases_doors_question q ON q.id = o.question_id
        WHERE o.id = NEW.id AND CASE
            WHEN o.company_id IS NULL THEN o.disclosure_id IS NOT NULL
            ELSE NOT EXISTS (
                SELECT FROM public.registry_disclosures_disclosure d
                JOIN public.registry_disclosures_disclosedperson p ON p.disclosure_id = d.id
                WHERE d.id = o.disclosure_id AND d.recipient_id = o.company_id
                    AND d.reference = 'OA ' || o.id AND p.person_id = q.person_id
            ) END
    ) THEN
        RAISE EXCEPTION 'what a company was told for an order is recorded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'doors_opening_told';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER guard_told AFTER INSERT ON public.leases_doors_opening
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION public.leases_doors_guard_told();
CREATE CONSTRAINT TRIGGER guard_told_later AFTER UPDATE ON public.leases_doors_opening
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.disclosure_id IS DISTINCT FROM NEW.disclosure_id)
    EXECUTE FUNCTION public.leases_doors_guard_told();
