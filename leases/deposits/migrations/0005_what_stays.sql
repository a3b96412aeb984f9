-- Four eyes are two who acted, not two names that one wrote.
CREATE FUNCTION public.leases_deposits_guard_own_name() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF actor LIKE 'user:%' AND actor <> 'user:' || (to_jsonb(NEW) ->> TG_ARGV[0]) THEN
        RAISE EXCEPTION 'what is done with a deposit is in one''s own name'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_own_name';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_preparer BEFORE INSERT ON public.leases_deposits_settlement
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_own_name('prepared_by_id');
CREATE TRIGGER guard_approver BEFORE UPDATE ON public.leases_deposits_settlement
    FOR EACH ROW WHEN (OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id)
    EXECUTE FUNCTION public.leases_deposits_guard_own_name('approved_by_id');
CREATE TRIGGER guard_recorder BEFORE INSERT ON public.leases_deposits_refundaccount
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_own_name('recorded_by_id');
CREATE TRIGGER guard_confirmer BEFORE UPDATE ON public.leases_deposits_refundaccount
    FOR EACH ROW WHEN (OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id)
    EXECUTE FUNCTION public.leases_deposits_guard_own_name('confirmed_by_id');
CREATE TRIGGER guard_paid_by BEFORE UPDATE ON public.leases_deposits_payout
    FOR EACH ROW WHEN (OLD.paid_by_id IS DISTINCT FROM NEW.paid_by_id)
    EXECUTE FUNCTION public.leases_deposits_guard_own_name('paid_by_id');

-- Nothing was paid before it was approved, nor the tenant told before there was a settlement: a day
-- of the past would make late money look as if it had come in time.
CREATE FUNCTION public.leases_deposits_guard_paid_day() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.leases_deposits_settlement s WHERE s.id = NEW.settlement_id
               AND NEW.paid_on < (s.approved_at AT TIME ZONE 'Europe/Helsinki')::date) THEN
        RAISE EXCEPTION 'nothing is paid before it is approved'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_paid_early';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_paid_day BEFORE UPDATE ON public.leases_deposits_payout
    FOR EACH ROW WHEN (OLD.paid_on IS DISTINCT FROM NEW.paid_on)
    EXECUTE FUNCTION public.leases_deposits_guard_paid_day();

CREATE FUNCTION public.leases_deposits_guard_told_day() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.told_on < (NEW.prepared_at AT TIME ZONE 'Europe/Helsinki')::date THEN
        RAISE EXCEPTION 'nobody is told before there is something to tell'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_told_early';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_told_day BEFORE INSERT OR UPDATE OF told_on
    ON public.leases_deposits_settlement
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_told_day();

-- A deposit stays while a settlement counts on it, be it approved or only prepared.
CREATE OR REPLACE FUNCTION public.leases_deposits_guard_deposit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    state text := public.leases_deposits_state(OLD.id);
BEGIN
    IF state = 'closed' OR (TG_OP = 'UPDATE' AND (state <> 'open' OR NEW.lease_id <> OLD.lease_id))
    THEN
        RAISE EXCEPTION 'a deposit that is settled does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settled';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- Money moves by an approved settlement as it says, and staff do not take it away where it came.
CREATE FUNCTION public.leases_deposits_guard_moved() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.moved_from_id IS NOT NULL
            AND coalesce(current_setting('vuokra.actor', true), '') LIKE 'user:%' THEN
            RAISE EXCEPTION 'money that moved stays'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_moved';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.moved_from_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.leases_deposits_payout p
        JOIN public.leases_deposits_settlement s ON s.id = p.settlement_id
        WHERE p.id = NEW.moved_from_id AND s.approved_at IS NOT NULL
            AND (p.next_deposit_id, p.euros, p."to") = (NEW.deposit_id, NEW.euros, NEW.payer)
    ) THEN
        RAISE EXCEPTION 'money moves as its settlement says'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_moved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_moved BEFORE INSERT OR DELETE ON public.leases_deposits_receipt
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_moved();

-- What an authority promised stays as it was written; that it paid is added once.
CREATE FUNCTION public.leases_deposits_guard_commitment() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    later text[] := ARRAY['realised_on', 'realised_eur'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF coalesce(current_setting('vuokra.actor', true), '') NOT LIKE 'user:%' THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.realised_on IS NULL AND to_jsonb(NEW) - later = to_jsonb(OLD) - later THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a commitment stays'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_commitment_kept';
END $$;
CREATE TRIGGER guard_commitment BEFORE UPDATE OR DELETE ON public.leases_deposits_commitment
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_commitment();
