"""The day on which a person was told that a restriction ends comes before its end."""

from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

MARK = "registry_persons_mark"
BEFORE = [
    "ground", "id", "kind", "matter", "person_id", "recorded_at", "set_by_id", "source",
    "valid_from", "valid_to",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("registry_persons", "0012_named_by_another"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="mark",
            name="told_on",
            field=models.DateField(blank=True, null=True, verbose_name="päättymisestä kerrottu"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "restriction"), _negated=True),
                    models.Q(("told_on__isnull", True), ("valid_to__isnull", True)),
                    models.Q(("told_on__isnull", False), ("told_on__lte", models.F("valid_to"))),
                    _connector="OR",
                ),
                name="persons_mark_end_told",
                violation_error_message="Kerro henkilölle ennen kuin rajoitus päättyy (18 artikla 3).",
            ),
        ),
        migrations.RunSQL(unprotect_sql(MARK), ProtectTable(MARK, "person_id", BEFORE).sql),
        ProtectTable(MARK, subject="person_id", loggable=[*BEFORE, "told_on"]),
    ]
