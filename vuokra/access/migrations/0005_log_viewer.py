"""Filters, pages by key and indexes of the log viewer."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_name("0005_log_viewer.sql").read_text("utf-8")
BEFORE = Path(__file__).with_name("0003_event_views.sql").read_text("utf-8")
SIGNATURE = (
    "public.vuokra_access_events(bigint, bigint, timestamptz, text[], text[], integer, integer)"
)
BACKWARD = (
    """
DROP FUNCTION public.vuokra_access_events(
    bigint, bigint, timestamptz, timestamptz, text[], boolean, text, boolean, bigint,
    timestamptz, bigint, boolean, integer);
DROP INDEX public.access_event_action;
DROP INDEX public.access_event_roles;
DROP INDEX public.access_event_denied;
DROP INDEX public.access_event_alarm;
"""
    + BEFORE[BEFORE.index("CREATE FUNCTION public.vuokra_access_events(") :].partition(
        "\n\n-- How"
    )[0]
    + f"""
REVOKE ALL ON FUNCTION {SIGNATURE}
    FROM PUBLIC, vuokra_sealer, vuokra_auditor, vuokra_retention;
GRANT EXECUTE ON FUNCTION {SIGNATURE} TO vuokra_app;
"""
)


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0004_payload_owner")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
