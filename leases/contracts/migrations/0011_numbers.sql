-- The number of a lease comes from its sequence alone, whoever inserts it: the number of a draft that was
-- taken out names no other lease. The application may not set the sequence back.
CREATE FUNCTION public.leases_contracts_number() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.number <> 0 THEN
        RAISE EXCEPTION 'the register numbers a lease'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_lease_number';
    END IF;
    NEW.number := nextval('public.leases_contracts_lease_number');
    RETURN NEW;
END $$;

CREATE TRIGGER number BEFORE INSERT ON public.leases_contracts_lease
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_number();
