"""Nobody moves the application of somebody near, and nobody restricted loses a place, whoever writes.

Taken back, the guards are as they were before.
"""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_kept_place ON public.applications_selection_offer;
DROP TRIGGER guard_kept_place ON public.applications_selection_skip;
DROP FUNCTION public.applications_selection_guard_kept_place();
DROP TRIGGER check_near_state ON public.applications_intake_application;
DROP FUNCTION public.applications_selection_check_near_state();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0017_group_changed"),
        ("applications_intake", "0007_proof_of_group"),
        ("registry_persons", "0015_hold_reviewed"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
