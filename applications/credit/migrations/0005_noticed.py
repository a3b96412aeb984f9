"""The day on which somebody was told that credit data were used against him."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Q

from vuokra.db.protect import ProtectTable, unprotect_sql

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
_before = Path(__file__).with_name("0002_guards.sql").read_text("utf-8")
BACKWARD = _before[: _before.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
"""The guard as it was; its trigger stays."""
TABLE = "applications_credit_creditcheck"
LOGGED = [
    "asked_on", "assessed_at", "assessed_by_id", "decision_id", "id", "lease_id", "made_at",
    "made_by_id", "measure", "person_id", "reason", "register", "result", "told_on", "uuid",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("applications_credit", "0004_person_stays")]

    operations = [
        migrations.RunSQL(unprotect_sql(TABLE), ProtectTable(TABLE, "person_id", LOGGED).sql),
        migrations.AddField(
            model_name="creditcheck",
            name="noticed_on",
            field=models.DateField(editable=False, null=True, verbose_name="ilmoitettu henkilölle"),
        ),
        migrations.AddConstraint(
            model_name="creditcheck",
            constraint=models.CheckConstraint(
                condition=Q(noticed_on__isnull=True)
                | Q(
                    noticed_on__gte=F("asked_on"),
                    measure__in=["deposit", "guarantor", "commitment", "refused"],
                ),
                name="credit_check_noticed",
                violation_error_code="on",
                violation_error_message="Ilmoitus annetaan tietojen kysymisen jälkeen.",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(TABLE, subject="person_id", loggable=[*LOGGED, "noticed_on"]),
    ]
