-- That the person was told of a use against him is recorded once, and stays.
CREATE OR REPLACE FUNCTION public.applications_credit_guard_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    later text[] := ARRAY['measure', 'reason', 'assessed_at', 'assessed_by_id', 'noticed_on',
        'person_id'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.noticed_on IS NOT NULL THEN
            PERFORM public.applications_selection_refuse('credit_check_kept',
                'nobody is told of a use before it', TG_TABLE_NAME);
        END IF;
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
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later
        OR (OLD.noticed_on IS NOT NULL AND NEW.noticed_on IS DISTINCT FROM OLD.noticed_on)
        OR (NEW.noticed_on IS DISTINCT FROM OLD.noticed_on AND OLD.assessed_at IS NULL)
        OR (OLD.assessed_at IS NOT NULL AND
            (NEW.measure, NEW.reason, NEW.assessed_at, NEW.assessed_by_id)
            IS DISTINCT FROM (OLD.measure, OLD.reason, OLD.assessed_at, OLD.assessed_by_id)) THEN
        PERFORM public.applications_selection_refuse('credit_check_kept',
            'a check stays as it was', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
