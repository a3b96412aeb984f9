"""Days on which places are let, apart from to whom; leases keep them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leases_homes", "0002_protected")]

    operations = [
        migrations.CreateModel(
            name="PlaceOccupancy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="alkaen")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="asti")),
                ("lease", models.BigIntegerField(db_index=True, verbose_name="sopimus")),
                ("component", models.BigIntegerField(unique=True, verbose_name="vuokran osa")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occupancies",
                        to="leases_homes.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "paikan vuokrausaika",
                "verbose_name_plural": "paikkojen vuokrausajat",
                "ordering": ("-valid_from", "-id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="leases_homes_placeoccupancy_days",
                        violation_error_code="valid_to",
                        violation_error_message="Viimeinen päivä on ennen ensimmäistä.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("place", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="homes_place_let_once",
                        violation_error_message="Paikka on jo vuokrattu samaksi ajaksi.",
                    ),
                ],
            },
        ),
    ]
