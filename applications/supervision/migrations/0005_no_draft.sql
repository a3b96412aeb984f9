-- Nobody decided on a draft, and it is taken away when it was begun by mistake: no complaint is of one.
CREATE FUNCTION public.applications_supervision_guard_draft() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.applications_intake_application a
        WHERE a.id = NEW.application_id AND a.state = 'draft') THEN
        PERFORM public.applications_selection_refuse('supervision_complaint_draft',
            'a complaint is of no draft', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_draft BEFORE INSERT ON public.applications_supervision_complaint
    FOR EACH ROW EXECUTE FUNCTION public.applications_supervision_guard_draft();
