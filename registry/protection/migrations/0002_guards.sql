-- What holds of turvakielto whoever writes. The application may only ask; these functions answer.

-- Whether an unended ban covers the person.
CREATE FUNCTION public.registry_protection_covered(person bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM public.registry_protection_coverage
                   WHERE person_id = person AND ended_at IS NULL)
$$;

-- Person.protected is worked out whenever the row is written: a stale row saved by somebody who
-- read it before the ban cannot take the mask away.
CREATE FUNCTION public.registry_protection_flag() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    NEW.protected := TG_OP = 'UPDATE' AND public.registry_protection_covered(NEW.id);
    RETURN NEW;
END $$;
CREATE TRIGGER protection_flag_insert BEFORE INSERT ON public.registry_persons_person
    FOR EACH ROW WHEN (NEW.protected) EXECUTE FUNCTION public.registry_protection_flag();
CREATE TRIGGER protection_flag_update BEFORE UPDATE ON public.registry_persons_person
    FOR EACH ROW EXECUTE FUNCTION public.registry_protection_flag();

CREATE FUNCTION public.registry_protection_cover() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.registry_persons_person SET protected = protected WHERE id = NEW.person_id;
    RETURN NULL;
END $$;
CREATE TRIGGER protection_cover AFTER INSERT OR UPDATE ON public.registry_protection_coverage
    FOR EACH ROW EXECUTE FUNCTION public.registry_protection_cover();

-- No open contact detail of a protected person. The person's row is locked first, so that a detail
-- written while the ban is being recorded waits for it, and the other way round.
CREATE FUNCTION public.registry_protection_no_open_contact() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    persons bigint[] := ARRAY(SELECT DISTINCT n.person_id FROM new_rows n);
BEGIN
    -- by an array: one plan, by the key, whether one row was written or a thousand
    PERFORM 1 FROM public.registry_persons_person p
    WHERE p.id = ANY (persons) ORDER BY p.id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.registry_persons_person p
               WHERE p.id = ANY (persons) AND p.protected) THEN
        RAISE EXCEPTION 'contact details of a protected person lie in the protected table'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'protection_no_open_contact';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER protection_insert AFTER INSERT ON public.registry_persons_contactpoint
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_protection_no_open_contact();
CREATE TRIGGER protection_update AFTER UPDATE ON public.registry_persons_contactpoint
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_protection_no_open_contact();
CREATE TRIGGER protection_insert AFTER INSERT ON public.registry_persons_address
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_protection_no_open_contact();
CREATE TRIGGER protection_update AFTER UPDATE ON public.registry_persons_address
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_protection_no_open_contact();

-- At the end of the transaction that covers a person: nothing open is left, and what the change log
-- kept of it is erased. The log rows stay; their digests need no values.
CREATE FUNCTION public.registry_protection_retire() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_persons_contactpoint WHERE person_id = NEW.person_id)
       OR EXISTS (SELECT FROM public.registry_persons_address WHERE person_id = NEW.person_id) THEN
        RAISE EXCEPTION 'contact details of a protected person were left open'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'protection_no_open_contact';
    END IF;
    PERFORM set_config('vuokra.retiring', 'on', true);
    DELETE FROM public.vuokra_access_payload WHERE digest IN (
        SELECT c.payload_digest FROM public.vuokra_access_change c
        JOIN public.django_content_type t ON t.id = c.content_type_id
        WHERE c.subject = NEW.person_id AND c.payload_digest IS NOT NULL
            AND t.app_label = 'registry_persons' AND t.model IN ('contactpoint', 'address')
        UNION
        SELECT r.payload_digest FROM public.vuokra_access_rowchange r
        WHERE r.subject = NEW.person_id AND r.payload_digest IS NOT NULL
            AND r.table_name IN ('registry_persons_contactpoint', 'registry_persons_address'));
    PERFORM set_config('vuokra.retiring', '', true);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER protection_retire AFTER INSERT ON public.registry_protection_coverage
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.registry_protection_retire();

-- The owner's function above may erase payloads, and nothing else of the owner's.
CREATE OR REPLACE FUNCTION public.vuokra_log_refuse_erasure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'vuokra_retention'
       AND NOT (current_user = 'vuokra_owner'
                AND current_setting('vuokra.retiring', true) = 'on') THEN
        RAISE EXCEPTION 'DELETE refused: % is emptied by the retention role alone', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE POLICY vuokra_retire ON public.vuokra_access_payload FOR DELETE TO vuokra_owner
    USING (current_setting('vuokra.retiring', true) = 'on');

-- Who may record, renew and end: today's holder of a role that keeps bans.
CREATE FUNCTION public.registry_protection_keeps(staff bigint, VARIADIC roles text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM public.vuokra_accounts_role_grant g
        JOIN public.vuokra_accounts_user u ON u.id = g.user_id AND u.is_active
        WHERE g.user_id = staff AND g.role = ANY (roles) AND g.approved_at IS NOT NULL
            AND g.revoked_at IS NULL
            AND (now() AT TIME ZONE 'Europe/Helsinki')::date BETWEEN g.valid_from AND g.valid_to)
$$;

