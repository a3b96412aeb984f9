-- The day in Finland: sessions of the application are in UTC.
CREATE FUNCTION public.registry_persons_today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public AS $$
    SELECT (now() AT TIME ZONE 'Europe/Helsinki')::date
$$;

CREATE OR REPLACE FUNCTION public.registry_persons_search_streets(persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.registry_persons_search WHERE person_id = ANY (persons) AND kind = 4;
    WITH streets AS (
        SELECT a.person_id, public.registry_persons_street(a.street) AS street
        FROM public.registry_persons_address a
        JOIN public.registry_persons_person p ON p.id = a.person_id AND NOT p.protected
        WHERE a.person_id = ANY (persons) AND (a.valid_to IS NULL OR a.valid_to >= public.registry_persons_today())
    )
    INSERT INTO public.registry_persons_search (kind, word, names, person_id)
    SELECT 4, s.street, '', s.person_id FROM streets s
    UNION SELECT 4, translate(s.street, '{|}~', 'aao'), '', s.person_id FROM streets s
$$;

CREATE OR REPLACE FUNCTION public.registry_persons_search_phones(persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.registry_persons_search WHERE person_id = ANY (persons) AND kind = 5;
    INSERT INTO public.registry_persons_search (kind, word, names, person_id)
    SELECT DISTINCT 5, reverse(ltrim(c.search_value, '+')), '', c.person_id
    FROM public.registry_persons_contactpoint c
    JOIN public.registry_persons_person p ON p.id = c.person_id AND NOT p.protected
    WHERE c.person_id = ANY (persons) AND c.kind = 'phone'
        AND (c.valid_to IS NULL OR c.valid_to >= public.registry_persons_today())
$$;

-- Kind 7 of the search table: a contact detail that a person lacks, in Finnish order. A record
-- merged into another is not searched and lacks nothing.
CREATE FUNCTION public.registry_persons_search_lacks(persons bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.registry_persons_search WHERE person_id = ANY (persons) AND kind = 7;
    INSERT INTO public.registry_persons_search (kind, word, names, person_id)
    SELECT 7, l.what, left(p.sort_key, 300), p.id
    FROM public.registry_persons_person p CROSS JOIN LATERAL (
        SELECT CASE k.kind WHEN 'phone' THEN 'puhelin' ELSE 'sahkoposti' END AS what
        FROM (VALUES ('phone'), ('email')) k (kind)
        WHERE NOT EXISTS (
            SELECT 1 FROM public.registry_persons_contactpoint c
            WHERE c.person_id = p.id AND c.kind = k.kind AND c.valid_from <= public.registry_persons_today()
                AND (c.valid_to IS NULL OR c.valid_to >= public.registry_persons_today()))
        UNION ALL SELECT 'osoite' WHERE NOT EXISTS (
            SELECT 1 FROM public.registry_persons_address a
            WHERE a.person_id = p.id AND a.valid_from <= public.registry_persons_today()
                AND (a.valid_to IS NULL OR a.valid_to >= public.registry_persons_today()))
    ) l
    WHERE p.id = ANY (persons) AND NOT p.protected AND p.merged_into_id IS NULL
$$;

CREATE OR REPLACE FUNCTION public.registry_persons_search_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    renamed bigint[];
    hidden bigint[];
    shown bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        renamed := array(SELECT n.id FROM new_rows n WHERE n.merged_into_id IS NULL);
        PERFORM public.registry_persons_search_lacks(renamed);
    ELSIF TG_OP = 'DELETE' THEN
        hidden := array(SELECT o.id FROM old_rows o);
    ELSE
        hidden := array(
            SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
            WHERE (n.protected AND NOT o.protected)
                OR (n.merged_into_id IS NOT NULL AND o.merged_into_id IS NULL));
        shown := array(
            SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
            WHERE NOT n.protected AND n.merged_into_id IS NULL
                AND (o.protected OR o.merged_into_id IS NOT NULL));
        renamed := shown || array(
            SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
            WHERE n.merged_into_id IS NULL
                AND (n.sort_key <> o.sort_key OR n.call_name <> o.call_name));
        IF shown <> '{}' THEN
            PERFORM public.registry_persons_search_streets(shown);
            PERFORM public.registry_persons_search_phones(shown);
        END IF;
        IF renamed <> '{}' THEN
            PERFORM public.registry_persons_search_lacks(renamed);
        END IF;
    END IF;
    IF renamed <> '{}' THEN
        PERFORM public.registry_persons_search_names(renamed);
    END IF;
    IF hidden <> '{}' THEN
        DELETE FROM public.registry_persons_search s WHERE s.person_id = ANY (hidden);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.registry_persons_search_detail() RETURNS trigger
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
    PERFORM public.registry_persons_search_lacks(persons);
    RETURN NULL;
END $$;

-- Persons who lack a contact detail, in Finnish order.
CREATE FUNCTION public.registry_persons_lacking(what text, hits integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN array(
        SELECT s.person_id FROM public.registry_persons_search s
        WHERE s.kind = 7 AND s.word = what COLLATE "C"
        ORDER BY s.names, s.person_id LIMIT hits);
END $$;

-- What is over leaves the search, what has begun is no longer lacking: details whose first or last
-- day was in the past week. Run every night.
CREATE OR REPLACE FUNCTION public.registry_persons_search_expire() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    persons bigint[];
BEGIN
    PERFORM public.vuokra_context_open();
    persons := array(
        SELECT a.person_id FROM public.registry_persons_address a
        WHERE (a.valid_to < public.registry_persons_today() AND a.valid_to >= public.registry_persons_today() - 7)
            OR (a.valid_from <= public.registry_persons_today() AND a.valid_from > public.registry_persons_today() - 7)
        UNION SELECT c.person_id FROM public.registry_persons_contactpoint c
        WHERE (c.valid_to < public.registry_persons_today() AND c.valid_to >= public.registry_persons_today() - 7)
            OR (c.valid_from <= public.registry_persons_today() AND c.valid_from > public.registry_persons_today() - 7));
    PERFORM public.registry_persons_search_streets(persons);
    PERFORM public.registry_persons_search_phones(persons);
    PERFORM public.registry_persons_search_lacks(persons);
    RETURN cardinality(persons);
END $$;

REVOKE ALL ON FUNCTION public.registry_persons_search_lacks(bigint[]),
    public.registry_persons_lacking(text, integer)
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.registry_persons_lacking(text, integer) TO vuokra_app;

-- Those who are in the register already.
DO $$
BEGIN
    PERFORM set_config('vuokra.access_id', gen_random_uuid()::text, true);
    PERFORM public.registry_persons_search_lacks(array(SELECT p.id FROM public.registry_persons_person p));
    DELETE FROM public.registry_persons_search s USING public.registry_persons_person p
        WHERE p.id = s.person_id AND p.merged_into_id IS NOT NULL;
    PERFORM set_config('vuokra.access_id', '', true);
END $$;
