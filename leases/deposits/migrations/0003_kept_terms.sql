-- A deposit agreed on in a lease that is made ready to be signed stands in that paper, and stays.
CREATE FUNCTION public.leases_deposits_guard_terms() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.leases_contracts_lease l
               WHERE l.id = OLD.lease_id AND l.ready_at >= OLD.agreed_at) THEN
        RAISE EXCEPTION 'a deposit in a lease to be signed does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_agreed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_terms BEFORE UPDATE ON public.leases_deposits_deposit
    FOR EACH ROW WHEN ((OLD.demanded_eur, OLD.form, OLD.due_on, OLD.agreed_at)
        IS DISTINCT FROM (NEW.demanded_eur, NEW.form, NEW.due_on, NEW.agreed_at))
    EXECUTE FUNCTION public.leases_deposits_guard_terms();

-- A settlement is approved for the day on which the tenancy ended, and that day does not move then.
CREATE FUNCTION public.leases_deposits_guard_settled_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.ended_on IS DISTINCT FROM (
        SELECT coalesce(l.cancelled_on, l.last_day,
            CASE WHEN l.kind = 'fixed_term' THEN l.term_ends_on END)
        FROM public.leases_deposits_deposit d
        JOIN public.leases_contracts_lease l ON l.id = d.lease_id
        WHERE d.id = NEW.deposit_id
    ) THEN
        RAISE EXCEPTION 'a settlement is of the day on which the tenancy ended'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settlement_end';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_end BEFORE INSERT OR UPDATE OF approved_at ON public.leases_deposits_settlement
    FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL)
    EXECUTE FUNCTION public.leases_deposits_guard_settled_end();

CREATE FUNCTION public.leases_deposits_guard_lease_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.leases_deposits_settlement s
               JOIN public.leases_deposits_deposit d ON d.id = s.deposit_id
               WHERE d.lease_id = NEW.id AND s.approved_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the end of a lease whose deposit is settled does not move'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deposits_guard_end BEFORE UPDATE ON public.leases_contracts_lease
    FOR EACH ROW WHEN ((OLD.last_day, OLD.cancelled_on)
        IS DISTINCT FROM (NEW.last_day, NEW.cancelled_on))
    EXECUTE FUNCTION public.leases_deposits_guard_lease_end();
