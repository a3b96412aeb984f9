"""The last day of a copy, what was printed, and the rule that stopped the collecting."""

from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

COPY = "registry_copies_copy"
BEFORE = [
    "approved_at", "approved_by_id", "approved_digest", "collected_at", "digest", "id", "kind",
    "language", "last_row", "names_by_id", "ordered_at", "ordered_by_id", "package_digest",
    "packed_at", "packed_by_id", "person_id", "reference", "row_count", "state", "texts", "uuid",
]  # fmt: skip
ADDED = ["destroy_on", "fault", "printed_at", "printed_digest"]


class Migration(migrations.Migration):
    dependencies = [
        ("registry_copies", "0002_approval"),
        ("registry_persons", "0014_neighbours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="copy",
            name="copies_copy_state",
        ),
        migrations.AddField(
            model_name="copy",
            name="destroy_on",
            field=models.DateField(blank=True, null=True, verbose_name="hävitetään viimeistään"),
        ),
        migrations.AddField(
            model_name="copy",
            name="fault",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="copy",
            name="printed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="tulostettu"),
        ),
        migrations.AddField(
            model_name="copy",
            name="printed_digest",
            field=models.CharField(blank=True, max_length=64, verbose_name="tulosteen tiiviste"),
        ),
        migrations.AlterField(
            model_name="copy",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Kootaan"),
                    ("review", "Tarkistettavana"),
                    ("packed", "Paketti valmis"),
                    ("failed", "Kokoaminen keskeytyi"),
                    ("discarded", "Hylätty"),
                    ("destroyed", "Hävitetty"),
                ],
                default="queued",
                max_length=10,
                verbose_name="vaihe",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("collected_at", None),
                        ("content", ""),
                        ("digest", ""),
                        ("state__in", ["queued", "failed"]),
                    ),
                    models.Q(("content", ""), ("package", ""), ("state", "discarded")),
                    models.Q(
                        ("collected_at__isnull", False),
                        ("content", ""),
                        ("package", ""),
                        ("state", "destroyed"),
                    ),
                    models.Q(
                        ("collected_at__isnull", False),
                        ("state__in", ["review", "packed"]),
                        models.Q(("content", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="copies_copy_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="copy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("packed_by", None), ("printed_digest", "")),
                    ("approved_by__isnull", False),
                    _connector="OR",
                ),
                name="copies_copy_leaves_approved",
            ),
        ),
        migrations.RunSQL(unprotect_sql(COPY), ProtectTable(COPY, "person_id", BEFORE).sql),
        ProtectTable(COPY, subject="person_id", loggable=[*BEFORE, *ADDED]),
    ]
