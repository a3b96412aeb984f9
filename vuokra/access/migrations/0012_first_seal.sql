-- The seal of a row is sought from the first one made since the row was written. Whether it holds the
-- row is looked up once for all rows of a seal by whoever makes the proofs: asked here, the ids of a
-- seal were unpacked anew for each row.
CREATE OR REPLACE FUNCTION public.vuokra_access_places(concerning bigint[], wanted text[])
RETURNS TABLE (named text, id bigint, at timestamptz, seal bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN QUERY EXECUTE
        'WITH mine AS (
            SELECT ''vuokra_access_event'' AS named, e.id, e.at
            FROM public.vuokra_access_event e WHERE e.subjects && $1
            UNION ALL
            SELECT ''vuokra_access_change'', c.id, c.at
            FROM public.vuokra_access_change c WHERE c.subject = ANY ($1)
            UNION ALL
            SELECT ''vuokra_access_rowchange'', r.id, r.at
            FROM public.vuokra_access_rowchange r WHERE r.subject = ANY ($1)
        )
        SELECT m.named, m.id, m.at, (
            SELECT s.number FROM public.vuokra_access_seal s
            WHERE s.at >= m.at
            ORDER BY s.at, s.number LIMIT 1
        )
        FROM mine m WHERE m.named = ANY ($2) ORDER BY m.named, m.at, m.id'
    USING concerning, wanted;
END $$;
