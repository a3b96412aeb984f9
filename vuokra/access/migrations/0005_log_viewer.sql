-- The log viewer: pages by key, filters by role, day and alarm, and indexes for what is rare among
-- a million ordinary events. Replaces the function of 0003.

CREATE INDEX access_event_action ON public.vuokra_access_event (action, at);
CREATE INDEX access_event_roles ON public.vuokra_access_event
    USING gin (string_to_array(role, '+'));
CREATE INDEX access_event_denied ON public.vuokra_access_event (at) WHERE outcome = 'denied';
CREATE INDEX access_event_alarm ON public.vuokra_access_event (at) WHERE alarm;

DROP FUNCTION public.vuokra_access_events(
    bigint, bigint, timestamptz, text[], text[], integer, integer);

-- Events, newest first, or oldest first when "onward". NULL leaves a condition out. A page begins
-- beside the event (place_at, place_id). "quiet" leaves out that member of staff's own looks at
-- the log. "subject" is named only when it is the one person of the event. With a person the sort
-- key is an expression, so that the planner cannot walk the time index through a million events of
-- other people.
CREATE FUNCTION public.vuokra_access_events(
    concerning bigint, acting bigint, since timestamptz, until timestamptz, actions text[],
    denied boolean, held text, alarms boolean, quiet bigint,
    place_at timestamptz, place_id bigint, onward boolean, hits integer
) RETURNS TABLE (
    id bigint, at timestamptz, actor_id bigint, actor text, role text, purpose text,
    case_kind text, case_id bigint, action text, surface text, route text, outcome text,
    subject bigint, subject_count integer, detail jsonb, alarm boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    moment text := CASE WHEN concerning IS NULL THEN 'e.at' ELSE 'e.at + interval ''0''' END;
    way text := CASE WHEN onward THEN 'ASC' ELSE 'DESC' END;
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
        || CASE WHEN until IS NULL THEN '' ELSE ' AND e.at < $4' END
        || CASE WHEN actions IS NULL THEN '' ELSE ' AND e.action = ANY ($5)' END
        || CASE WHEN denied THEN ' AND e.outcome = ''denied''' ELSE '' END
        || CASE WHEN held IS NULL THEN ''
           ELSE ' AND string_to_array(e.role, ''+'') @> ARRAY[$6]' END
        || CASE WHEN alarms THEN ' AND e.alarm' ELSE '' END
        || CASE WHEN quiet IS NULL THEN ''
           ELSE ' AND NOT (e.action = ''view_log'' AND e.actor_id IS NOT DISTINCT FROM $7)' END
        || CASE WHEN place_id IS NULL THEN ''
           ELSE ' AND (' || moment || ', e.id) ' || CASE WHEN onward THEN '>' ELSE '<' END
                || ' ($8, $9)' END
        || ' ORDER BY ' || moment || ' ' || way || ', e.id ' || way
        || ' LIMIT least($10, 1000)'
    USING concerning, acting, since, until, actions, held, quiet, place_at, place_id, hits;
END $$;

REVOKE ALL ON FUNCTION public.vuokra_access_events(
    bigint, bigint, timestamptz, timestamptz, text[], boolean, text, boolean, bigint,
    timestamptz, bigint, boolean, integer)
    FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.vuokra_access_events(
    bigint, bigint, timestamptz, timestamptz, text[], boolean, text, boolean, bigint,
    timestamptz, bigint, boolean, integer)
    TO vuokra_app;
