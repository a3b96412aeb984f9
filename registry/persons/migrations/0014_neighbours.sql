-- The name of a street without its number: koulukatu of "Koulukatu 5 A 2".
CREATE FUNCTION public.registry_persons_street_name(street text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT regexp_replace(public.registry_persons_street(street), '\s*[0-9].*$', '')
$$;

-- Whether a person lives in the same street as any of the others on a day (A1). It answers yes or
-- no; which street that is, it does not tell. Addresses under turvakielto are sealed elsewhere.
CREATE FUNCTION public.registry_persons_neighbours(one bigint, others bigint[], today date)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (
        SELECT FROM public.registry_persons_address a
        JOIN public.registry_persons_address b
            ON b.postal_code = a.postal_code AND b.country = a.country
            AND public.registry_persons_street_name(b.street)
                = public.registry_persons_street_name(a.street)
        WHERE a.person_id = one AND b.person_id = ANY (others)
            AND a.kind IN ('home', 'temporary') AND b.kind IN ('home', 'temporary')
            AND a.valid_from <= today AND (a.valid_to IS NULL OR a.valid_to >= today)
            AND b.valid_from <= today AND (b.valid_to IS NULL OR b.valid_to >= today)
            AND public.registry_persons_street_name(a.street) <> '')
$$;
