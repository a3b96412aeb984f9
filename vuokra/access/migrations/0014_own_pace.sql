-- What one has opened, read from the index by actor and time alone. A kept plan walked the time index
-- of the last hour before, through what everybody else did in it: two columns compared as one row
-- leave no other index to take.
CREATE OR REPLACE FUNCTION public.vuokra_access_pace(
    acting bigint, since timestamptz, OUT opened integer, OUT stopped boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    SELECT count(DISTINCT (e.action = 'reveal', e.subjects)) FILTER (WHERE e.outcome = 'ok'
               AND e.subject_count > 0 AND (e.action = 'reveal' OR e.surface = 'detail')),
           coalesce(bool_or(e.alarm AND e.detail @> '[{"kind": "note", "limit": ["cards"]}]'), false)
    INTO opened, stopped
    FROM public.vuokra_access_event e
    WHERE (e.actor_id, e.at) >= (acting, since)
        AND (e.actor_id, e.at) < (acting, now() + interval '1 hour');
END $$;

CREATE OR REPLACE FUNCTION public.vuokra_access_revealed(
    acting bigint, since timestamptz, patterns jsonb) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN (
        SELECT count(*) FROM public.vuokra_access_event e
        WHERE (e.actor_id, e.at) >= (acting, since)
            AND (e.actor_id, e.at) < (acting, now() + interval '1 hour')
            AND e.action = 'reveal' AND e.outcome = 'ok'
            AND EXISTS (SELECT 1 FROM jsonb_array_elements(patterns) p WHERE e.detail @> p));
END $$;
