-- What holds of applications whoever writes. The texts for the screen stand in the services, by the
-- names of the constraints.
CREATE TABLE public.applications_intake_transition (
    before varchar(10) NOT NULL,
    after varchar(10) NOT NULL,
    PRIMARY KEY (before, after)
);
INSERT INTO public.applications_intake_transition (before, after) VALUES
    ('draft', 'received'), ('draft', 'withdrawn'), ('draft', 'merged'),
    ('received', 'incomplete'), ('received', 'valid'), ('received', 'expired'),
    ('received', 'withdrawn'), ('received', 'merged'),
    ('incomplete', 'received'), ('incomplete', 'valid'), ('incomplete', 'expired'),
    ('incomplete', 'withdrawn'), ('incomplete', 'merged'),
    ('valid', 'received'), ('valid', 'incomplete'), ('valid', 'offered'), ('valid', 'expired'),
    ('valid', 'withdrawn'), ('valid', 'merged'),
    ('offered', 'valid'), ('offered', 'accepted'), ('offered', 'withdrawn'),
    ('accepted', 'valid'), ('accepted', 'housed'), ('accepted', 'withdrawn'),
    ('expired', 'valid');
REVOKE ALL ON public.applications_intake_transition FROM PUBLIC, vuokra_app;
GRANT SELECT ON public.applications_intake_transition TO vuokra_app;

