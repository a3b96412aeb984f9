-- Former names are found last: kind 6, a word of a name that the person has no more. Beside it in
-- `names` stand all words of that name and of the present one: a former surname is found together
-- with a given name that stayed. A person who is not in the search is not found by these either.
CREATE FUNCTION public.registry_persons_search_former(persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.registry_persons_search WHERE person_id = ANY (persons) AND kind = 6;
    WITH former AS (
        SELECT p.id, public.registry_persons_words(f.sort_key || ' '
                || translate(lower(f.call_name), 'åäöéü', '{|}ey')) AS words,
            public.registry_persons_words(p.sort_key) AS present
        FROM public.registry_persons_formername f
        JOIN public.registry_persons_person p ON p.id = f.person_id
        WHERE p.id = ANY (persons) AND EXISTS (
            SELECT 1 FROM public.registry_persons_search s
            WHERE s.person_id = p.id AND s.kind IN (1, 2))
    ), listed AS (
        SELECT f.id, f.words, ' ' || array_to_string(f.words || f.present, ' ') AS exact
        FROM former f
    ), written AS (
        SELECT l.id, unnest(l.words) AS word, left(l.exact || CASE
            WHEN l.exact ~ '[{|}~]' THEN translate(l.exact, '{|}~', 'aao') ELSE '' END, 300) AS names
        FROM listed l
    )
    INSERT INTO public.registry_persons_search (kind, word, names, person_id)
    SELECT 6, left(w.word, 60), w.names, w.id FROM written w
    UNION SELECT 6, left(translate(w.word, '{|}~', 'aao'), 60), w.names, w.id FROM written w
$$;

CREATE FUNCTION public.registry_persons_search_formername() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    persons bigint[];
BEGIN
    IF TG_TABLE_NAME = 'registry_persons_person' THEN
        persons := array(
            SELECT DISTINCT f.person_id FROM public.registry_persons_formername f
            WHERE f.person_id IN (SELECT n.id FROM new_rows n));
    ELSIF TG_OP = 'INSERT' THEN
        persons := array(SELECT DISTINCT n.person_id FROM new_rows n);
    ELSIF TG_OP = 'DELETE' THEN
        persons := array(SELECT DISTINCT o.person_id FROM old_rows o);
    ELSE
        persons := array(SELECT n.person_id FROM new_rows n UNION SELECT o.person_id FROM old_rows o);
    END IF;
    IF persons <> '{}' THEN
        PERFORM public.registry_persons_search_former(persons);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER search_insert AFTER INSERT ON public.registry_persons_formername
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_formername();
CREATE TRIGGER search_update AFTER UPDATE ON public.registry_persons_formername
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_formername();
CREATE TRIGGER search_delete AFTER DELETE ON public.registry_persons_formername
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_formername();
-- By its name it runs after search_update, which says whether the person is in the search.
CREATE TRIGGER search_update_former AFTER UPDATE ON public.registry_persons_person
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_persons_search_formername();

REVOKE ALL ON FUNCTION public.registry_persons_search_former(bigint[]),
    public.registry_persons_search_formername()
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;

-- Persons of whose name every searched word begins a word: surnames before given names, exact
-- letters before those without dots,
-- former names last. Refuses without an access context. The longest word leads,
-- the others are looked for beside it.
CREATE OR REPLACE FUNCTION public.registry_persons_find(words text[], hits integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    wanted constant integer := least(hits, 1000);
    lead constant text := left((
        SELECT w.word FROM unnest(words) w (word) ORDER BY length(w.word) DESC, w.word LIMIT 1), 60);
    patterns constant text[] := array(
        SELECT '% ' || left(w.word, 60) || '%' FROM unnest(words) w (word) WHERE w.word <> '');
    found bigint[] := '{}';
    of_kind integer;
BEGIN
    PERFORM public.vuokra_context_open();
    IF coalesce(lead, '') = '' THEN
        RETURN found;
    END IF;
    FOREACH of_kind IN ARRAY ARRAY[1, 2, 3, 6] LOOP
        EXIT WHEN cardinality(found) >= wanted;
        found := found || array(
            SELECT k.person_id FROM public.registry_persons_search_kind(
                of_kind, lead, patterns, '%', 2 * wanted) WITH ORDINALITY k (person_id, at)
            WHERE k.person_id <> ALL (found) GROUP BY k.person_id ORDER BY min(k.at));
    END LOOP;
    RETURN found[:wanted];
END $$;
