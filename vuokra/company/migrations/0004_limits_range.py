"""A wider range of the limits of looking."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vuokra_company", "0003_notice_versions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="limits",
            name="vuokra_company_limits_sensible",
        ),
        migrations.AddConstraint(
            model_name="limits",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cards_per_hour__range", (1, 30000)), ("reveals_per_day__range", (1, 30000))
                ),
                name="vuokra_company_limits_sensible",
                violation_error_message="Rajan pitää olla 1–30000.",
            ),
        ),
    ]
