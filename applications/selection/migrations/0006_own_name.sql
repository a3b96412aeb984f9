-- Whoever writes past the services: members of staff decide, pass over and answer in their own name
-- alone, and never about a household that they are tied to (A3). An exception takes another's
-- approval.
CREATE FUNCTION public.applications_selection_acting() RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT CASE WHEN coalesce(current_setting('vuokra.actor', true), '') ~ '^user:[0-9]+$'
        THEN substr(current_setting('vuokra.actor', true), 6)::bigint END
$$;

CREATE FUNCTION public.applications_selection_near(who bigint, household bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM public.applications_intake_member m
        JOIN public.registry_persons_stafflink l ON l.person_id = m.person_id
        WHERE m.application_id = household AND l.staff_id = who
            AND l.kind IN ('own', 'household', 'conflict')
            AND l.valid_from <= (now() AT TIME ZONE 'Europe/Helsinki')::date
            AND (l.valid_to IS NULL
                OR l.valid_to >= (now() AT TIME ZONE 'Europe/Helsinki')::date))
$$;

CREATE FUNCTION public.applications_selection_guard_name() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    who bigint := public.applications_selection_acting();
    named bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.decided_by_id ELSE NEW.approved_by_id END;
BEGIN
    IF who IS NOT NULL AND named IS DISTINCT FROM who THEN
        PERFORM public.applications_selection_refuse('selection_decision_name',
            'a choice is made and approved in one''s own name', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_name BEFORE INSERT ON public.applications_selection_decision
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_name();
CREATE TRIGGER guard_approver BEFORE UPDATE ON public.applications_selection_decision
    FOR EACH ROW WHEN (OLD.approved_at IS NULL AND NEW.approved_at IS NOT NULL)
    EXECUTE FUNCTION public.applications_selection_guard_name();

CREATE FUNCTION public.applications_selection_guard_near() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF public.applications_selection_near(public.applications_selection_acting(),
            NEW.application_id) THEN
        PERFORM public.applications_selection_refuse('selection_near',
            'whoever acts is tied to the household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_near BEFORE INSERT OR UPDATE ON public.applications_selection_skip
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_near();
CREATE TRIGGER guard_near BEFORE INSERT ON public.applications_selection_offer
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_near();
CREATE TRIGGER guard_near_answer BEFORE UPDATE OF state ON public.applications_selection_offer
    FOR EACH ROW WHEN (NEW.state <> 'withdrawn')  -- an application that ends takes its offers along
    EXECUTE FUNCTION public.applications_selection_guard_near();
