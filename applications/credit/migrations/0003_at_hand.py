"""Whoever writes: a check is made when an offer or a lease is coming, in one's own name; nobody is
passed over because of one that no person has weighed."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_skip_unweighed ON public.applications_selection_skip;
DROP FUNCTION public.applications_credit_guard_skip();
DROP TRIGGER guard_weighed ON public.applications_credit_creditcheck;
DROP TRIGGER guard_asked ON public.applications_credit_creditcheck;
DROP FUNCTION public.applications_credit_guard_case();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_credit", "0002_guards"),
        ("applications_selection", "0005_unsecured"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
