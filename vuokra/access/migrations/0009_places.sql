-- Which log rows concern some persons, and the seal that each stands under, for proofs of what was
-- logged. Events by the index of their subjects, changes by theirs; the seal is the first one made
-- after the row that names its id, so a few seals are looked at, not all. An id stands in a seal
-- with ids of other tables: whoever makes the proof looks whether the seal holds the row.
CREATE FUNCTION public.vuokra_access_places(concerning bigint[], wanted text[])
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
            WHERE s.at >= m.at AND m.named = ANY (s.tables) AND m.id = ANY (s.row_ids)
            ORDER BY s.at, s.number LIMIT 1
        )
        FROM mine m WHERE m.named = ANY ($2) ORDER BY m.named, m.at, m.id'
    USING concerning, wanted;
END $$;

REVOKE ALL ON FUNCTION public.vuokra_access_places(bigint[], text[])
    FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.vuokra_access_places(bigint[], text[]) TO vuokra_app;
