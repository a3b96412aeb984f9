-- What holds of disclosures whoever writes.

-- A disclosure is told once and stays as it was told. What is wrong is corrected by a new row. Only
-- the retention role takes rows away, when the time of keeping them is over.
CREATE FUNCTION public.registry_disclosures_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR current_user <> 'vuokra_retention' THEN
        RAISE EXCEPTION 'rows of % are added, never changed', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_append_only';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON public.registry_disclosures_disclosure
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON public.registry_disclosures_disclosedperson
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON public.registry_disclosures_disclosedcopy
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_append_only();

-- It is recorded in one's own name; whoever approved it holds the right to.
CREATE FUNCTION public.registry_disclosures_guard_disclosure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF coalesce('user:' || NEW.by_id, actor) <> actor
       OR (NEW.by_id IS NULL AND actor LIKE 'user:%')
       OR (NEW.approved_by_id IS NOT NULL
           AND NOT public.registry_protection_keeps(NEW.approved_by_id, 'REK', 'JOH')) THEN
        RAISE EXCEPTION 'a disclosure is recorded in one''s own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_disclosure BEFORE INSERT ON public.registry_disclosures_disclosure
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_guard_disclosure();

-- The people of a disclosure are written with it: nobody is added to it afterwards, or left out.
CREATE FUNCTION public.registry_disclosures_count_people() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (SELECT count(*) FROM public.registry_disclosures_disclosedperson
        WHERE disclosure_id = NEW.id) <> NEW.person_count THEN
        RAISE EXCEPTION 'the people of a disclosure are written with it'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_people_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER count_people AFTER INSERT ON public.registry_disclosures_disclosure
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_count_people();

CREATE FUNCTION public.registry_disclosures_no_more_people() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.registry_disclosures_disclosure d
        WHERE d.id IN (SELECT DISTINCT n.disclosure_id FROM new_rows n)
            AND d.person_count < (SELECT count(*) FROM public.registry_disclosures_disclosedperson p
                                  WHERE p.disclosure_id = d.id)) THEN
        RAISE EXCEPTION 'the people of a disclosure are written with it'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'disclosures_people_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER no_more_people AFTER INSERT ON public.registry_disclosures_disclosedperson
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_disclosures_no_more_people();

-- A basis is approved by the registrar in his own name and fits the recipient's category; S7-04 is
-- no basis. Later only an earlier end is set.
CREATE FUNCTION public.registry_disclosures_guard_basis() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    of_whom text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - 'valid_to') IS DISTINCT FROM (to_jsonb(OLD) - 'valid_to')
           OR NEW.valid_to IS NULL
           OR NEW.valid_to > coalesce(OLD.valid_to, 'infinity'::date) THEN
            RAISE EXCEPTION 'a basis is ended, not changed' USING ERRCODE = 'restrict_violation',
                TABLE = TG_TABLE_NAME, CONSTRAINT = 'disclosures_basis_is_ended';
        END IF;
        RETURN NEW;
    END IF;
    IF coalesce('user:' || NEW.approved_by_id, actor) <> actor
       OR (NEW.approved_by_id IS NULL AND actor LIKE 'user:%')
       OR (NEW.approved_by_id IS NOT NULL
           AND NOT public.registry_protection_keeps(NEW.approved_by_id, 'REK')) THEN
        RAISE EXCEPTION 'a basis is approved by the registrar'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT r.category INTO of_whom FROM public.registry_disclosures_recipient r
    WHERE r.id = NEW.recipient_id;
    IF NOT (CASE of_whom
           WHEN 'LUO-HUOLTO' THEN NEW.kind IN ('art28', 'note')
           WHEN 'LUO-AVAUS' THEN NEW.kind IN ('art28', 'note')
           WHEN 'LUO-KÄSITT' THEN NEW.kind = 'art28'
           WHEN 'LUO-VIRAN' THEN NEW.kind = 'statute'
           WHEN 'LUO-KONSERNI' THEN NEW.kind = 'balance'
           WHEN 'LUO-3MAA' THEN NEW.kind = 'art28'
           ELSE false END) THEN
        RAISE EXCEPTION 'the basis does not serve the category' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'disclosures_basis_fits';
    END IF;
    IF (of_whom = 'LUO-3MAA') <> (NEW.instrument <> '') THEN
        RAISE EXCEPTION 'a transfer has its instrument' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'disclosures_basis_transfer';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_basis BEFORE INSERT OR UPDATE ON public.registry_disclosures_disclosurebasis
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_guard_basis();

