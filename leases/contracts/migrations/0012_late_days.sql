-- Why a day was entered late stays as it was written; another confirms it once.
CREATE FUNCTION public.leases_contracts_guard_late() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL OR to_jsonb(NEW) - ARRAY['confirmed_by_id', 'confirmed_at']
            IS DISTINCT FROM to_jsonb(OLD) - ARRAY['confirmed_by_id', 'confirmed_at'] THEN
        RAISE EXCEPTION 'why a day was entered late stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_late_kept';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_late BEFORE UPDATE ON public.leases_contracts_lateday
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_guard_late();
