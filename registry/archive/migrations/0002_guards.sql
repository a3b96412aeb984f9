-- What holds of paper whoever writes: a loan is taken in one's own name and returned once, and paper
-- is destroyed by one and seen by another, each in his own name. Jobs of the system (the demo
-- company, deletion) are not staff.

CREATE FUNCTION public.registry_archive_guard_loan() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    staff boolean := actor LIKE 'user:%';
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF staff THEN
            RAISE EXCEPTION 'a loan stays in the log of loans'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF staff AND (actor <> 'user:' || NEW.borrower_id OR NEW.returned_at IS NOT NULL) THEN
            RAISE EXCEPTION 'a loan is taken in one''s own name'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        -- the file is locked, so that a loan and a destruction written at once see each other
        PERFORM 1 FROM public.registry_archive_paperfile f WHERE f.id = NEW.file_id FOR UPDATE;
        IF EXISTS (SELECT FROM public.registry_archive_destruction d
                   WHERE d.file_id = NEW.file_id) THEN
            RAISE EXCEPTION 'the papers have been destroyed' USING ERRCODE = 'check_violation',
                TABLE = TG_TABLE_NAME, CONSTRAINT = 'archive_loan_gone';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.file_id, NEW.borrower_id, NEW.purpose, NEW.taken_at, NEW.due)
       IS DISTINCT FROM (OLD.file_id, OLD.borrower_id, OLD.purpose, OLD.taken_at, OLD.due)
       OR OLD.returned_at IS NOT NULL
       OR (staff AND actor <> 'user:' || NEW.returned_to_id) THEN
        RAISE EXCEPTION 'a loan is returned once, by whoever receives the papers'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_loan BEFORE INSERT OR UPDATE OR DELETE ON public.registry_archive_loan
    FOR EACH ROW EXECUTE FUNCTION public.registry_archive_guard_loan();
ALTER TABLE public.registry_archive_loan ENABLE ALWAYS TRIGGER guard_loan;

CREATE FUNCTION public.registry_archive_guard_destruction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    staff boolean := actor LIKE 'user:%';
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF staff AND (OLD.confirmed_at IS NOT NULL OR actor NOT IN
                      ('user:' || OLD.destroyed_by_id, 'user:' || OLD.witness_id)) THEN
            RAISE EXCEPTION 'a destruction that was seen stays'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF staff AND (actor <> 'user:' || NEW.destroyed_by_id OR NEW.confirmed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'a destruction is recorded in one''s own name and waits for a witness'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        PERFORM 1 FROM public.registry_archive_paperfile f WHERE f.id = NEW.file_id FOR UPDATE;
        IF EXISTS (SELECT FROM public.registry_archive_loan l
                   WHERE l.file_id = NEW.file_id AND l.returned_at IS NULL) THEN
            RAISE EXCEPTION 'the papers are out' USING ERRCODE = 'check_violation',
                TABLE = TG_TABLE_NAME, CONSTRAINT = 'archive_destruction_on_loan';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - 'confirmed_at') IS DISTINCT FROM (to_jsonb(OLD) - 'confirmed_at')
       OR OLD.confirmed_at IS NOT NULL
       OR (staff AND actor <> 'user:' || NEW.witness_id) THEN
        RAISE EXCEPTION 'a destruction is confirmed once, by its witness'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_destruction
    BEFORE INSERT OR UPDATE OR DELETE ON public.registry_archive_destruction
    FOR EACH ROW EXECUTE FUNCTION public.registry_archive_guard_destruction();
ALTER TABLE public.registry_archive_destruction ENABLE ALWAYS TRIGGER guard_destruction;
