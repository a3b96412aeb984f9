-- Who signed is in a lease until somebody comes in that place, and nobody is in it for a time only.
CREATE FUNCTION public.leases_contracts_guard_party_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.leases_contracts_lease l
               WHERE l.id = NEW.lease_id AND l.ready_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM public.leases_contracts_personchange c
                        WHERE c.lease_id = NEW.lease_id AND c.change <> 'handover'
                            AND c.effective_on = NEW.valid_to + 1
                            AND (c.leaving_id = NEW.id OR c.coming_id = NEW.person_id)) THEN
        RAISE EXCEPTION 'who signed stays in the lease until another comes in that place'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_part_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_comes BEFORE INSERT ON public.leases_contracts_party
    FOR EACH ROW WHEN (NEW.valid_to IS NOT NULL
        AND NEW.role IN ('tenant', 'co_tenant', 'guarantor'))
    EXECUTE FUNCTION public.leases_contracts_guard_party_end();
CREATE TRIGGER guard_end BEFORE UPDATE ON public.leases_contracts_party
    FOR EACH ROW WHEN (OLD.valid_to IS DISTINCT FROM NEW.valid_to
        AND OLD.role IN ('tenant', 'co_tenant', 'guarantor'))
    EXECUTE FUNCTION public.leases_contracts_guard_party_end();

-- No act ends a part of the rent yet: what is to be signed is paid until the lease ends.
CREATE FUNCTION public.leases_contracts_guard_price_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.leases_contracts_lease l
               WHERE l.id = NEW.lease_id AND l.ready_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what is paid for a lease does not end before it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_part_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_end BEFORE UPDATE ON public.leases_contracts_component
    FOR EACH ROW WHEN (OLD.valid_to IS DISTINCT FROM NEW.valid_to)
    EXECUTE FUNCTION public.leases_contracts_guard_price_end();

-- A lease ends by the first of the papers in force, or earlier by agreement or its term.
CREATE FUNCTION public.leases_contracts_guard_last_day() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    of_lease bigint := (to_jsonb(NEW)->>TG_ARGV[0])::bigint;
BEGIN
    IF EXISTS (SELECT FROM public.leases_contracts_lease l
               JOIN public.leases_contracts_notice n ON n.lease_id = l.id
               WHERE l.id = of_lease AND l.cancelled_on IS NULL AND n.withdrawn_on IS NULL
                   AND n.ends_on < coalesce(l.last_day, 'infinity')) THEN
        RAISE EXCEPTION 'a lease ends by the papers in force'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_ends';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER guard_last_day AFTER UPDATE ON public.leases_contracts_lease
    FOR EACH ROW WHEN (OLD.last_day IS DISTINCT FROM NEW.last_day)
    EXECUTE FUNCTION public.leases_contracts_guard_last_day('id');
CREATE TRIGGER guard_last_day AFTER INSERT OR UPDATE ON public.leases_contracts_notice
    FOR EACH ROW WHEN (NEW.ends_on IS NOT NULL AND NEW.withdrawn_on IS NULL)
    EXECUTE FUNCTION public.leases_contracts_guard_last_day('lease_id');
