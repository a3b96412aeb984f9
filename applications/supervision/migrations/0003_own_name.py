"""Complaints are handled in one's own name, by nobody near, in their order."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_name ON public.applications_supervision_complaint;
DROP FUNCTION public.applications_supervision_guard_name();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_supervision", "0002_guards"),
        ("applications_selection", "0006_own_name"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
