"""Puts complaints behind the net; what was recorded of one stays."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_complaint ON public.applications_supervision_complaint;
DROP FUNCTION public.applications_supervision_guard_complaint();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_supervision", "0001_supervision"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(
            "applications_supervision_complaint",
            subject="",
            loggable=[
                "about", "answer", "answer_by", "answered_on", "application_id", "authority",
                "authority_name", "authority_number", "decision_id", "id", "outcome",
                "outcome_on", "outcome_text", "received_on", "recorded_at", "recorded_by_id",
                "uuid",
            ],
        ),
    ]  # fmt: skip
