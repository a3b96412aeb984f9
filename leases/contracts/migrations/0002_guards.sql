-- When a flat is let stands in the stock of homes, and follows from its leases: a lease counts from its
-- conclusion until its last day. The exclusion constraint there keeps two leases off one flat.
CREATE FUNCTION public.leases_contracts_occupy(of_lease bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    l record;
BEGIN
    SELECT flat_id, starts_on, kind, term_ends_on, last_day, concluded_on, cancelled_on
    INTO l FROM public.leases_contracts_lease WHERE id = of_lease;
    IF NOT FOUND OR l.concluded_on IS NULL OR l.cancelled_on IS NOT NULL THEN
        DELETE FROM public.leases_homes_occupancy WHERE lease = of_lease;
        RETURN;
    END IF;
    INSERT INTO public.leases_homes_occupancy (flat_id, lease, valid_from, valid_to, hidden)
    VALUES (
        l.flat_id, of_lease, l.starts_on,
        coalesce(l.last_day, CASE WHEN l.kind = 'fixed_term' THEN l.term_ends_on END),
        public.leases_contracts_hidden(of_lease)
    )
    ON CONFLICT (lease) DO UPDATE
    SET flat_id = EXCLUDED.flat_id, valid_from = EXCLUDED.valid_from,
        valid_to = EXCLUDED.valid_to, hidden = EXCLUDED.hidden;
END $$;

-- Whether somebody under turvakielto lives by the lease; a guarantor lives elsewhere.
CREATE FUNCTION public.leases_contracts_hidden(of_lease bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.leases_contracts_party p
        JOIN public.registry_persons_person r ON r.id = p.person_id
        WHERE p.lease_id = of_lease AND p.role NOT IN ('guarantor', 'trustee') AND r.protected
    )
$$;

CREATE FUNCTION public.leases_contracts_follow_lease() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.leases_contracts_occupy(CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END);
    RETURN NULL;
END $$;

CREATE FUNCTION public.leases_contracts_follow_party() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.leases_contracts_occupy(
        CASE WHEN TG_OP = 'DELETE' THEN OLD.lease_id ELSE NEW.lease_id END
    );
    RETURN NULL;
END $$;

CREATE FUNCTION public.leases_contracts_follow_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.leases_homes_occupancy o SET hidden = public.leases_contracts_hidden(o.lease)
    WHERE o.lease IN (
        SELECT p.lease_id FROM public.leases_contracts_party p WHERE p.person_id = NEW.id
    );
    RETURN NULL;
END $$;

CREATE TRIGGER occupy AFTER INSERT OR UPDATE OR DELETE ON public.leases_contracts_lease
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_follow_lease();
CREATE TRIGGER occupy AFTER INSERT OR UPDATE OR DELETE ON public.leases_contracts_party
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_follow_party();
CREATE TRIGGER leases_hide_home AFTER UPDATE ON public.registry_persons_person
    FOR EACH ROW WHEN (OLD.protected IS DISTINCT FROM NEW.protected)
    EXECUTE FUNCTION public.leases_contracts_follow_person();

-- What was signed stays as it was signed. What comes later is added, with days of its own.
CREATE FUNCTION public.leases_contracts_guard_lease() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.concluded_on IS NOT NULL OR OLD.cancelled_on IS NOT NULL THEN
            RAISE EXCEPTION 'a concluded or cancelled lease is not deleted'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.number <> NEW.number OR (OLD.ready_at IS NOT NULL AND NEW.ready_at IS NOT NULL
        AND (NEW.flat_id, NEW.starts_on, NEW.clauses, NEW.smoking, NEW.pets, NEW.water)
            IS DISTINCT FROM
            (OLD.flat_id, OLD.starts_on, OLD.clauses, OLD.smoking, OLD.pets, OLD.water)) THEN
        RAISE EXCEPTION 'terms of a lease to be signed do not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_fixed';
    END IF;
    IF OLD.concluded_on IS NOT NULL
        AND (NEW.concluded_on, NEW.ready_at, NEW.kind, NEW.term_ends_on, NEW.due_day)
            IS DISTINCT FROM
            (OLD.concluded_on, OLD.ready_at, OLD.kind, OLD.term_ends_on, OLD.due_day) THEN
        RAISE EXCEPTION 'a concluded lease does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_fixed';
    END IF;
    IF OLD.cancelled_on IS NOT NULL THEN
        RAISE EXCEPTION 'a cancelled lease does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_fixed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_lease BEFORE UPDATE OR DELETE ON public.leases_contracts_lease
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_lease();

CREATE FUNCTION public.leases_contracts_guard_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    concluded date;
BEGIN
    SELECT l.concluded_on INTO concluded FROM public.leases_contracts_lease l
    WHERE l.id = OLD.lease_id;
    IF concluded IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a part of a concluded lease is not deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_part_kept';
    END IF;
    IF TG_TABLE_NAME = 'leases_contracts_component' THEN
        IF (NEW.lease_id, NEW.kind, NEW.place_id, NEW.price_eur, NEW.quantity, NEW.valid_from)
            IS DISTINCT FROM
            (OLD.lease_id, OLD.kind, OLD.place_id, OLD.price_eur, OLD.quantity, OLD.valid_from) THEN
            RAISE EXCEPTION 'a price that was agreed does not change'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_part_kept';
        END IF;
    ELSIF (NEW.lease_id, NEW.role, NEW.limit_eur, NEW.valid_from)
        IS DISTINCT FROM (OLD.lease_id, OLD.role, OLD.limit_eur, OLD.valid_from) THEN
        RAISE EXCEPTION 'what a party was does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_part_kept';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_part BEFORE UPDATE OR DELETE ON public.leases_contracts_component
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_part();
CREATE TRIGGER guard_part BEFORE UPDATE OR DELETE ON public.leases_contracts_party
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_part();

-- What a served paper said, and when it was served, stays; it can only be withdrawn.
CREATE FUNCTION public.leases_contracts_guard_notice() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF OLD.served_on IS NOT NULL AND (TG_OP = 'DELETE' OR OLD.withdrawn_on IS NOT NULL
        OR to_jsonb(NEW) - 'withdrawn_on' IS DISTINCT FROM to_jsonb(OLD) - 'withdrawn_on') THEN
        RAISE EXCEPTION 'a served notice does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_notice_kept';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER guard_notice BEFORE UPDATE OR DELETE ON public.leases_contracts_notice
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_notice();
