-- Triggers, row-level security and rights of the log tables.

CREATE TABLE public.vuokra_access_event_rest PARTITION OF public.vuokra_access_event DEFAULT;
CREATE TABLE public.vuokra_access_change_rest PARTITION OF public.vuokra_access_change DEFAULT;
CREATE TABLE public.vuokra_access_rowchange_rest PARTITION OF public.vuokra_access_rowchange DEFAULT;

SELECT public.vuokra_log_protect(relation::regclass, false) FROM unnest(ARRAY[
    'public.vuokra_access_event', 'public.vuokra_access_change', 'public.vuokra_access_rowchange',
    'public.vuokra_access_seal']) AS relation;
SELECT public.vuokra_log_close(relation::regclass) FROM unnest(ARRAY[
    'public.vuokra_access_event_rest', 'public.vuokra_access_change_rest',
    'public.vuokra_access_rowchange_rest']) AS relation;
SELECT public.vuokra_log_partitions(12);

DO $$
DECLARE
    log_table text;
BEGIN
    FOREACH log_table IN ARRAY
        ARRAY['vuokra_access_event', 'vuokra_access_change', 'vuokra_access_rowchange']
    LOOP
        EXECUTE format('CREATE TRIGGER vuokra_queue AFTER INSERT ON public.%I
            REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION public.vuokra_log_queue()', log_table);
        EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER vuokra_queue', log_table);
    END LOOP;
    FOREACH log_table IN ARRAY ARRAY['vuokra_access_event', 'vuokra_access_change',
        'vuokra_access_rowchange', 'vuokra_access_payload']
    LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY,
            FORCE ROW LEVEL SECURITY', log_table);
        EXECUTE format('CREATE POLICY vuokra_read ON public.%I FOR SELECT
            TO vuokra_app, vuokra_owner USING ((SELECT public.vuokra_context_open()))', log_table);
        EXECUTE format('CREATE POLICY vuokra_check ON public.%I FOR SELECT
            TO vuokra_sealer, vuokra_auditor, vuokra_retention USING (true)', log_table);
        EXECUTE format('CREATE POLICY vuokra_write ON public.%I FOR INSERT
            WITH CHECK (true)', log_table);
    END LOOP;
END $$;

CREATE TRIGGER vuokra_no_change BEFORE UPDATE ON public.vuokra_access_payload
    FOR EACH ROW EXECUTE FUNCTION public.vuokra_log_refuse();
CREATE TRIGGER vuokra_no_erasure BEFORE DELETE ON public.vuokra_access_payload
    FOR EACH ROW EXECUTE FUNCTION public.vuokra_log_refuse_erasure();
CREATE TRIGGER vuokra_no_truncate BEFORE TRUNCATE ON public.vuokra_access_payload
    FOR EACH STATEMENT EXECUTE FUNCTION public.vuokra_log_refuse();
ALTER TABLE public.vuokra_access_payload ENABLE ALWAYS TRIGGER vuokra_no_change;
ALTER TABLE public.vuokra_access_payload ENABLE ALWAYS TRIGGER vuokra_no_erasure;
ALTER TABLE public.vuokra_access_payload ENABLE ALWAYS TRIGGER vuokra_no_truncate;
CREATE POLICY vuokra_erase ON public.vuokra_access_payload FOR DELETE TO vuokra_retention USING (true);

REVOKE ALL ON public.vuokra_access_event, public.vuokra_access_change,
    public.vuokra_access_rowchange, public.vuokra_access_payload, public.vuokra_access_seal_queue,
    public.vuokra_access_seal
    FROM PUBLIC, vuokra_app, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT SELECT, INSERT ON public.vuokra_access_event, public.vuokra_access_change,
    public.vuokra_access_payload TO vuokra_app, vuokra_retention;
GRANT SELECT ON public.vuokra_access_rowchange, public.vuokra_access_seal
    TO vuokra_app, vuokra_retention;
GRANT SELECT ON public.vuokra_access_seal_queue TO vuokra_app, vuokra_auditor;
GRANT DELETE ON public.vuokra_access_payload TO vuokra_retention;
GRANT SELECT ON public.vuokra_access_event, public.vuokra_access_change,
    public.vuokra_access_rowchange, public.vuokra_access_seal TO vuokra_sealer, vuokra_auditor;
GRANT SELECT ON public.vuokra_access_payload TO vuokra_auditor;
GRANT INSERT ON public.vuokra_access_seal TO vuokra_sealer;
GRANT SELECT, DELETE ON public.vuokra_access_seal_queue TO vuokra_sealer;
