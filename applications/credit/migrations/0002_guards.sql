-- Credit data are asked of whoever will be a party of the lease or guarantees it (A47); a check stays
-- as it was recorded, and is weighed once.
CREATE FUNCTION public.applications_credit_guard_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    weighed text[] := ARRAY['measure', 'reason', 'assessed_at', 'assessed_by_id'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM public.applications_selection_decision d
            JOIN public.applications_intake_member m ON m.application_id = d.application_id
            WHERE d.id = NEW.decision_id AND m.person_id = NEW.person_id
                AND m.part IN ('applicant', 'co_applicant'))
            AND NOT EXISTS (
            SELECT FROM public.leases_contracts_party p
            JOIN public.leases_contracts_lease l ON l.id = p.lease_id
            WHERE l.id = NEW.lease_id AND p.person_id = NEW.person_id
                AND p.role IN ('tenant', 'co_tenant', 'guarantor')
                AND l.concluded_on IS NULL) THEN
            PERFORM public.applications_selection_refuse('credit_check_party',
                'credit data are asked for a lease that comes', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - weighed - 'person_id'
            IS DISTINCT FROM to_jsonb(OLD) - weighed - 'person_id'
        OR (OLD.assessed_at IS NOT NULL AND
            (NEW.measure, NEW.reason, NEW.assessed_at, NEW.assessed_by_id)
            IS DISTINCT FROM (OLD.measure, OLD.reason, OLD.assessed_at, OLD.assessed_by_id)) THEN
        PERFORM public.applications_selection_refuse('credit_check_kept',
            'a check stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_check BEFORE INSERT OR UPDATE OR DELETE
    ON public.applications_credit_creditcheck
    FOR EACH ROW EXECUTE FUNCTION public.applications_credit_guard_check();
