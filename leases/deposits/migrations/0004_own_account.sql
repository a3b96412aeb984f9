-- Whoever recorded an account does not pay to it alone: another person confirms it first. A changed
-- one is confirmed whoever approves.
CREATE FUNCTION public.leases_deposits_guard_own_account() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.leases_deposits_payout p
               JOIN public.leases_deposits_refundaccount a ON a.id = p.account_id
               WHERE p.settlement_id = NEW.id AND a.recorded_by_id = NEW.approved_by_id
                   AND a.replaces_id IS NULL AND a.confirmed_by_id IS NULL) THEN
        RAISE EXCEPTION 'an account is confirmed by another before who recorded it approves'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_own_account';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_own_account BEFORE UPDATE OF approved_by_id ON public.leases_deposits_settlement
    FOR EACH ROW WHEN (NEW.approved_by_id IS NOT NULL)
    EXECUTE FUNCTION public.leases_deposits_guard_own_account();
