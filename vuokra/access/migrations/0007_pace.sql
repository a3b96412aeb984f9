-- How many different objects one has opened or revealed since a moment, and whether the limit has
-- stopped this person already in that time. The same object opened again counts once; refused
-- attempts showed nothing and are not counted. A range of one index. Refuses without a context.
CREATE FUNCTION public.vuokra_access_pace(
    acting bigint, since timestamptz, OUT opened integer, OUT stopped boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    SELECT count(DISTINCT (e.action, e.subjects)) FILTER (WHERE e.outcome = 'ok'
               AND e.subject_count > 0
               AND (e.action = 'reveal' OR (e.action = 'view' AND e.surface = 'detail'))),
           coalesce(bool_or(e.alarm AND e.detail @> '[{"kind": "note", "limit": ["cards"]}]'), false)
    INTO opened, stopped
    FROM public.vuokra_access_event e WHERE e.actor_id = acting AND e.at >= since;
END $$;

-- How many times one has opened a sealed value since a moment, of the kinds that the patterns name.
CREATE FUNCTION public.vuokra_access_revealed(
    acting bigint, since timestamptz, patterns jsonb) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN (
        SELECT count(*) FROM public.vuokra_access_event e
        WHERE e.actor_id = acting AND e.at >= since AND e.action = 'reveal' AND e.outcome = 'ok'
            AND EXISTS (SELECT 1 FROM jsonb_array_elements(patterns) p WHERE e.detail @> p));
END $$;

REVOKE ALL ON FUNCTION public.vuokra_access_pace(bigint, timestamptz),
    public.vuokra_access_revealed(bigint, timestamptz, jsonb)
    FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.vuokra_access_pace(bigint, timestamptz),
    public.vuokra_access_revealed(bigint, timestamptz, jsonb) TO vuokra_app;
