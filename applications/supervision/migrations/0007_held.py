"""A hold from deletion lasts as long as a complaint about the household is open."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_hold ON public.registry_persons_mark;
DROP FUNCTION public.applications_supervision_guard_hold();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_supervision", "0006_reports"),
        ("registry_persons", "0015_hold_reviewed"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
