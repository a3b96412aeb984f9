"""That the user ended a break-glass before its time: it lends nothing more, and the review tells."""

import django.db.models.deletion
from django.db import migrations, models

import vuokra.access.clock
from vuokra.db.protect import ProtectTable

TABLE = "registry_watch_glassend"
FORWARD = """
CREATE TRIGGER keep_rows BEFORE UPDATE OR DELETE ON public.registry_watch_glassend
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_keep();
CREATE TRIGGER keep_table BEFORE TRUNCATE ON public.registry_watch_glassend
    FOR EACH STATEMENT EXECUTE FUNCTION public.registry_watch_keep();

-- Whoever opened it ends it, while it lasts; the time is the database's.
CREATE FUNCTION public.registry_watch_guard_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    actor text := coalesce(current_setting('vuokra.actor', true), '');
    glass public.registry_watch_breakglass;
BEGIN
    SELECT * INTO glass FROM public.registry_watch_breakglass g WHERE g.id = NEW.glass_id;
    IF actor LIKE 'user:%' AND actor <> 'user:' || glass.staff_id THEN
        RAISE EXCEPTION 'a break-glass is ended by whoever opened it'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.ended_at := clock_timestamp();
    IF glass.ends_at <= NEW.ended_at THEN
        RAISE EXCEPTION 'it is over already' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'watch_end_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_end BEFORE INSERT ON public.registry_watch_glassend
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_end();
ALTER TABLE public.registry_watch_glassend ENABLE ALWAYS TRIGGER keep_rows;
ALTER TABLE public.registry_watch_glassend ENABLE ALWAYS TRIGGER keep_table;
ALTER TABLE public.registry_watch_glassend ENABLE ALWAYS TRIGGER guard_end;

-- What was ended has nothing to approve any more.
CREATE FUNCTION public.registry_watch_guard_ended() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM public.registry_watch_glassend e WHERE e.glass_id = NEW.glass_id) THEN
        RAISE EXCEPTION 'there is nothing to approve any more' USING ERRCODE = 'check_violation',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'watch_approval_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_ended BEFORE INSERT ON public.registry_watch_glassapproval
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_ended();
ALTER TABLE public.registry_watch_glassapproval ENABLE ALWAYS TRIGGER guard_ended;
"""
BACKWARD = """
DROP FUNCTION public.registry_watch_guard_ended() CASCADE;
DROP FUNCTION public.registry_watch_guard_end() CASCADE;
DROP TRIGGER keep_rows ON public.registry_watch_glassend;
DROP TRIGGER keep_table ON public.registry_watch_glassend;
"""


class Migration(migrations.Migration):
    dependencies = [("registry_watch", "0004_one_duty_at_a_time")]

    operations = [
        migrations.CreateModel(
            name="GlassEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(), editable=False
                    ),
                ),
                (
                    "glass",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="registry_watch.breakglass",
                    ),
                ),
            ],
            options={
                "verbose_name": "hätäkatselun lopetus",
                "verbose_name_plural": "hätäkatselujen lopetukset",
            },
        ),
        ProtectTable(TABLE, subject="", loggable=["ended_at", "glass_id", "id"]),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
