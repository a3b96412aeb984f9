"""When a legal hold was last found needed (data-protection 5.3, RT13)."""

from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

MARK = "registry_persons_mark"
BEFORE = [
    "ground", "id", "kind", "matter", "person_id", "recorded_at", "set_by_id", "source", "told_on",
    "valid_from", "valid_to",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0014_neighbours")]

    operations = [
        migrations.AddField(
            model_name="mark",
            name="reviewed_on",
            field=models.DateField(blank=True, null=True, verbose_name="tarkistettu"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__isnull", True),
                    models.Q(("kind", "legal_hold"), ("reviewed_on__gte", models.F("valid_from"))),
                    _connector="OR",
                ),
                name="persons_mark_reviewed",
                violation_error_message="Säilytyspito ei ole vielä alkanut.",
            ),
        ),
        migrations.RunSQL(unprotect_sql(MARK), ProtectTable(MARK, "person_id", BEFORE).sql),
        ProtectTable(MARK, subject="person_id", loggable=[*BEFORE, "reviewed_on"]),
    ]
