-- As before, and what counts is the page, not what it is called in the log: the history of changes
-- and two records side by side show as much as a card. The same object seen again counts once.
CREATE OR REPLACE FUNCTION public.vuokra_access_pace(
    acting bigint, since timestamptz, OUT opened integer, OUT stopped boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    SELECT count(DISTINCT (e.action = 'reveal', e.subjects)) FILTER (WHERE e.outcome = 'ok'
               AND e.subject_count > 0 AND (e.action = 'reveal' OR e.surface = 'detail')),
           coalesce(bool_or(e.alarm AND e.detail @> '[{"kind": "note", "limit": ["cards"]}]'), false)
    INTO opened, stopped
    FROM public.vuokra_access_event e WHERE e.actor_id = acting AND e.at >= since;
END $$;
