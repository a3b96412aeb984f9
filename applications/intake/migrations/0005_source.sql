-- Where an application was brought in from does not change: by it the same file is known again.
CREATE FUNCTION public.applications_intake_keep_source() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.applications_intake_refuse('intake_application_source_kept',
        'an application stays that of its source', TG_TABLE_NAME);
    RETURN NULL;
END $$;
CREATE TRIGGER keep_source BEFORE UPDATE ON public.applications_intake_application
    FOR EACH ROW WHEN ((NEW.source, NEW.source_id) IS DISTINCT FROM (OLD.source, OLD.source_id))
    EXECUTE FUNCTION public.applications_intake_keep_source();
