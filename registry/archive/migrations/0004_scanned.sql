-- Papers are destroyed when their retention is over; those that were scanned and need not be kept
-- also before, where the rule of their kind lets it (S8-02). What kind papers are is mended on the
-- day of recording only: else another kind's rule would let them go.
CREATE FUNCTION public.registry_archive_scan_is_enough(of_kind text, on_day date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT coalesce((
        SELECT v.value = 'true' AND coalesce(v.valid_until >= on_day, true)
        FROM public.vuokra_rules_version v
        WHERE v.key = 'archive.scanned.' || of_kind AND v.withdrawn_at IS NULL
            AND v.valid_from <= on_day
        ORDER BY v.valid_from DESC LIMIT 1), false)
$$;

CREATE FUNCTION public.registry_archive_guard_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF coalesce(current_setting('vuokra.actor', true), '') LIKE 'user:%'
       AND NOT EXISTS (
        SELECT FROM public.registry_archive_paperfile f
        WHERE f.id = NEW.file_id
            AND (f.keep_until < NEW.destroyed_on
                 OR NEW.ground = 'scanned' AND f.after_scan = 'destroyed'
                     AND public.registry_archive_scan_is_enough(f.kind, NEW.destroyed_on))) THEN
        RAISE EXCEPTION 'the retention of the papers goes on' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'archive_destruction_early';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_end BEFORE INSERT ON public.registry_archive_destruction
    FOR EACH ROW EXECUTE FUNCTION public.registry_archive_guard_end();
ALTER TABLE public.registry_archive_destruction ENABLE ALWAYS TRIGGER guard_end;

CREATE FUNCTION public.registry_archive_guard_kind() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.kind <> OLD.kind
       AND coalesce(current_setting('vuokra.actor', true), '') LIKE 'user:%'
       AND (OLD.recorded_at AT TIME ZONE 'Europe/Helsinki')::date
           < (now() AT TIME ZONE 'Europe/Helsinki')::date THEN
        RAISE EXCEPTION 'papers stay of their kind' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'archive_file_kind_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_kind BEFORE UPDATE ON public.registry_archive_paperfile
    FOR EACH ROW EXECUTE FUNCTION public.registry_archive_guard_kind();
ALTER TABLE public.registry_archive_paperfile ENABLE ALWAYS TRIGGER guard_kind;
