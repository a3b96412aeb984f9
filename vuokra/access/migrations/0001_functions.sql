-- Functions of the log. Every one has its search path pinned: a table of the same name in a
-- temporary or foreign schema must not take the place of ours.

-- Row-level security asks this. It raises instead of hiding rows: an empty page would be wrong data.
CREATE FUNCTION public.vuokra_context_open() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
BEGIN
    IF coalesce(current_setting('vuokra.access_id', true), '') = '' THEN
        RAISE EXCEPTION 'no access context' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN true;
END $$;

-- BEFORE statement trigger of every personal table: nobody writes unnamed.
CREATE FUNCTION public.vuokra_require_actor() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF coalesce(current_setting('vuokra.access_id', true), '') = ''
       OR coalesce(current_setting('vuokra.actor', true), '') = '' THEN
        RAISE EXCEPTION 'no access context: a write to % needs an actor', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

-- The log is INSERT-only.
CREATE FUNCTION public.vuokra_log_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION '% refused: % is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- Payloads may be erased, by the retention role alone.
CREATE FUNCTION public.vuokra_log_refuse_erasure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'vuokra_retention' THEN
        RAISE EXCEPTION 'DELETE refused: % is emptied by the retention role alone', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;

-- Puts the INSERT-only triggers on a log table. Row triggers of a partitioned table come to its
-- partitions by themselves, truncate triggers and the ALWAYS mark do not.
CREATE FUNCTION public.vuokra_log_protect(relation regclass, partition boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT partition THEN
        EXECUTE format('CREATE TRIGGER vuokra_no_change BEFORE UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION public.vuokra_log_refuse()', relation);
    END IF;
    EXECUTE format('CREATE TRIGGER vuokra_no_truncate BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION public.vuokra_log_refuse()', relation);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER vuokra_no_change', relation);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER vuokra_no_truncate', relation);
END $$;

-- Everything inserted into a log table waits for the sealer. The application has no right to the
-- queue: these functions run with the owner's. It does not choose the time of a row either.
CREATE FUNCTION public.vuokra_log_queue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF session_user = 'vuokra_app' AND EXISTS (
        SELECT FROM new_rows n
        WHERE n.at NOT BETWEEN clock_timestamp() - interval '1 day'
                           AND clock_timestamp() + interval '1 minute')
    THEN
        RAISE EXCEPTION '% refused: a log row is written at its own time', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.vuokra_access_seal_queue (table_name, row_id, at)
    SELECT TG_TABLE_NAME, n.id, n.at FROM new_rows n ORDER BY n.id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.vuokra_log_queue_admin() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO public.vuokra_access_seal_queue (table_name, row_id, at)
    SELECT TG_TABLE_NAME, n.id, n.action_time FROM new_rows n ORDER BY n.id;
    RETURN NULL;
END $$;

