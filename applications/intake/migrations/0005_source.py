"""The system that an application was brought in from, and its id there."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

from vuokra.db.protect import ProtectTable, unprotect_sql

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER keep_source ON public.applications_intake_application;
DROP FUNCTION public.applications_intake_keep_source();
"""
TABLE = "applications_intake_application"
LOGGED = [
    "assured_on", "channel", "complete_by", "end_reason", "ended_on", "id", "kind", "made_at",
    "made_by_id", "merged_into_id", "number", "received_on", "renewed_on", "rule_versions",
    "signed_on", "state", "subsidised", "valid_until",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("applications_intake", "0004_hidden")]

    operations = [
        migrations.RunSQL(unprotect_sql(TABLE), ProtectTable(TABLE, "", LOGGED).sql),
        migrations.AddField(
            model_name="application",
            name="source",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=40, verbose_name="järjestelmä"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="application",
            name="source_id",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=60,
                verbose_name="tunnus järjestelmässä",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=Q(source="", source_id="") | (~Q(source="") & ~Q(source_id="")),
                name="intake_application_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""),
                name="intake_application_once",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(TABLE, subject="", loggable=[*LOGGED, "source", "source_id"]),
    ]  # fmt: skip
