-- What was changed of a person, newest first: what the application logged with its values, and what
-- was written in bulk. For roles that may see the history but not the log at large; refuses without
-- an access context. "body" is NULL when there were no values or they have been erased.
CREATE FUNCTION public.vuokra_access_changes(concerning bigint, skip integer, hits integer)
RETURNS TABLE (
    id bigint, at timestamptz, actor_id bigint, actor text, model text, table_name text,
    row_id bigint, operation text, body text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    wanted constant integer := least(skip, 100000) + least(hits, 1000);
BEGIN
    PERFORM public.vuokra_context_open();
    RETURN QUERY
        WITH found AS (
            (SELECT c.id, c.at, c.actor_id, c.actor, c.content_type_id, NULL::text AS named,
                c.object_id AS row_id, substr('IUDA', c.action + 1, 1) AS operation,
                c.payload_digest
            FROM public.vuokra_access_change c WHERE c.subject = concerning
            ORDER BY c.at DESC, c.id DESC LIMIT wanted)
            UNION ALL
            (SELECT r.id, r.at, NULL::bigint, r.actor, NULL::integer, r.table_name, r.row_id,
                r.operation, r.payload_digest
            FROM public.vuokra_access_rowchange r WHERE r.subject = concerning AND r.bulk
            ORDER BY r.at DESC, r.id DESC LIMIT wanted)
        )
        SELECT f.id, f.at, f.actor_id, f.actor, t.app_label || '.' || t.model, f.named, f.row_id,
            f.operation, p.body
        FROM found f
        LEFT JOIN public.django_content_type t ON t.id = f.content_type_id
        LEFT JOIN public.vuokra_access_payload p ON p.digest = f.payload_digest
        ORDER BY f.at DESC, f.id DESC OFFSET least(skip, 100000) LIMIT least(hits, 1000);
END $$;

REVOKE ALL ON FUNCTION public.vuokra_access_changes(bigint, integer, integer)
    FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.vuokra_access_changes(bigint, integer, integer) TO vuokra_app;
