-- A check goes to another record by a merge, or its undoing. It begins unweighed but for a clean
-- result, weighed by whoever asked; and nobody is asked about for a lease that was cancelled.
CREATE FUNCTION public.applications_credit_check_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.registry_duplicates_merge m
                   WHERE (m.survivor_id, m.merged_id)
                       IN ((NEW.person_id, OLD.person_id), (OLD.person_id, NEW.person_id))) THEN
        PERFORM public.applications_selection_refuse('credit_check_kept',
            'whom a check is about stays', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_person AFTER UPDATE OF person_id
    ON public.applications_credit_creditcheck DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION public.applications_credit_check_person();

CREATE FUNCTION public.applications_credit_guard_begun() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.measure <> '' AND (NEW.result <> 'clean' OR NEW.measure <> 'nothing'
        OR NEW.assessed_by_id IS DISTINCT FROM NEW.made_by_id) THEN
        PERFORM public.applications_selection_refuse('credit_check_kept',
            'a result is weighed after it was recorded', TG_TABLE_NAME);
    END IF;
    IF EXISTS (SELECT FROM public.leases_contracts_lease l
        WHERE l.id = NEW.lease_id AND l.cancelled_on IS NOT NULL) THEN
        PERFORM public.applications_selection_refuse('credit_check_at_hand',
            'the lease was cancelled', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_begun BEFORE INSERT ON public.applications_credit_creditcheck
    FOR EACH ROW EXECUTE FUNCTION public.applications_credit_guard_begun();