-- A ban is recorded in one's own name, made longer or wider, and ended by two people: one who
-- proposes and another who approves, each in his own name, one of them the registrar (DP-A53).
CREATE FUNCTION public.registry_protection_guard_ban() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.ended_at IS NULL THEN
            RAISE EXCEPTION 'a ban is ended, not deleted' USING ERRCODE = 'restrict_violation',
                TABLE = TG_TABLE_NAME, CONSTRAINT = 'protection_ban_is_ended_first';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.ended_at IS NOT NULL OR NEW.ending_proposed_at IS NOT NULL
           OR coalesce('user:' || NEW.noted_by_id, actor) <> actor
           OR (NEW.noted_by_id IS NULL AND actor LIKE 'user:%') THEN
            RAISE EXCEPTION 'a ban is recorded in one''s own name and in force'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'an ended ban stays as it was' USING ERRCODE = 'restrict_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'protection_ban_is_over';
    END IF;
    IF (NEW.person_id, NEW.valid_from, NEW.noted_by_id, NEW.noted_at)
       IS DISTINCT FROM (OLD.person_id, OLD.valid_from, OLD.noted_by_id, OLD.noted_at)
       OR (OLD.covers_household AND NOT NEW.covers_household)
       OR (OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL)
       OR NEW.valid_until < OLD.valid_until THEN
        RAISE EXCEPTION 'a ban is not made shorter or narrower: it is ended'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'protection_ban_only_grows';
    END IF;
    IF NEW.ending_proposed_by_id IS NOT NULL
       AND (NEW.ending_proposed_by_id, NEW.ending_proposed_at, NEW.ending_reason)
           IS DISTINCT FROM (OLD.ending_proposed_by_id, OLD.ending_proposed_at, OLD.ending_reason)
       AND (actor <> 'user:' || NEW.ending_proposed_by_id OR NEW.ended_at IS NOT NULL
            OR NOT public.registry_protection_keeps(
                NEW.ending_proposed_by_id, 'HAK', 'SOP', 'REK')) THEN
        RAISE EXCEPTION 'the end of a ban is proposed in one''s own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.ended_at IS NOT NULL
       AND (OLD.ending_proposed_by_id IS NULL
            OR OLD.ending_proposed_by_id IS DISTINCT FROM NEW.ending_proposed_by_id
            OR NEW.ended_by_id IS NULL OR NEW.ended_by_id = NEW.ending_proposed_by_id
            OR actor <> 'user:' || NEW.ended_by_id
            OR NOT public.registry_protection_keeps(NEW.ended_by_id, 'HAK', 'SOP', 'REK')
            OR NOT (public.registry_protection_keeps(NEW.ended_by_id, 'REK')
                    OR public.registry_protection_keeps(NEW.ending_proposed_by_id, 'REK'))) THEN
        RAISE EXCEPTION 'the end of a ban is approved by another, in his own name'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_ban BEFORE INSERT OR UPDATE OR DELETE ON public.registry_protection_turvakielto
    FOR EACH ROW EXECUTE FUNCTION public.registry_protection_guard_ban();

-- Nobody is left bare while the ban holds: a cover ends with its ban and does not change.
CREATE FUNCTION public.registry_protection_guard_cover() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    over boolean := EXISTS (SELECT FROM public.registry_protection_turvakielto b
                            WHERE b.id = OLD.ban_id AND b.ended_at IS NOT NULL);
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.person_id, NEW.ban_id, NEW.began_at)
           IS DISTINCT FROM (OLD.person_id, OLD.ban_id, OLD.began_at)
       OR NOT over
       OR (TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL) THEN
        RAISE EXCEPTION 'a cover ends with its ban' USING ERRCODE = 'restrict_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'protection_cover_ends_with_ban';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_cover BEFORE UPDATE OR DELETE ON public.registry_protection_coverage
    FOR EACH ROW EXECUTE FUNCTION public.registry_protection_guard_cover();

CREATE FUNCTION public.registry_protection_uncover() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.registry_persons_person SET protected = protected WHERE id = OLD.person_id;
    RETURN NULL;
END $$;
CREATE TRIGGER protection_uncover AFTER DELETE ON public.registry_protection_coverage
    FOR EACH ROW EXECUTE FUNCTION public.registry_protection_uncover();

ALTER TABLE public.registry_persons_person ENABLE ALWAYS TRIGGER protection_flag_insert;
ALTER TABLE public.registry_persons_person ENABLE ALWAYS TRIGGER protection_flag_update;
ALTER TABLE public.registry_protection_coverage ENABLE ALWAYS TRIGGER protection_cover;
ALTER TABLE public.registry_protection_coverage ENABLE ALWAYS TRIGGER protection_retire;
ALTER TABLE public.registry_protection_coverage ENABLE ALWAYS TRIGGER guard_cover;
ALTER TABLE public.registry_protection_turvakielto ENABLE ALWAYS TRIGGER guard_ban;
ALTER TABLE public.registry_persons_contactpoint ENABLE ALWAYS TRIGGER protection_insert;
ALTER TABLE public.registry_persons_contactpoint ENABLE ALWAYS TRIGGER protection_update;
ALTER TABLE public.registry_persons_address ENABLE ALWAYS TRIGGER protection_insert;
ALTER TABLE public.registry_persons_address ENABLE ALWAYS TRIGGER protection_update;
REVOKE ALL ON FUNCTION public.registry_protection_retire()
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;
