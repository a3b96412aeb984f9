-- A lease begins as a draft, is concluded on the day of the last signature under it, by a tenant at
-- least, and what waits for signatures is not thrown away.
CREATE FUNCTION public.leases_contracts_guard_way() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    signed record;
BEGIN
    IF (TG_OP = 'INSERT' AND (NEW.ready_at IS NOT NULL OR NEW.concluded_on IS NOT NULL
            OR NEW.cancelled_on IS NOT NULL))
        OR (TG_OP = 'DELETE' AND OLD.ready_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a lease begins as a draft, and goes as one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_way';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT max(p.signed_on) AS last, bool_or(p.role = 'tenant') AS tenant INTO signed
        FROM public.leases_contracts_party p
        WHERE p.lease_id = NEW.id AND p.signed_on IS NOT NULL;
        IF signed.tenant IS NOT TRUE OR signed.last <> NEW.concluded_on THEN
            RAISE EXCEPTION 'a lease is concluded by the last signature'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_signed';
        END IF;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_way BEFORE INSERT OR DELETE ON public.leases_contracts_lease
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_way();
CREATE TRIGGER guard_way_concluded BEFORE UPDATE OF concluded_on ON public.leases_contracts_lease
    FOR EACH ROW WHEN (OLD.concluded_on IS NULL AND NEW.concluded_on IS NOT NULL)
    EXECUTE FUNCTION public.leases_contracts_guard_way();

-- The end of a ban opens the home that somebody lives in, not one that was left under it.
CREATE OR REPLACE FUNCTION public.leases_contracts_follow_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.leases_homes_occupancy o
    SET hidden = public.leases_contracts_hidden(o.lease)
        OR (o.hidden AND coalesce(o.valid_to < current_date, false))
    WHERE o.lease IN (
        SELECT p.lease_id FROM public.leases_contracts_party p WHERE p.person_id = NEW.id
    );
    RETURN NULL;
END $$;
