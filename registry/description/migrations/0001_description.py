"""Published versions of the register description."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("vuokra_company", "0005_contacts"),
    ]

    operations = [
        migrations.CreateModel(
            name="DescriptionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        default=0, editable=False, unique=True, verbose_name="numero"
                    ),
                ),
                ("content", models.JSONField(verbose_name="sisältö")),
                ("digest", models.CharField(max_length=64, verbose_name="tiiviste")),
                (
                    "published_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="julkaistu",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vuokra_company.noticeversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "rekisteriselosteen versio",
                "verbose_name_plural": "rekisteriselosteen versiot",
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="registry_description_digest",
                    )
                ],
            },
        ),
    ]
