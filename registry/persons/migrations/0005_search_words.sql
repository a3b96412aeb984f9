-- One row per thing a person is found by: 1 a word of the surname, 2 of the given names, 3 either
-- without the dots of å ä ö, 4 a street address, 5 the digits of a telephone number backwards.
-- `names` is all words of the name, each with a space before it: where a second word of the search
-- is looked for, without leaving the index, and the Finnish order of hits. Under turvakielto a
-- person has no rows.
CREATE TABLE public.registry_persons_search (
    kind smallint NOT NULL,
    word text COLLATE "C" NOT NULL,
    names text COLLATE "C" NOT NULL,
    person_id bigint NOT NULL,
    PRIMARY KEY (kind, word, names, person_id)
);
CREATE INDEX registry_persons_search_person ON public.registry_persons_search (person_id, kind);
REVOKE ALL ON public.registry_persons_search FROM PUBLIC, vuokra_app;

-- The words of a folded text; the same breaks as registry.persons.rules.search_words.
CREATE FUNCTION public.registry_persons_words(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public AS $$
    SELECT array_remove(
        regexp_split_to_array(replace(folded, '''', ''), '[] !"#$%&()*+,./:;<=>?@[\\^_`-]+'), '')
$$;

-- A street address as registry.persons.rules.street_key writes it, letters and digits apart.
CREATE FUNCTION public.registry_persons_street(street text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public AS $$
    SELECT left(array_to_string(public.registry_persons_words(
        regexp_replace(regexp_replace(translate(lower(street), 'åäöéü', '{|}ey'),
            '([0-9])([^0-9 ])', '\1 \2', 'g'), '([^0-9 ])([0-9])', '\1 \2', 'g')), ' '), 120)
$$;

-- Works out anew what these persons are found by: words of names, streets, telephone numbers.
CREATE FUNCTION public.registry_persons_search_names(persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.registry_persons_search WHERE person_id = ANY (persons) AND kind <= 3;
    WITH named AS (
        SELECT p.id, public.registry_persons_words(split_part(p.sort_key, '  ', 1)) AS surname,
            public.registry_persons_words(split_part(p.sort_key, '  ', 2) || ' '
                || translate(lower(p.call_name), 'åäöéü', '{|}ey')) AS given
        FROM public.registry_persons_person p WHERE p.id = ANY (persons) AND NOT p.protected
    ), listed AS (
        SELECT n.id, n.surname, n.given, ' ' || array_to_string(n.surname || n.given, ' ') AS exact
        FROM named n
    ), written AS (
        SELECT l.id, l.surname, l.given, left(l.exact || CASE
            WHEN l.exact ~ '[{|}~]' THEN translate(l.exact, '{|}~', 'aao') ELSE '' END, 300) AS names
        FROM listed l
    ), words AS (
        SELECT w.id, 1 AS kind, unnest(w.surname) AS word, w.names FROM written w
        UNION SELECT w.id, 2, unnest(w.given), w.names FROM written w
    )
    INSERT INTO public.registry_persons_search (kind, word, names, person_id)
    SELECT w.kind, left(w.word, 60), w.names, w.id FROM words w
    UNION SELECT 3, left(translate(w.word, '{|}~', 'aao'), 60), w.names, w.id
    FROM words w WHERE w.word ~ '[{|}~]'
$$;

CREATE FUNCTION public.registry_persons_search_streets(persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.registry_persons_search WHERE person_id = ANY (persons) AND kind = 4;
    WITH streets AS (
        SELECT a.person_id, public.registry_persons_street(a.street) AS street
        FROM public.registry_persons_address a
        JOIN public.registry_persons_person p ON p.id = a.person_id AND NOT p.protected
        WHERE a.person_id = ANY (persons) AND (a.valid_to IS NULL OR a.valid_to >= current_date)
    )
    INSERT INTO public.registry_persons_search (kind, word, names, person_id)
    SELECT 4, s.street, '', s.person_id FROM streets s
    UNION SELECT 4, translate(s.street, '{|}~', 'aao'), '', s.person_id FROM streets s
$$;

CREATE FUNCTION public.registry_persons_search_phones(persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.registry_persons_search WHERE person_id = ANY (persons) AND kind = 5;
    INSERT INTO public.registry_persons_search (kind, word, names, person_id)
    SELECT DISTINCT 5, reverse(ltrim(c.search_value, '+')), '', c.person_id
    FROM public.registry_persons_contactpoint c
    JOIN public.registry_persons_person p ON p.id = c.person_id AND NOT p.protected
    WHERE c.person_id = ANY (persons) AND c.kind = 'phone'
        AND (c.valid_to IS NULL OR c.valid_to >= current_date)
$$;

CREATE FUNCTION public.registry_persons_search_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    persons bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        persons := array(SELECT n.id FROM new_rows n);
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM public.registry_persons_search
            WHERE person_id IN (SELECT o.id FROM old_rows o);
        RETURN NULL;
    ELSE
        persons := array(
            SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
            WHERE n.sort_key <> o.sort_key OR n.call_name <> o.call_name
                OR n.protected <> o.protected);
        IF EXISTS (SELECT 1 FROM new_rows n JOIN old_rows o USING (id)
                   WHERE n.protected <> o.protected) THEN
            PERFORM public.registry_persons_search_streets(persons);
            PERFORM public.registry_persons_search_phones(persons);
        END IF;
    END IF;
    IF persons <> '{}' THEN
        PERFORM public.registry_persons_search_names(persons);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.registry_persons_search_detail() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    persons bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        persons := array(SELECT DISTINCT n.person_id FROM new_rows n);
    ELSIF TG_OP = 'DELETE' THEN
        persons := array(SELECT DISTINCT o.person_id FROM old_rows o);
    ELSE
        persons := array(SELECT n.person_id FROM new_rows n UNION SELECT o.person_id FROM old_rows o);
    END IF;
    IF TG_TABLE_NAME = 'registry_persons_address' THEN
        PERFORM public.registry_persons_search_streets(persons);
    ELSE
        PERFORM public.registry_persons_search_phones(persons);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER search_insert AFTER INSERT ON public.registry_persons_person
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_person();
CREATE TRIGGER search_update AFTER UPDATE ON public.registry_persons_person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_person();
CREATE TRIGGER search_delete AFTER DELETE ON public.registry_persons_person
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_person();
CREATE TRIGGER search_insert AFTER INSERT ON public.registry_persons_contactpoint
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_detail();
CREATE TRIGGER search_update AFTER UPDATE ON public.registry_persons_contactpoint
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_detail();
CREATE TRIGGER search_delete AFTER DELETE ON public.registry_persons_contactpoint
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_detail();
CREATE TRIGGER search_insert AFTER INSERT ON public.registry_persons_address
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_detail();
CREATE TRIGGER search_update AFTER UPDATE ON public.registry_persons_address
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_detail();
CREATE TRIGGER search_delete AFTER DELETE ON public.registry_persons_address
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_detail();

-- Rows of one kind whose word begins so and whose other columns fit the patterns, in the order of
-- the index: what it costs does not grow with the number of rows beyond what is asked for. The plan
-- is made for the words at hand: their frequency differs a thousandfold.
CREATE FUNCTION public.registry_persons_search_kind(
    of_kind integer, beginning text, patterns text[], street text, hits integer)
RETURNS TABLE (person_id bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public
SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
        SELECT s.person_id FROM public.registry_persons_search s
        WHERE s.kind = of_kind AND s.word >= beginning COLLATE "C"
            AND s.word < (beginning || U&'\+10FFFF') COLLATE "C"
            AND s.names LIKE ALL (patterns) AND s.word LIKE street
        ORDER BY s.kind, s.word, s.names, s.person_id LIMIT hits;
END $$;

-- Persons of whose name every searched word begins a word: surnames before given names, exact
-- letters before those without dots. Refuses without an access context. The longest word leads,
-- the others are looked for beside it.
CREATE FUNCTION public.registry_persons_find(words text[], hits integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    wanted constant integer := least(hits, 1000);
    lead constant text := left((
        SELECT w.word FROM unnest(words) w (word) ORDER BY length(w.word) DESC, w.word LIMIT 1), 60);
    patterns constant text[] := array(
        SELECT '% ' || left(w.word, 60) || '%' FROM unnest(words) w (word) WHERE w.word <> '');
    found bigint[] := '{}';
BEGIN
    PERFORM public.vuokra_context_open();
    IF coalesce(lead, '') = '' THEN
        RETURN found;
    END IF;
    FOR of_kind IN 1..3 LOOP
        EXIT WHEN cardinality(found) >= wanted;
        found := found || array(
            SELECT k.person_id FROM public.registry_persons_search_kind(
                of_kind, lead, patterns, '%', 2 * wanted) WITH ORDINALITY k (person_id, at)
            WHERE k.person_id <> ALL (found) GROUP BY k.person_id ORDER BY min(k.at));
    END LOOP;
    RETURN found[:wanted];
END $$;

-- Persons at a street address: `street` is the beginning of the street's name, `rest` what follows
-- it (number, stairs, flat), or both begin the whole address.
CREATE FUNCTION public.registry_persons_find_street(street text, rest text, hits integer)
RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    pattern constant text := CASE WHEN rest = '' THEN '%' ELSE street || '% ' || rest || '%' END;
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN array(
        SELECT k.person_id FROM public.registry_persons_search_kind(
            4, street, '{%}', pattern, least(hits, 1000)) WITH ORDINALITY k (person_id, at)
        GROUP BY k.person_id ORDER BY min(k.at));
END $$;

-- Persons with a telephone number that ends so.
CREATE FUNCTION public.registry_persons_find_phone_end(digits text, hits integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN array(
        SELECT DISTINCT k.person_id FROM public.registry_persons_search_kind(
            5, reverse(digits), '{%}', '%', least(hits, 1000)) k);
END $$;

-- What is over leaves the search: details whose last day was in the past week. Run every night.
CREATE FUNCTION public.registry_persons_search_expire() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    streets constant bigint[] := array(
        SELECT DISTINCT a.person_id FROM public.registry_persons_address a
        WHERE a.valid_to < current_date AND a.valid_to >= current_date - 7);
    phones constant bigint[] := array(
        SELECT DISTINCT c.person_id FROM public.registry_persons_contactpoint c
        WHERE c.valid_to < current_date AND c.valid_to >= current_date - 7);
BEGIN
    PERFORM public.vuokra_context_open();
    PERFORM public.registry_persons_search_streets(streets);
    PERFORM public.registry_persons_search_phones(phones);
    RETURN cardinality(streets) + cardinality(phones);
END $$;

REVOKE ALL ON FUNCTION public.registry_persons_search_names(bigint[]),
    public.registry_persons_search_streets(bigint[]),
    public.registry_persons_search_phones(bigint[]), public.registry_persons_search_person(),
    public.registry_persons_search_detail(),
    public.registry_persons_search_kind(integer, text, text[], text, integer),
    public.registry_persons_find(text[], integer),
    public.registry_persons_find_street(text, text, integer),
    public.registry_persons_find_phone_end(text, integer),
    public.registry_persons_search_expire()
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.registry_persons_find(text[], integer),
    public.registry_persons_find_street(text, text, integer),
    public.registry_persons_find_phone_end(text, integer),
    public.registry_persons_search_expire() TO vuokra_app;

-- Those who are in the register already.
DO $$
DECLARE
    persons bigint[];
BEGIN
    PERFORM set_config('vuokra.access_id', gen_random_uuid()::text, true);
    persons := array(SELECT p.id FROM public.registry_persons_person p);
    PERFORM public.registry_persons_search_names(persons);
    PERFORM public.registry_persons_search_streets(persons);
    PERFORM public.registry_persons_search_phones(persons);
    PERFORM set_config('vuokra.access_id', '', true);
END $$;
