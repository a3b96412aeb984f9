-- Who has looked at a person: the last events, for the card, which asks this each time it is opened.
-- The same as vuokra_access_events with a person and without one's own looks at the log, as one fixed
-- statement, whose plan is kept: planning it over all months took longer than running it. Only
-- what an event says of opened values is told in detail. Refuses without a context.
CREATE FUNCTION public.vuokra_access_lookers(
    concerning bigint[], quiet bigint, hits integer
) RETURNS TABLE (
    id bigint, at timestamptz, actor_id bigint, actor text, role text, purpose text,
    case_kind text, case_id bigint, action text, surface text, route text, outcome text,
    subject bigint, subject_count integer, detail jsonb, alarm boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN QUERY
        SELECT e.id, e.at, e.actor_id, e.actor, e.role, e.purpose, e.case_kind, e.case_id,
            e.action, e.surface, e.route, e.outcome,
            CASE WHEN e.subject_count = 1 THEN e.subjects[1] END, e.subject_count,
            CASE WHEN e.action = 'reveal' THEN e.detail ELSE '[]'::jsonb END, e.alarm
        FROM public.vuokra_access_event e
        WHERE e.subjects && concerning
            AND e.at < now() + interval '1 hour'  -- not the months that are still to come
            AND (quiet IS NULL
                 OR NOT (e.action = 'view_log' AND e.actor_id IS NOT DISTINCT FROM quiet))
        -- An expression, so that the planner cannot walk the time index.
        ORDER BY e.at + interval '0' DESC, e.id DESC
        LIMIT least(hits, 1000);
END $$;

REVOKE ALL ON FUNCTION public.vuokra_access_lookers(bigint[], bigint, integer)
    FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.vuokra_access_lookers(bigint[], bigint, integer) TO vuokra_app;

-- As before; the months that are still to come are not looked at.
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
    WHERE e.actor_id = acting AND e.at >= since AND e.at < now() + interval '1 hour';
END $$;
