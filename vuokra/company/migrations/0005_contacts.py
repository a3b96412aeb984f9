"""Contacts that the company publishes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vuokra_company", "0004_limits_range"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "Toimisto"),
                            ("maintenance", "Kiinteistöhuolto"),
                            ("on_call", "Päivystys"),
                            ("doors", "Ovenavaukset"),
                            ("other", "Muu yhteystieto"),
                        ],
                        max_length=12,
                        verbose_name="Laji",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="Nimi")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="Puhelin")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="Sähköposti")),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        help_text="Esimerkiksi: arkisin klo 15.30–7.00 ja viikonloput, vain kiireelliset viat.",
                        max_length=300,
                        verbose_name="Milloin ja miten",
                    ),
                ),
                (
                    "hours_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="Milloin ja miten, englanniksi"
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="vuokra_company.company",
                    ),
                ),
            ],
            options={
                "verbose_name": "julkinen yhteystieto",
                "verbose_name_plural": "julkiset yhteystiedot",
                "db_table": "vuokra_company_contact",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["office", "maintenance", "on_call", "doors", "other"])
                        ),
                        name="vuokra_company_contact_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), ("phone", ""), _negated=True),
                        name="vuokra_company_contact_reaches",
                        violation_error_message="Kirjoita puhelin tai sähköposti.",
                    ),
                ],
            },
        ),
    ]
