-- Sums of a deposit hold together, whoever writes: its row is locked by every change of a part.
CREATE FUNCTION public.leases_deposits_state(of_deposit bigint) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    settled record;
BEGIN
    PERFORM FROM public.leases_deposits_deposit d WHERE d.id = of_deposit FOR UPDATE;
    SELECT s.approved_at INTO settled FROM public.leases_deposits_settlement s
    WHERE s.deposit_id = of_deposit;
    RETURN CASE WHEN NOT FOUND THEN 'open' WHEN settled.approved_at IS NULL THEN 'prepared'
        ELSE 'closed' END;
END $$;

-- What was received and what is kept is added or taken away, not changed; and only while no
-- settlement counts on it.
CREATE FUNCTION public.leases_deposits_guard_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR public.leases_deposits_state(
            CASE TG_OP WHEN 'INSERT' THEN NEW.deposit_id ELSE OLD.deposit_id END) <> 'open' THEN
        RAISE EXCEPTION 'a deposit that is settled does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settled';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE OR DELETE ON public.leases_deposits_receipt
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_part();
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE OR DELETE ON public.leases_deposits_deduction
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_part();

CREATE FUNCTION public.leases_deposits_guard_deposit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF public.leases_deposits_state(OLD.id) = 'closed'
        OR (TG_OP = 'UPDATE' AND NEW.lease_id <> OLD.lease_id) THEN
        RAISE EXCEPTION 'a deposit that is settled does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settled';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_deposit BEFORE UPDATE OR DELETE ON public.leases_deposits_deposit
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_deposit();

-- A settlement says what follows from the parts; once approved, only that the tenant was told is
-- added. Money goes back in full, and to accounts that may be used (A45).
CREATE FUNCTION public.leases_deposits_guard_settlement() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    received numeric;
    deducted numeric;
    later text[] := ARRAY['approved_by_id', 'approved_at', 'told_on'];
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.approved_at IS NOT NULL THEN
        later := ARRAY['told_on'];
    END IF;
    IF (TG_OP = 'DELETE' AND OLD.approved_at IS NOT NULL)
        OR (TG_OP = 'UPDATE' AND (to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later
            OR (OLD.told_on IS NOT NULL AND NEW.told_on IS DISTINCT FROM OLD.told_on))) THEN
        RAISE EXCEPTION 'a settlement does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settled';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM FROM public.leases_deposits_deposit d WHERE d.id = NEW.deposit_id FOR UPDATE;
    SELECT coalesce(sum(r.euros), 0) INTO received
    FROM public.leases_deposits_receipt r WHERE r.deposit_id = NEW.deposit_id;
    SELECT coalesce(sum(k.euros), 0) INTO deducted
    FROM public.leases_deposits_deduction k WHERE k.deposit_id = NEW.deposit_id;
    IF (NEW.received_eur, NEW.deducted_eur, NEW.returned_eur) IS DISTINCT FROM
            (received, deducted, greatest(received + NEW.interest_eur - deducted, 0)) THEN
        RAISE EXCEPTION 'the sums of a settlement follow from what was received and kept'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settlement_follows';
    END IF;
    IF NEW.approved_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.approved_at IS NULL) THEN
        IF NEW.returned_eur <> (SELECT coalesce(sum(o.euros), 0)
                FROM public.leases_deposits_payout o WHERE o.settlement_id = NEW.id) THEN
            RAISE EXCEPTION 'all that is returned goes to somebody'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_payout_sum';
        END IF;
        IF EXISTS (SELECT FROM public.leases_deposits_payout o
                JOIN public.leases_deposits_refundaccount a ON a.id = o.account_id
                WHERE o.settlement_id = NEW.id AND (
                    a.deposit_id <> NEW.deposit_id OR a.payer <> o."to"
                    OR EXISTS (SELECT FROM public.leases_deposits_refundaccount n
                               WHERE n.replaces_id = a.id)
                    OR (a.replaces_id IS NOT NULL
                        AND (a.confirmed_by_id IS NULL OR now() < a.usable_from)))) THEN
            RAISE EXCEPTION 'money goes to accounts that may be used'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_account_unsafe';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_settlement BEFORE INSERT OR UPDATE OR DELETE
    ON public.leases_deposits_settlement
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_settlement();

-- Of what goes back, only that it was paid is added, once, after the approval.
CREATE FUNCTION public.leases_deposits_guard_payout() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    closed boolean;
    paid text[] := ARRAY['paid_on', 'paid_by_id', 'reference'];
BEGIN
    SELECT s.approved_at IS NOT NULL INTO closed FROM public.leases_deposits_settlement s
    WHERE s.id = CASE TG_OP WHEN 'INSERT' THEN NEW.settlement_id ELSE OLD.settlement_id END
    FOR UPDATE;
    IF (closed AND TG_OP <> 'UPDATE')
        OR (TG_OP = 'INSERT' AND NEW.paid_on IS NOT NULL)
        OR (TG_OP = 'UPDATE' AND (NOT closed OR OLD.paid_on IS NOT NULL
            OR to_jsonb(NEW) - paid IS DISTINCT FROM to_jsonb(OLD) - paid)) THEN
        RAISE EXCEPTION 'what goes back does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settled';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_payout BEFORE INSERT OR UPDATE OR DELETE ON public.leases_deposits_payout
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_payout();

-- An account is replaced, never changed. Its confirmation is added once, by a call to a number that
-- was held before the change. It may go when the deposit has gone back.
CREATE FUNCTION public.leases_deposits_guard_account() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    later text[] := ARRAY['person_id', 'called_id'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF public.leases_deposits_state(NEW.deposit_id) = 'closed'
            OR NEW.confirmed_by_id IS NOT NULL
            OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM public.leases_deposits_refundaccount a WHERE a.id = NEW.replaces_id
                    AND a.deposit_id = NEW.deposit_id AND a.payer = NEW.payer)) THEN
            RAISE EXCEPTION 'an account replaces one of the same deposit that is not settled'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_settled';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF public.leases_deposits_state(OLD.deposit_id) <> 'closed' THEN
            RAISE EXCEPTION 'an account stays until the deposit has gone back'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_account_kept';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.confirmed_by_id IS NULL THEN
        later := later || ARRAY['confirmed_by_id', 'confirmed_at', 'confirmed'];
    END IF;
    IF to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later
        OR (OLD.confirmed_by_id IS NOT NULL AND NEW.called_id IS DISTINCT FROM OLD.called_id
            AND NEW.called_id IS NOT NULL) THEN
        RAISE EXCEPTION 'an account does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_account_kept';
    END IF;
    IF OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id IS NOT NULL
        AND (NEW.confirmed = 'call') IS DISTINCT FROM EXISTS (
            SELECT FROM public.registry_persons_contactpoint c
            WHERE c.person_id = NEW.person_id AND c.kind = 'phone'
                AND c.recorded_at < NEW.recorded_at
                AND (NEW.confirmed <> 'call' OR c.id = NEW.called_id)) THEN
        RAISE EXCEPTION 'the call goes to a number held before the change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposits_account_called';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_account BEFORE INSERT OR UPDATE OR DELETE
    ON public.leases_deposits_refundaccount
    FOR EACH ROW EXECUTE FUNCTION public.leases_deposits_guard_account();
