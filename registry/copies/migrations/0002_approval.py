"""A second person approves a copy as it is; how many of its parts must be read is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from vuokra.db.protect import ProtectTable, unprotect_sql

COPY = "registry_copies_copy"
BEFORE = [
    "collected_at", "digest", "id", "kind", "language", "last_row", "names_by_id",
    "ordered_at", "ordered_by_id", "package_digest", "packed_at", "packed_by_id",
    "person_id", "reference", "row_count", "state", "uuid",
]  # fmt: skip
ADDED = ["approved_at", "approved_by_id", "approved_digest", "texts"]


class Migration(migrations.Migration):
    dependencies = [
        ("registry_copies", "0001_copies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "copy",
            "approved_at",
            models.DateTimeField(blank=True, null=True, verbose_name="hyväksytty"),
        ),
        migrations.AddField(
            "copy",
            "approved_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "copy",
            "approved_digest",
            models.CharField(blank=True, max_length=64, verbose_name="hyväksytyn tiiviste"),
        ),
        migrations.AddField(
            "copy",
            "texts",
            models.PositiveSmallIntegerField(default=0, verbose_name="luettavia osia"),
        ),
        migrations.AddConstraint(
            "copy",
            models.CheckConstraint(
                name="copies_copy_approved_by_another",
                condition=Q(approved_digest="", approved_at=None, approved_by=None)
                | Q(
                    approved_digest__regex=r"^[0-9a-f]{64}$",
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                )
                & (Q(ordered_by=None) | ~Q(approved_by=F("ordered_by"))),
                violation_error_message="Toisen henkilön on hyväksyttävä jäljennös.",
            ),
        ),
        migrations.RunSQL(unprotect_sql(COPY), ProtectTable(COPY, "person_id", BEFORE).sql),
        ProtectTable(COPY, subject="person_id", loggable=[*BEFORE, *ADDED]),
    ]
