"""A choice of somebody who died or is restricted comes to nothing before its offer."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER selection_lapse ON public.registry_persons_mark;
DROP FUNCTION public.applications_selection_lapse_marked();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0014_group_denied"),
        ("registry_persons", "0015_hold_reviewed"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
