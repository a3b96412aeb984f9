"""A member of staff is on one duty at a time."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry_watch", "0003_wrong_sends"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="duty", name="watch_duty_once"),
        migrations.AddConstraint(
            model_name="duty",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("staff", "="),
                    (
                        models.Func(
                            models.F("starts_at"),
                            models.F("ends_at"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                index_type="GIST",
                name="watch_duty_once",
                violation_error_message="Päivystäjällä on jo vuoro samaan aikaan.",
            ),
        ),
    ]