CREATE FUNCTION public.applications_intake_refuse(which text, text_of text, of_table text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '%', text_of USING ERRCODE = 'check_violation', CONSTRAINT = which,
        TABLE = of_table;
END $$;

CREATE FUNCTION public.applications_intake_over(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT state IN ('housed', 'expired', 'withdrawn', 'merged')
$$;

CREATE FUNCTION public.applications_intake_is_open(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT state IN ('received', 'incomplete', 'valid', 'offered', 'accepted')
$$;

-- An application begins as a draft, goes from state to state as the table says, and keeps its number.
CREATE FUNCTION public.applications_intake_guard_application() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' AND NOT public.applications_intake_over(OLD.state) THEN
            PERFORM public.applications_intake_refuse('intake_application_kept',
                'an open application is not deleted', TG_TABLE_NAME);
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            PERFORM public.applications_intake_refuse('intake_application_begins',
                'an application begins as a draft', TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.number, NEW.made_at, NEW.made_by_id)
        IS DISTINCT FROM (OLD.number, OLD.made_at, OLD.made_by_id) THEN
        PERFORM public.applications_intake_refuse('intake_application_number',
            'the number of an application stays', TG_TABLE_NAME);
    END IF;
    IF NEW.state = OLD.state AND public.applications_intake_over(OLD.state)
        AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN
        PERFORM public.applications_intake_refuse('intake_application_over',
            'an application that ended does not change', TG_TABLE_NAME);
    END IF;
    IF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM public.applications_intake_transition t
        WHERE t.before = OLD.state AND t.after = NEW.state) THEN
        PERFORM public.applications_intake_refuse('intake_application_transition',
            'there is no such change of state', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_application BEFORE INSERT OR UPDATE OR DELETE
    ON public.applications_intake_application
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_application();

-- Who is in an open application follows from its state.
CREATE FUNCTION public.applications_intake_follow_state() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.applications_intake_member m
    SET is_open = public.applications_intake_is_open(NEW.state)
    WHERE m.application_id = NEW.id
        AND m.is_open <> public.applications_intake_is_open(NEW.state);
    RETURN NULL;
END $$;
CREATE TRIGGER follow_state AFTER UPDATE OF state ON public.applications_intake_application
    FOR EACH ROW WHEN (public.applications_intake_is_open(OLD.state)
        IS DISTINCT FROM public.applications_intake_is_open(NEW.state))
    EXECUTE FUNCTION public.applications_intake_follow_state();

CREATE FUNCTION public.applications_intake_set_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    NEW.is_open := public.applications_intake_is_open((
        SELECT a.state FROM public.applications_intake_application a
        WHERE a.id = NEW.application_id));
    RETURN NEW;
END $$;
CREATE TRIGGER set_open BEFORE INSERT OR UPDATE ON public.applications_intake_member
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_set_open();

-- Each state has its step, and the steps make a chain. Rows are only added; they go with their
-- application.
CREATE FUNCTION public.applications_intake_guard_step() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    last text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM public.applications_intake_refuse('intake_step_kept', 'steps are only added',
            TG_TABLE_NAME);
    END IF;
    SELECT s.after INTO last FROM public.applications_intake_step s
    WHERE s.application_id = NEW.application_id ORDER BY s.id DESC LIMIT 1;
    IF NEW.before <> coalesce(last, 'draft') OR NOT EXISTS (
        SELECT FROM public.applications_intake_transition t
        WHERE t.before = NEW.before AND t.after = NEW.after) THEN
        PERFORM public.applications_intake_refuse('intake_step_chain',
            'a step begins where the one before it led', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_step BEFORE INSERT OR UPDATE ON public.applications_intake_step
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_step();

CREATE FUNCTION public.applications_intake_check_state() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    of_application bigint;
    now_is text;
BEGIN
    IF TG_TABLE_NAME = 'applications_intake_application' THEN
        of_application := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        of_application := OLD.application_id;
    ELSE
        of_application := NEW.application_id;
    END IF;
    SELECT a.state INTO now_is FROM public.applications_intake_application a
    WHERE a.id = of_application;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM public.applications_intake_refuse('intake_step_kept', 'steps are only added',
            TG_TABLE_NAME);
    END IF;
    IF now_is <> coalesce((
        SELECT s.after FROM public.applications_intake_step s
        WHERE s.application_id = of_application ORDER BY s.id DESC LIMIT 1), 'draft') THEN
        PERFORM public.applications_intake_refuse('intake_step_missing',
            'a change of state has its step', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_state AFTER UPDATE OF state
    ON public.applications_intake_application DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION public.applications_intake_check_state();
CREATE CONSTRAINT TRIGGER check_step AFTER INSERT OR DELETE ON public.applications_intake_step
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_check_state();

-- A household has an applicant: nobody asks for a home for nobody.
CREATE FUNCTION public.applications_intake_check_household() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    of_application bigint;
BEGIN
    IF TG_TABLE_NAME = 'applications_intake_application' THEN
        of_application := NEW.id;
    ELSE
        of_application := OLD.application_id;
    END IF;
    IF EXISTS (SELECT FROM public.applications_intake_application a WHERE a.id = of_application)
        AND NOT EXISTS (SELECT FROM public.applications_intake_member m
                        WHERE m.application_id = of_application AND m.part = 'applicant') THEN
        PERFORM public.applications_intake_refuse('intake_household_empty',
            'an application has an applicant', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_household AFTER INSERT ON public.applications_intake_application
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_check_household();
CREATE CONSTRAINT TRIGGER check_household AFTER UPDATE OR DELETE
    ON public.applications_intake_member DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_check_household();

-- A member becomes another record when two records of one person are merged, or that is undone.
CREATE FUNCTION public.applications_intake_check_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.registry_duplicates_merge m
                   WHERE (m.survivor_id, m.merged_id)
                       IN ((NEW.person_id, OLD.person_id), (OLD.person_id, NEW.person_id))) THEN
        PERFORM public.applications_intake_refuse('intake_member_person',
            'who is in an application does not change', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_person AFTER UPDATE OF person_id
    ON public.applications_intake_member DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION public.applications_intake_check_person();

-- Parts stay with their application, and as they are when it has ended: arguments are the columns
-- that may change even then (a merge of records, new keys of what is sealed).
CREATE FUNCTION public.applications_intake_guard_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    piece jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
    was jsonb := to_jsonb(OLD);
    later text[] := coalesce(TG_ARGV, ARRAY[]::text[]);
    of_application bigint;
    now_is text;
BEGIN
    of_application := CASE WHEN piece ? 'application_id' THEN (piece->>'application_id')::bigint
        ELSE (SELECT m.application_id FROM public.applications_intake_member m
              WHERE m.id = (piece->>'member_id')::bigint) END;
    IF TG_OP = 'UPDATE' AND ((piece->'application_id') IS DISTINCT FROM (was->'application_id')
        OR (NOT piece ? 'application_id' AND piece->'member_id' IS DISTINCT FROM was->'member_id'))
    THEN
        PERFORM public.applications_intake_refuse('intake_part_moved',
            'a part stays with its application', TG_TABLE_NAME);
    END IF;
    IF TG_OP <> 'DELETE' AND (
        (piece ? 'application_id' AND piece->>'member_id' IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.applications_intake_member m
            WHERE m.id = (piece->>'member_id')::bigint AND m.application_id = of_application))
        OR (piece->>'asset_id' IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.applications_intake_asset a
            JOIN public.applications_intake_member m ON m.id = a.member_id
            WHERE a.id = (piece->>'asset_id')::bigint AND m.application_id = of_application)))
    THEN
        PERFORM public.applications_intake_refuse('intake_part_strange',
            'a part names what is in the same application', TG_TABLE_NAME);
    END IF;
    SELECT a.state INTO now_is FROM public.applications_intake_application a
    WHERE a.id = of_application;
    IF public.applications_intake_over(now_is) AND (TG_OP = 'INSERT'
        OR (TG_OP = 'UPDATE' AND piece - later IS DISTINCT FROM was - later)) THEN
        PERFORM public.applications_intake_refuse('intake_application_over',
            'an application that ended does not change', TG_TABLE_NAME);
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_member
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part('person_id', 'is_open');
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_membercode
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part('hetu');
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_permit
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part(
        'kind', 'granted_from', 'granted_to');
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_need
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part(
        'own_words', 'expected_on', 'expected_proof');
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_ground
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part();
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_presenthome
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part(
        'place', 'municipality', 'landlord');
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_wish
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part();
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_work
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part();
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_income
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part();
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_asset
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part();
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_debt
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part();
CREATE TRIGGER guard_part BEFORE INSERT OR UPDATE ON public.applications_intake_attachment
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_part('file', 'mime', 'size');

-- A part is taken out of an application while that is open. Of one that ended it goes with it, but
-- for what is kept a shorter time: papers, codes and permits.
CREATE FUNCTION public.applications_intake_check_gone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    piece jsonb := to_jsonb(OLD);
BEGIN
    IF EXISTS (
        SELECT FROM public.applications_intake_application a
        WHERE public.applications_intake_over(a.state) AND a.id = CASE
            WHEN piece ? 'application_id' THEN (piece->>'application_id')::bigint
            ELSE (SELECT m.application_id FROM public.applications_intake_member m
                  WHERE m.id = (piece->>'member_id')::bigint) END) THEN
        PERFORM public.applications_intake_refuse('intake_application_over',
            'an application that ended does not change', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
DO $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['member', 'need', 'ground', 'presenthome', 'wish', 'work', 'income',
                                'asset', 'debt'] LOOP
        EXECUTE format(
            'CREATE CONSTRAINT TRIGGER check_gone AFTER DELETE ON public.applications_intake_%s
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
             EXECUTE FUNCTION public.applications_intake_check_gone()', part);
    END LOOP;
END $$;

-- Where somebody under turvakielto lives now, and who lets the home, is not told in the open (7.3).
CREATE FUNCTION public.applications_intake_guard_home() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF (NEW.municipality <> '' OR NEW.landlord <> '') AND EXISTS (
        SELECT FROM public.applications_intake_member m
        JOIN public.registry_persons_person p ON p.id = m.person_id
        WHERE m.application_id = NEW.application_id AND m.part <> 'away' AND p.protected) THEN
        PERFORM public.applications_intake_refuse('intake_home_hidden',
            'where a protected person lives is sealed', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_home BEFORE INSERT OR UPDATE ON public.applications_intake_presenthome
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_home();

-- Sites that are wished for are sites of the company.
CREATE FUNCTION public.applications_intake_guard_wish() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(NEW.sites) AS wished(site) WHERE NOT EXISTS (
        SELECT FROM public.leases_homes_site s WHERE s.id = wished.site)) THEN
        PERFORM public.applications_intake_refuse('intake_wish_sites',
            'sites wished for are of the stock', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_wish BEFORE INSERT OR UPDATE OF sites ON public.applications_intake_wish
    FOR EACH ROW EXECUTE FUNCTION public.applications_intake_guard_wish();
