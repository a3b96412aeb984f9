-- A report is made by the work of the night and stays as it was made: of two readings that differ
-- one could tell of few.
CREATE FUNCTION public.applications_supervision_guard_report() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP <> 'INSERT' OR public.applications_selection_acting() IS NOT NULL THEN
        PERFORM public.applications_selection_refuse('supervision_report_kept',
            'a report stays as it was made', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_report BEFORE INSERT OR UPDATE OR DELETE
    ON public.applications_supervision_report
    FOR EACH ROW EXECUTE FUNCTION public.applications_supervision_guard_report();
