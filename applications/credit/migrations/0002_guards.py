"""Puts credit checks behind the net: for a case alone, weighed once."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_check ON public.applications_credit_creditcheck;
DROP FUNCTION public.applications_credit_guard_check();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_credit", "0001_credit"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(
            "applications_credit_creditcheck",
            subject="person_id",
            loggable=[
                "asked_on", "assessed_at", "assessed_by_id", "decision_id", "id", "lease_id",
                "made_at", "made_by_id", "measure", "person_id", "reason", "register", "result",
                "told_on", "uuid",
            ],
        ),
    ]  # fmt: skip
