-- Who was ordered goes to another record by a merge, or its undoing, and goes with the order alone.
CREATE FUNCTION public.applications_orders_check_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.registry_duplicates_merge m
                   WHERE (m.survivor_id, m.merged_id)
                       IN ((NEW.person_id, OLD.person_id), (OLD.person_id, NEW.person_id))) THEN
        PERFORM public.applications_selection_refuse('orders_order_kept',
            'who was ordered stays', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_person AFTER UPDATE OF person_id
    ON public.applications_orders_orderperson DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION public.applications_orders_check_person();

CREATE FUNCTION public.applications_orders_guard_gone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.applications_selection_refuse('orders_order_kept',
        'who was ordered stays', TG_TABLE_NAME);
    RETURN OLD;
END $$;
CREATE TRIGGER guard_gone BEFORE DELETE ON public.applications_orders_orderperson
    FOR EACH ROW EXECUTE FUNCTION public.applications_orders_guard_gone();
