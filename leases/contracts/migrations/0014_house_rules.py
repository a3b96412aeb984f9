"""House rules of the company by version; the first is what the annex has said so far."""

from pathlib import Path

from django.db import migrations, models

BACKWARD = """
DROP TRIGGER keep ON public.leases_contracts_houserules;
DROP FUNCTION public.leases_contracts_keep_house_rules();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0013_premises"),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(unique=True, verbose_name="Voimassa alkaen")),
                (
                    "finnish",
                    models.TextField(
                        help_text="Otsikkorivin alussa on #. Kappaleiden välissä on tyhjä rivi.",
                        max_length=10000,
                        verbose_name="Teksti suomeksi",
                    ),
                ),
                (
                    "english",
                    models.TextField(
                        help_text="Otsikkorivin alussa on #. Kappaleiden välissä on tyhjä rivi.",
                        max_length=10000,
                        verbose_name="Teksti englanniksi",
                    ),
                ),
            ],
            options={
                "verbose_name": "järjestyssääntöjen versio",
                "verbose_name_plural": "järjestyssääntöjen versiot",
                "ordering": ("-valid_from",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("english__regex", "\\S"), ("finnish__regex", "\\S")),
                        name="contracts_house_rules_text",
                    )
                ],
            },
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