-- What changed between two rows: {"changes":{column:[old,new]},"masked":[column]}. Only the columns
-- in "loggable" show values; of the others the name alone is kept. Keys are sorted, no whitespace.
CREATE FUNCTION public.vuokra_log_diff(old_row jsonb, new_row jsonb, loggable text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT '{"changes":{'
        || coalesce(string_agg(
            to_json(key)::text || ':[' || coalesce(to_json(old_row ->> key)::text, 'null') || ','
            || coalesce(to_json(new_row ->> key)::text, 'null') || ']', ',' ORDER BY key)
            FILTER (WHERE key = ANY (loggable)), '')
        || '},"masked":['
        || coalesce(string_agg(to_json(key)::text, ',' ORDER BY key)
            FILTER (WHERE key <> ALL (loggable)), '')
        || ']}'
    FROM jsonb_object_keys(coalesce(new_row, old_row)) key
    WHERE (old_row ->> key) IS DISTINCT FROM (new_row ->> key)
$$;

-- AFTER statement trigger of every personal table: one log row per changed row, whoever wrote it.
-- Arguments: column of the person's id or '', comma list of columns whose values may be kept,
-- and optionally the key column (default "id"). Values are kept inside bulk_write only, where the
-- change log of the application does not see the rows.
CREATE FUNCTION public.vuokra_log_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    key_column text := CASE WHEN TG_NARGS > 2 THEN TG_ARGV[2] ELSE 'id' END;
    subject text := CASE WHEN TG_ARGV[0] = '' THEN 'NULL::bigint'
                         ELSE format('r.%I', TG_ARGV[0]) END;
    rows_of text := CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END;
    sources text;
    changed text;
BEGIN
    IF current_setting('vuokra.bulk', true) IS DISTINCT FROM 'on' THEN
        EXECUTE format(
            'INSERT INTO public.vuokra_access_rowchange
                 (access_id, actor, table_name, row_id, operation, subject)
             SELECT $1, $2, $3, r.%I, $4, %s FROM %I r ORDER BY 4',
            key_column, subject, rows_of)
        USING current_setting('vuokra.access_id')::uuid, current_setting('vuokra.actor'),
            TG_TABLE_NAME::text, left(TG_OP, 1);
        RETURN NULL;
    END IF;
    CASE TG_OP
        WHEN 'INSERT' THEN
            sources := 'new_rows r';
            changed := 'NULL::jsonb, to_jsonb(r)';
        WHEN 'DELETE' THEN
            sources := 'old_rows r';
            changed := 'to_jsonb(r), NULL::jsonb';
        ELSE
            sources := format('new_rows r LEFT JOIN old_rows o ON o.%1$I = r.%1$I', key_column);
            changed := 'to_jsonb(o), to_jsonb(r)';
    END CASE;
    EXECUTE format(
        'WITH changed AS MATERIALIZED (
             SELECT r.%I AS row_id, %s AS subject, uuid_send(gen_random_uuid()) AS salt,
                    public.vuokra_log_diff(%s, $5) AS body
             FROM %s),
         kept AS (
             INSERT INTO public.vuokra_access_payload (digest, salt, body, subject)
             SELECT sha256(salt || convert_to(body, ''UTF8'')), salt, body, subject FROM changed)
         INSERT INTO public.vuokra_access_rowchange
             (access_id, actor, table_name, row_id, operation, subject, bulk, payload_digest)
         SELECT $1, $2, $3, row_id, $4, subject, true, sha256(salt || convert_to(body, ''UTF8''))
         FROM changed ORDER BY row_id',
        key_column, subject, changed, sources)
    USING current_setting('vuokra.access_id')::uuid, current_setting('vuokra.actor'),
        TG_TABLE_NAME::text, left(TG_OP, 1), string_to_array(TG_ARGV[1], ',');
    RETURN NULL;
END $$;

-- Makes the monthly partitions from this month to "months" ahead and tells what it did. Safe to
-- call at any time: what exists is left alone, a busy table is tried again the next night, and a
-- month that already has rows in the default partition stays there.
CREATE FUNCTION public.vuokra_log_partitions(months integer DEFAULT 12)
RETURNS TABLE (partition text, state text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '3s' SET timezone = 'UTC' AS $$
DECLARE
    parent text;
    first_day timestamptz;
BEGIN
    IF months NOT BETWEEN 0 AND 36 THEN
        RAISE EXCEPTION 'months must be between 0 and 36' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOREACH parent IN ARRAY
        ARRAY['vuokra_access_event', 'vuokra_access_change', 'vuokra_access_rowchange']
    LOOP
        FOR ahead IN 0..months LOOP
            first_day := date_trunc('month', now()) + make_interval(months => ahead);
            partition := parent || to_char(first_day, '_YYYY_MM');
            CONTINUE WHEN to_regclass('public.' || partition) IS NOT NULL;
            BEGIN
                EXECUTE format(
                    'CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                    partition, parent, first_day, first_day + interval '1 month');
                PERFORM public.vuokra_log_close(('public.' || quote_ident(partition))::regclass);
                state := 'created';
            EXCEPTION
                WHEN check_violation THEN state := 'rows in default';
                WHEN lock_not_available THEN state := 'busy';
            END;
            RETURN NEXT;
        END LOOP;
    END LOOP;
END $$;

-- A partition is reached through its parent alone: no rights, row-level security without a policy.
CREATE FUNCTION public.vuokra_log_close(partition regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM public.vuokra_log_protect(partition, true);
    EXECUTE format('REVOKE ALL ON TABLE %s FROM PUBLIC, vuokra_app, vuokra_sealer,
        vuokra_auditor, vuokra_retention', partition);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
END $$;

REVOKE ALL ON FUNCTION public.vuokra_log_protect(regclass, boolean),
    public.vuokra_log_close(regclass), public.vuokra_log_partitions(integer)
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION public.vuokra_log_partitions(integer) TO vuokra_app;
