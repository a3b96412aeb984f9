-- What was opened, raised and decided stays: these tables take new rows and nothing else.
CREATE FUNCTION public.registry_watch_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '% refused: % keeps what was written', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'breakglass', 'glassapproval', 'glassreview', 'alert', 'alertevent', 'disposition',
        'suspicion', 'passing', 'sample', 'samplereview']
    LOOP
        EXECUTE format('CREATE TRIGGER keep_rows BEFORE UPDATE OR DELETE
            ON public.registry_watch_%s FOR EACH ROW EXECUTE FUNCTION public.registry_watch_keep()', name);
        EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE
            ON public.registry_watch_%s FOR EACH STATEMENT EXECUTE FUNCTION public.registry_watch_keep()', name);
        EXECUTE format('ALTER TABLE public.registry_watch_%s ENABLE ALWAYS TRIGGER keep_rows', name);
        EXECUTE format('ALTER TABLE public.registry_watch_%s ENABLE ALWAYS TRIGGER keep_table', name);
    END LOOP;
END $$;

-- A break-glass is opened in one's own name, never on one's own record, and not while an earlier one
-- waits for its review. The lock makes two at once wait for each other.
CREATE FUNCTION public.registry_watch_guard_glass() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF actor LIKE 'user:%' AND actor <> 'user:' || NEW.staff_id THEN
        RAISE EXCEPTION 'a break-glass is opened in one''s own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('registry_watch_breakglass'), NEW.staff_id::integer);
    IF EXISTS (SELECT FROM public.registry_persons_stafflink l
               WHERE l.person_id = NEW.subject_id AND l.staff_id = NEW.staff_id AND l.kind = 'own'
                   AND l.valid_from <= (now() AT TIME ZONE 'Europe/Helsinki')::date
                   AND (l.valid_to IS NULL OR l.valid_to >= (now() AT TIME ZONE 'Europe/Helsinki')::date)) THEN
        RAISE EXCEPTION 'one''s own record' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'watch_glass_not_ones_own';
    END IF;
    IF EXISTS (SELECT FROM public.registry_watch_breakglass g
               LEFT JOIN public.registry_watch_glassreview r ON r.glass_id = g.id
               WHERE g.staff_id = NEW.staff_id AND r.id IS NULL) THEN
        RAISE EXCEPTION 'an earlier break-glass is not reviewed' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'watch_glass_unreviewed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_glass BEFORE INSERT ON public.registry_watch_breakglass
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_glass();
ALTER TABLE public.registry_watch_breakglass ENABLE ALWAYS TRIGGER guard_glass;

-- Another approves class D while the break-glass lasts, and another reviews it; each in his own name.
CREATE FUNCTION public.registry_watch_guard_second() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    who bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    glass public.registry_watch_breakglass;
BEGIN
    SELECT * INTO glass FROM public.registry_watch_breakglass g WHERE g.id = NEW.glass_id;
    IF who = glass.staff_id OR (actor LIKE 'user:%' AND actor <> 'user:' || who) THEN
        RAISE EXCEPTION 'it takes a second person, in his own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_ARGV[0] = 'approver_id' AND (NOT glass.wants_special OR glass.ends_at <= clock_timestamp()) THEN
        RAISE EXCEPTION 'there is nothing to approve any more' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'watch_approval_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_second BEFORE INSERT ON public.registry_watch_glassapproval
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_second('approver_id');
CREATE TRIGGER guard_second BEFORE INSERT ON public.registry_watch_glassreview
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_second('reviewer_id');
ALTER TABLE public.registry_watch_glassapproval ENABLE ALWAYS TRIGGER guard_second;
ALTER TABLE public.registry_watch_glassreview ENABLE ALWAYS TRIGGER guard_second;

-- Nobody disposes of an alert about himself.
CREATE FUNCTION public.registry_watch_guard_disposition() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF (actor LIKE 'user:%' AND actor <> 'user:' || NEW.decided_by_id)
       OR EXISTS (SELECT FROM public.registry_watch_alert a
                  WHERE a.id = NEW.alert_id AND a.staff_id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'an alert is disposed of by another, in his own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_disposition BEFORE INSERT ON public.registry_watch_disposition
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_disposition();
ALTER TABLE public.registry_watch_disposition ENABLE ALWAYS TRIGGER guard_disposition;

-- On-call duty is entered before it begins.
CREATE FUNCTION public.registry_watch_guard_duty() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    staff boolean := actor LIKE 'user:%';
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF staff AND OLD.starts_at <= clock_timestamp() THEN
            RAISE EXCEPTION 'a duty that has begun stays' USING ERRCODE = 'check_violation',
                TABLE = TG_TABLE_NAME, CONSTRAINT = 'watch_duty_begun';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' OR (staff AND (NEW.starts_at < clock_timestamp()
                                       OR actor <> 'user:' || NEW.recorded_by_id)) THEN
        RAISE EXCEPTION 'a duty is entered before it begins' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'watch_duty_ahead';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_duty BEFORE INSERT OR UPDATE OR DELETE ON public.registry_watch_duty
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_duty();
ALTER TABLE public.registry_watch_duty ENABLE ALWAYS TRIGGER guard_duty;
