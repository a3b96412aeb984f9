-- The day of recording, on which slips are mended, is told by the database and stays; papers are not
-- destroyed on a day to come, by which their retention would be over. What is known of papers is not
-- deleted by staff: else they would be gone with no witness.
CREATE FUNCTION public.registry_archive_guard_days() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF coalesce(current_setting('vuokra.actor', true), '') NOT LIKE 'user:%' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'papers stay in the register' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'archive_file_stays';
    END IF;
    IF TG_TABLE_NAME = 'registry_archive_paperfile' THEN
        IF NEW.recorded_at <> OLD.recorded_at THEN
            RAISE EXCEPTION 'the day of recording stays' USING ERRCODE = 'check_violation',
                TABLE = TG_TABLE_NAME, CONSTRAINT = 'archive_file_recorded';
        END IF;
    ELSIF NEW.destroyed_on > (now() AT TIME ZONE 'Europe/Helsinki')::date THEN
        RAISE EXCEPTION 'papers are not destroyed on a day to come'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'archive_destruction_early';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_days BEFORE UPDATE OR DELETE ON public.registry_archive_paperfile
    FOR EACH ROW EXECUTE FUNCTION public.registry_archive_guard_days();
CREATE TRIGGER guard_days BEFORE INSERT ON public.registry_archive_destruction
    FOR EACH ROW EXECUTE FUNCTION public.registry_archive_guard_days();
ALTER TABLE public.registry_archive_paperfile ENABLE ALWAYS TRIGGER guard_days;
ALTER TABLE public.registry_archive_destruction ENABLE ALWAYS TRIGGER guard_days;
