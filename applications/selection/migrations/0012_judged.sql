-- Whatever changes of what an application is judged by, whoever writes it, is to be worked out anew:
-- told once in a transaction, with the change itself. A draft is judged when it is received.
CREATE FUNCTION public.applications_selection_mark_due(of_application bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public AS $$
    INSERT INTO public.applications_selection_assessmentdue (application_id, since)
    SELECT a.id, now() FROM public.applications_intake_application a
    WHERE a.id = of_application AND public.applications_intake_is_open(a.state)
        AND NOT EXISTS (SELECT FROM public.applications_selection_assessmentdue d
            WHERE d.application_id = a.id AND d.since = now())
$$;

CREATE FUNCTION public.applications_selection_mark_due_by(way text, told jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF way = 'application' THEN
        PERFORM public.applications_selection_mark_due((told ->> 'application_id')::bigint);
    ELSIF way = 'member' THEN
        PERFORM public.applications_selection_mark_due(m.application_id)
        FROM public.applications_intake_member m WHERE m.id = (told ->> 'member_id')::bigint;
    ELSE
        PERFORM public.applications_selection_mark_due(m.application_id)
        FROM public.applications_intake_member m WHERE m.person_id = (told ->> 'person_id')::bigint;
    END IF;
END $$;

CREATE FUNCTION public.applications_selection_judged() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM public.applications_selection_mark_due_by(TG_ARGV[0], to_jsonb(OLD));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM public.applications_selection_mark_due_by(TG_ARGV[0], to_jsonb(NEW));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.applications_selection_judged_application() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.applications_selection_mark_due(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER selection_judged
    AFTER UPDATE OF state, received_on ON public.applications_intake_application
    FOR EACH ROW WHEN (public.applications_intake_is_open(NEW.state)
        AND (NOT public.applications_intake_is_open(OLD.state)
            OR NEW.received_on IS DISTINCT FROM OLD.received_on))
    EXECUTE FUNCTION public.applications_selection_judged_application();

-- Nobody of the staff says that nothing has changed.
CREATE FUNCTION public.applications_selection_guard_due() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF public.applications_selection_acting() IS NOT NULL THEN
        PERFORM public.applications_selection_refuse('selection_assessment_own',
            'an assessment is worked out by the system', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER guard_due BEFORE UPDATE OR DELETE ON public.applications_selection_assessmentdue
    FOR EACH STATEMENT EXECUTE FUNCTION public.applications_selection_guard_due();

-- A choice lapses too when its household accepts another flat, or its application is sent back.
DROP TRIGGER selection_lapse ON public.applications_intake_application;
CREATE TRIGGER selection_lapse AFTER UPDATE OF state ON public.applications_intake_application
    FOR EACH ROW WHEN (OLD.state IN ('valid', 'incomplete', 'offered')
        AND NEW.state NOT IN ('valid', 'incomplete', 'offered'))
    EXECUTE FUNCTION public.applications_selection_lapse('id');

-- Nobody is chosen while the last choice still waits.
CREATE FUNCTION public.applications_selection_guard_waiting() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF public.applications_selection_pending(NEW.round_id) IS NOT NULL THEN
        PERFORM public.applications_selection_refuse('selection_decision_pending',
            'somebody is chosen already', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_waiting BEFORE INSERT ON public.applications_selection_decision
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_waiting();
