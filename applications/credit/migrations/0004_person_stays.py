"""A check is of the person it was made of, and begins unweighed."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_begun ON public.applications_credit_creditcheck;
DROP TRIGGER check_person ON public.applications_credit_creditcheck;
DROP FUNCTION public.applications_credit_guard_begun();
DROP FUNCTION public.applications_credit_check_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_credit", "0003_at_hand"),
        ("registry_duplicates", "0001_duplicates"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