-- An export is asked in one's own name, decided by another who holds the right to, and taken out
-- once by whoever asked, in time.
CREATE FUNCTION public.registry_disclosures_guard_export() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    decision text[] := ARRAY['state', 'decided_by_id', 'decided_at', 'decision_note', 'expires_at'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'waiting' OR coalesce('user:' || NEW.asked_by_id, actor) <> actor
           OR (NEW.asked_by_id IS NULL AND actor LIKE 'user:%') THEN
            RAISE EXCEPTION 'an export is asked in one''s own name'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'waiting' AND NEW.state IN ('approved', 'refused') THEN
        IF (to_jsonb(NEW) - decision) IS DISTINCT FROM (to_jsonb(OLD) - decision)
           OR NEW.decided_by_id IS NULL OR actor <> 'user:' || NEW.decided_by_id
           OR NOT public.registry_protection_keeps(NEW.decided_by_id, 'REK', 'JOH') THEN
            RAISE EXCEPTION 'an export is decided by another, in his own name'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'approved' AND NEW.state = 'taken' THEN
        IF (to_jsonb(NEW) - ARRAY['state', 'disclosure_id'])
           IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'disclosure_id'])
           OR actor IS DISTINCT FROM 'user:' || NEW.asked_by_id OR now() > OLD.expires_at THEN
            RAISE EXCEPTION 'an export is taken out once, by whoever asked, in time'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an export request stays as it was decided'
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
            CONSTRAINT = 'disclosures_export_order';
END $$;
CREATE TRIGGER guard_export BEFORE INSERT OR UPDATE ON public.registry_disclosures_exportrequest
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_guard_export();

-- An authority's request goes step by step: nothing is granted before who asked was verified, the
-- registrar decides in his own name, another approves in his (A18).
CREATE FUNCTION public.registry_disclosures_guard_request() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    may text[] := CASE OLD.state
        WHEN 'received' THEN ARRAY['verified', 'refused']
        WHEN 'verified' THEN ARRAY['granted', 'refused']
        WHEN 'granted' THEN ARRAY['approved', 'refused']
        WHEN 'approved' THEN ARRAY['answered']
        ELSE ARRAY[]::text[] END;
    step text[] := CASE NEW.state
        WHEN 'verified' THEN ARRAY['verification', 'switchboard', 'verified_note',
                                   'verified_by_id', 'verified_at']
        WHEN 'granted' THEN ARRAY['recipient_id', 'codes', 'statute', 'section',
                                  'decision_reason', 'decided_by_id', 'decided_at']
        WHEN 'refused' THEN ARRAY['decision_reason', 'decided_by_id', 'decided_at']
        WHEN 'approved' THEN ARRAY['approved_by_id', 'approved_at']
        ELSE ARRAY['disclosure_id'] END || 'state'::text;
BEGIN
    IF NEW.state <> ALL (may)
       OR (to_jsonb(NEW) - step) IS DISTINCT FROM (to_jsonb(OLD) - step) THEN
        RAISE EXCEPTION 'a request goes step by step' USING ERRCODE = 'restrict_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'disclosures_request_order';
    END IF;
    IF (NEW.state IN ('granted', 'refused')
        AND (actor IS DISTINCT FROM 'user:' || NEW.decided_by_id
             OR NOT public.registry_protection_keeps(NEW.decided_by_id, 'REK')))
       OR (NEW.state = 'approved'
           AND (actor IS DISTINCT FROM 'user:' || NEW.approved_by_id
                OR NOT public.registry_protection_keeps(NEW.approved_by_id, 'REK', 'JOH'))) THEN
        RAISE EXCEPTION 'a request is decided by the registrar and approved by another'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_request BEFORE UPDATE ON public.registry_disclosures_authorityrequest
    FOR EACH ROW EXECUTE FUNCTION public.registry_disclosures_guard_request();

ALTER TABLE public.registry_disclosures_disclosure ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.registry_disclosures_disclosure ENABLE ALWAYS TRIGGER guard_disclosure;
ALTER TABLE public.registry_disclosures_disclosure ENABLE ALWAYS TRIGGER count_people;
ALTER TABLE public.registry_disclosures_disclosedperson ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.registry_disclosures_disclosedperson ENABLE ALWAYS TRIGGER no_more_people;
ALTER TABLE public.registry_disclosures_disclosedcopy ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE public.registry_disclosures_disclosurebasis ENABLE ALWAYS TRIGGER guard_basis;
ALTER TABLE public.registry_disclosures_exportrequest ENABLE ALWAYS TRIGGER guard_export;
ALTER TABLE public.registry_disclosures_authorityrequest ENABLE ALWAYS TRIGGER guard_request;
