"""A duty has an end that can be seen, and nobody puts himself on call on the day itself."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import F

FORWARD = """
CREATE FUNCTION public.registry_watch_guard_own_duty() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF coalesce(current_setting('vuokra.actor', true), '') = 'user:' || NEW.staff_id
        AND (NEW.starts_at AT TIME ZONE 'Europe/Helsinki')::date
            <= (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date THEN
        RAISE EXCEPTION 'one''s own duty of the day is entered by another'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'watch_duty_own';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_own_duty BEFORE INSERT ON public.registry_watch_duty
    FOR EACH ROW EXECUTE FUNCTION public.registry_watch_guard_own_duty();
ALTER TABLE public.registry_watch_duty ENABLE ALWAYS TRIGGER guard_own_duty;
"""
BACKWARD = "DROP FUNCTION public.registry_watch_guard_own_duty() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("registry_watch", "0005_ended")]

    operations = [
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                name="watch_duty_length",
                condition=models.Q(ends_at__lte=F("starts_at") + timedelta(days=14)),
                violation_error_message=(
                    "Vuoro kestää enintään 14 päivää. Kirjaa pitempi aika usealla vuorolla."
                ),
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
