"""What was changed of a person, for those who may see the history."""

from pathlib import Path

from django.db import migrations

BACKWARD = "DROP FUNCTION public.vuokra_access_changes(bigint, integer, integer);"


class Migration(migrations.Migration):
    dependencies = [
        ("vuokra_access", "0005_log_viewer"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunSQL(
            Path(__file__).with_name("0006_change_views.sql").read_text("utf-8"), BACKWARD
        ),
    ]
