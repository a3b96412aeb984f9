"""What of a chosen household may have changed: also whether it belongs to the special group."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications_selection", "0016_whom"),
    ]

    operations = [
        migrations.AlterField(
            model_name="offer",
            name="changed",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("heads", "ruokakunnan koko"),
                        ("income", "tulot"),
                        ("wealth", "varallisuus"),
                        ("need", "asunnontarve"),
                        ("residence", "oleskelun peruste"),
                        ("age", "hakijan ikä"),
                        ("group", "kuuluminen erityisryhmään"),
                    ],
                    max_length=9,
                ),
                default=list,
                editable=False,
                size=None,
                verbose_name="muuttunut valinnan jälkeen",
            ),
        ),
    ]
