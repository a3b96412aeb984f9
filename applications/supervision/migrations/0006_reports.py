"""Reports of ended periods, made once."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.datetime
from django.db import migrations, models

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_report ON public.applications_supervision_report;
DROP FUNCTION public.applications_supervision_guard_report();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_supervision", "0005_no_draft"),
        ("applications_selection", "0006_own_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField(verbose_name="alkaen")),
                ("last", models.DateField(verbose_name="asti")),
                (
                    "step",
                    models.CharField(
                        choices=[("year", "year"), ("half", "half"), ("quarter", "quarter")],
                        max_length=7,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("told", models.JSONField()),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="tehty",
                    ),
                ),
            ],
            options={
                "verbose_name": "valvontaraportti",
                "verbose_name_plural": "valvontaraportit",
                "ordering": ("-first",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gt", models.F("first"))),
                        name="supervision_report_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["year", "half", "quarter"])),
                        name="supervision_report_known",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("first"),
                                    models.F("last"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            )
                        ],
                        name="supervision_report_one",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
