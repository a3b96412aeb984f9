"""A choice is of the day on which it is made."""

from pathlib import Path

from django.db import migrations

BACK = """
DROP TRIGGER guard_day ON public.applications_selection_decision;
DROP FUNCTION public.applications_selection_guard_day();
"""


class Migration(migrations.Migration):
    dependencies = [("applications_selection", "0008_written")]
    operations = [
        migrations.RunSQL(Path(__file__).with_name("0009_own_day.sql").read_text("utf-8"), BACK)
    ]
