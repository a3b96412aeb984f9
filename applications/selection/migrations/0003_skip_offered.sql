-- An offer is answered or taken back before its household is passed over.
CREATE FUNCTION public.applications_selection_guard_skip_offered() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.applications_selection_offer o
        WHERE o.round_id = NEW.round_id AND o.application_id = NEW.application_id
            AND o.state IN ('open', 'accepted')) THEN
        PERFORM public.applications_selection_refuse('selection_skip_offered',
            'the flat is offered to the household', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_skip_offered BEFORE INSERT ON public.applications_selection_skip
    FOR EACH ROW EXECUTE FUNCTION public.applications_selection_guard_skip_offered();
