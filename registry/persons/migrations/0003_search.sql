CREATE TABLE public.registry_persons_search (
    person_id bigint PRIMARY KEY REFERENCES public.registry_persons_person (id) ON DELETE CASCADE,
    sort_key text COLLATE "C" NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX registry_persons_search_words ON public.registry_persons_search USING gin (words);
REVOKE ALL ON public.registry_persons_search FROM PUBLIC, vuokra_app;

-- The words of a folded text; the same breaks as registry.persons.rules.search_words.
CREATE FUNCTION public.registry_persons_words(folded text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, public AS $$
    SELECT array_remove(
        regexp_split_to_array(replace(folded, '''', ''), '[] !"#$%&()*+,./:;<=>?@[\\^_`-]+'), '')
$$;

-- Works out the words of these persons anew. Every word of the name is there as it is and with a
-- for å ä and o for ö; a Finnish number with its country and with 0.
CREATE FUNCTION public.registry_persons_search_refresh(persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO public.registry_persons_search AS s (person_id, sort_key, words)
    SELECT p.id, p.sort_key, array_to_tsvector(array(
        SELECT w.word FROM unnest(public.registry_persons_words(p.sort_key)) w (word)
        UNION
        SELECT translate(w.word, '{|}~', 'aao')
        FROM unnest(public.registry_persons_words(p.sort_key)) w (word)
        UNION
        SELECT w.word
        FROM public.registry_persons_contactpoint c
        CROSS JOIN unnest(public.registry_persons_words(translate(c.search_value, 'åäö', '{|}')))
            w (word)
        WHERE c.person_id = p.id AND (c.valid_to IS NULL OR c.valid_to >= current_date)
        UNION
        SELECT '0' || substr(c.search_value, 5)
        FROM public.registry_persons_contactpoint c
        WHERE c.person_id = p.id AND c.search_value LIKE '+358%'
            AND (c.valid_to IS NULL OR c.valid_to >= current_date)
        EXCEPT SELECT ''
    ))
    FROM public.registry_persons_person p
    WHERE p.id = ANY (persons)
    ON CONFLICT (person_id) DO UPDATE SET sort_key = excluded.sort_key, words = excluded.words
    WHERE s.sort_key <> excluded.sort_key OR s.words <> excluded.words
$$;
REVOKE ALL ON FUNCTION public.registry_persons_search_refresh(bigint[])
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;

CREATE FUNCTION public.registry_persons_search_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM public.registry_persons_search_refresh(array(SELECT n.id FROM new_rows n));
    ELSE
        PERFORM public.registry_persons_search_refresh(array(
            SELECT n.id FROM new_rows n JOIN old_rows o USING (id) WHERE n.sort_key <> o.sort_key));
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.registry_persons_search_person()
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;

CREATE FUNCTION public.registry_persons_search_contact() RETURNS trigger
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
    PERFORM public.registry_persons_search_refresh(persons);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.registry_persons_search_contact()
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;

CREATE TRIGGER search_insert AFTER INSERT ON public.registry_persons_person
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_person();
CREATE TRIGGER search_update AFTER UPDATE ON public.registry_persons_person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_person();
CREATE TRIGGER search_insert AFTER INSERT ON public.registry_persons_contactpoint
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_contact();
CREATE TRIGGER search_update AFTER UPDATE ON public.registry_persons_contactpoint
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_contact();
CREATE TRIGGER search_delete AFTER DELETE ON public.registry_persons_contactpoint
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_contact();

-- Persons whose every searched word begins one of theirs, in Finnish order. Refuses without an
-- access context. The plan is made for the words at hand: their frequency differs a thousandfold.
CREATE FUNCTION public.registry_persons_find(words text[], hits integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    wanted tsquery := (
        SELECT string_agg(
            '''' || replace(replace(w.word, '\', '\\'), '''', '''''') || ''':*', ' & ')::tsquery
        FROM unnest(words) w (word) WHERE w.word <> '');
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN array(
        SELECT s.person_id FROM public.registry_persons_search s
        WHERE s.words @@ wanted ORDER BY s.sort_key, s.person_id LIMIT least(hits, 1000));
END $$;
REVOKE ALL ON FUNCTION public.registry_persons_find(text[], integer)
    FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.registry_persons_find(text[], integer) TO vuokra_app;
