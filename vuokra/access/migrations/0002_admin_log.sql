-- The log of the administrator's pages is as append-only as ours, and under the same seals.
SELECT public.vuokra_log_protect('public.django_admin_log'::regclass, false);
CREATE TRIGGER vuokra_queue AFTER INSERT ON public.django_admin_log
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.vuokra_log_queue_admin();
ALTER TABLE public.django_admin_log ENABLE ALWAYS TRIGGER vuokra_queue;
REVOKE UPDATE, DELETE, TRUNCATE ON public.django_admin_log FROM PUBLIC, vuokra_app;
GRANT SELECT, INSERT ON public.django_admin_log TO vuokra_app;
GRANT SELECT ON public.django_admin_log TO vuokra_sealer, vuokra_auditor, vuokra_retention;
