"""Flats as leases tell them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leases_homes", "0004_municipality"),
    ]

    operations = [
        migrations.CreateModel(
            name="Premises",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=110, verbose_name="osoite")),
                ("postal_code", models.CharField(max_length=5, verbose_name="postinumero")),
                ("town", models.CharField(max_length=80, verbose_name="postitoimipaikka")),
                ("rooms", models.PositiveSmallIntegerField(verbose_name="huoneita")),
                ("kitchen", models.CharField(max_length=5, verbose_name="keittiö")),
                ("sauna", models.BooleanField(verbose_name="sauna")),
                (
                    "area",
                    models.DecimalField(
                        decimal_places=1, max_digits=6, verbose_name="pinta-ala, m²"
                    ),
                ),
                ("keys", models.PositiveSmallIntegerField(verbose_name="avaimia")),
                (
                    "flat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="premises",
                        to="leases_homes.flat",
                    ),
                ),
            ],
            options={
                "verbose_name": "vuokrakohde",
                "verbose_name_plural": "vuokrakohteet",
                "ordering": ("flat", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "flat",
                            "address",
                            "postal_code",
                            "town",
                            "rooms",
                            "kitchen",
                            "sauna",
                            "area",
                            "keys",
                        ),
                        name="homes_premises_one",
                    )
                ],
            },
        ),
    ]
