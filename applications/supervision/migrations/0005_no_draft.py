"""No complaint is of a draft."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_draft ON public.applications_supervision_complaint;
DROP FUNCTION public.applications_supervision_guard_draft();
"""


class Migration(migrations.Migration):
    dependencies = [("applications_supervision", "0004_refusals")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
