"""How fast somebody opens what concerns people (DP-A9)."""

from pathlib import Path

from django.db import migrations

BACKWARD = """
DROP FUNCTION public.vuokra_access_revealed(bigint, timestamptz, jsonb);
DROP FUNCTION public.vuokra_access_pace(bigint, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0006_change_views")]
    operations = [
        migrations.RunSQL(Path(__file__).with_name("0007_pace.sql").read_text("utf-8"), BACKWARD),
    ]
