"""Functions that answer who has looked at a person, and what somebody has looked at."""

from pathlib import Path

from django.db import migrations

BACKWARD = """
DROP FUNCTION public.vuokra_access_event_counts(bigint, bigint, timestamptz);
DROP FUNCTION public.vuokra_access_events(
    bigint, bigint, timestamptz, text[], text[], integer, integer);
DROP POLICY vuokra_functions ON public.vuokra_access_event;
DROP POLICY vuokra_read ON public.vuokra_access_event;
CREATE POLICY vuokra_read ON public.vuokra_access_event FOR SELECT
    TO vuokra_app, vuokra_owner USING ((SELECT public.vuokra_context_open()));
"""


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0002_admin_log")]
    operations = [
        migrations.RunSQL(
            Path(__file__).with_name("0003_event_views.sql").read_text("utf-8"), BACKWARD
        ),
    ]
