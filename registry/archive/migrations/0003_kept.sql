-- The end of retention is put off, not brought forward: else one person could let papers be
-- destroyed early. Nor is it left out and written anew, or set into the past where there was none.
-- A slip of the pen is mended on the day of recording.
CREATE FUNCTION public.registry_archive_guard_file() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/Helsinki')::date;
BEGIN
    IF (NEW.keep_until < OLD.keep_until
            OR NEW.keep_until IS NULL AND OLD.keep_until IS NOT NULL
            OR OLD.keep_until IS NULL AND NEW.keep_until < today)
       AND coalesce(current_setting('vuokra.actor', true), '') LIKE 'user:%'
       AND (OLD.recorded_at AT TIME ZONE 'Europe/Helsinki')::date < today THEN
        RAISE EXCEPTION 'retention is not shortened' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'archive_file_kept_longer';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_file BEFORE UPDATE ON public.registry_archive_paperfile
    FOR EACH ROW EXECUTE FUNCTION public.registry_archive_guard_file();
ALTER TABLE public.registry_archive_paperfile ENABLE ALWAYS TRIGGER guard_file;
