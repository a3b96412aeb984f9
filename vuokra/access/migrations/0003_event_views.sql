-- The questions staff ask of the event log. Two things that the tables themselves do not give:
-- a GIN index cannot be used behind a row-level policy that is worked out per statement, and
-- "who has looked at this person" and "what have I looked at" are answered to roles that may not
-- read the log at large. Both functions refuse without an access context.

DROP POLICY vuokra_read ON public.vuokra_access_event;
CREATE POLICY vuokra_read ON public.vuokra_access_event FOR SELECT
    TO vuokra_app USING ((SELECT public.vuokra_context_open()));
CREATE POLICY vuokra_functions ON public.vuokra_access_event FOR SELECT
    TO vuokra_owner USING (true);

-- Events, newest first. NULL leaves a condition out. "subject" is named only when it is the one
-- person of the event. The sort key is an expression, so that the planner cannot walk the time
-- index through a million events of other people.
CREATE FUNCTION public.vuokra_access_events(
    concerning bigint, acting bigint, since timestamptz, actions text[], outcomes text[],
    skip integer, hits integer
) RETURNS TABLE (
    id bigint, at timestamptz, actor_id bigint, actor text, role text, purpose text,
    case_kind text, case_id bigint, action text, surface text, route text, outcome text,
    subject bigint, subject_count integer, detail jsonb, alarm boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN QUERY EXECUTE
        'SELECT e.id, e.at, e.actor_id, e.actor, e.role, e.purpose, e.case_kind, e.case_id,
            e.action, e.surface, e.route, e.outcome,
            CASE WHEN e.subject_count = 1 THEN e.subjects[1] END, e.subject_count, e.detail, e.alarm
        FROM public.vuokra_access_event e WHERE true'
        || CASE WHEN concerning IS NULL THEN '' ELSE ' AND e.subjects @> ARRAY[$1]' END
        || CASE WHEN acting IS NULL THEN '' ELSE ' AND e.actor_id = $2' END
        || CASE WHEN since IS NULL THEN '' ELSE ' AND e.at >= $3' END
        || CASE WHEN actions IS NULL THEN '' ELSE ' AND e.action = ANY ($4)' END
        || CASE WHEN outcomes IS NULL THEN '' ELSE ' AND e.outcome = ANY ($5)' END
        || CASE WHEN concerning IS NULL THEN ' ORDER BY e.at DESC, e.id DESC'
           ELSE ' ORDER BY e.at + interval ''0'' DESC, e.id DESC' END
        || ' OFFSET $6 LIMIT least($7, 1000)'
    USING concerning, acting, since, actions, outcomes, skip, hits;
END $$;

-- How many events of each action and outcome concern a person.
CREATE FUNCTION public.vuokra_access_event_counts(
    concerning bigint, acting bigint, since timestamptz
) RETURNS TABLE (action text, outcome text, events bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN QUERY EXECUTE
        'SELECT e.action, e.outcome, count(*) FROM public.vuokra_access_event e
        WHERE e.subjects @> ARRAY[$1]'
        || CASE WHEN acting IS NULL THEN '' ELSE ' AND e.actor_id = $2' END
        || CASE WHEN since IS NULL THEN '' ELSE ' AND e.at >= $3' END
        || ' GROUP BY 1, 2'
    USING concerning, acting, since;
END $$;

REVOKE ALL ON FUNCTION
    public.vuokra_access_events(bigint, bigint, timestamptz, text[], text[], integer, integer),
    public.vuokra_access_event_counts(bigint, bigint, timestamptz)
    FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION
    public.vuokra_access_events(bigint, bigint, timestamptz, text[], text[], integer, integer),
    public.vuokra_access_event_counts(bigint, bigint, timestamptz)
    TO vuokra_app;
