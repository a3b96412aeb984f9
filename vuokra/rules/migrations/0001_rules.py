"""Dated rows of rules, and holidays."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("vuokra_accounts", "0002_guards"),  # btree_gist
    ]

    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="päivä")),
                ("name_fi", models.CharField(max_length=60, verbose_name="nimi")),
                ("name_en", models.CharField(max_length=60, verbose_name="nimi englanniksi")),
                (
                    "rolls",
                    models.BooleanField(
                        default=True,
                        help_text="Päivään osuva määräaika siirtyy seuraavaan arkipäivään.",
                        verbose_name="siirtää määräaikaa",
                    ),
                ),
            ],
            options={
                "verbose_name": "pyhäpäivä",
                "verbose_name_plural": "pyhäpäivät",
                "db_table": "vuokra_rules_holiday",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=80, verbose_name="tunnus")),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="versio"
                    ),
                ),
                ("kind", models.CharField(editable=False, max_length=8)),
                ("value", models.CharField(max_length=1000, verbose_name="arvo")),
                ("valid_from", models.DateField(verbose_name="voimassa alkaen")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="voimassa asti"),
                ),
                ("source", models.CharField(max_length=300, verbose_name="lähde")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="huomautus")),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("V", "tarkistettu lähteestä"),
                            ("K", "yleistietoa, ei tarkistettu"),
                            ("C", "yhtiön valittavissa"),
                        ],
                        editable=False,
                        max_length=1,
                    ),
                ),
                ("seeded", models.BooleanField(default=False, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="kirjattu",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="vahvistettu"),
                ),
                (
                    "used_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="käytetty ensi kerran"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="peruttu"),
                ),
            ],
            options={
                "verbose_name": "sääntö",
                "verbose_name_plural": "säännöt",
                "db_table": "vuokra_rules_version",
                "ordering": ["key", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "version"), name="vuokra_rules_version_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z_]+(\\.[\\w-]+)+$")),
                        name="vuokra_rules_version_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="vuokra_rules_version_period",
                        violation_error_message="Päättymispäivä on ennen alkamispäivää.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "integer"), ("value__regex", "^-?[0-9]{1,9}$")),
                            models.Q(
                                ("kind", "decimal"),
                                ("value__regex", "^-?[0-9]{1,12}(\\.[0-9]{1,8})?$"),
                            ),
                            models.Q(
                                ("kind", "date"), ("value__regex", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
                            ),
                            models.Q(("kind", "boolean"), ("value__in", ["true", "false"])),
                            models.Q(
                                ("kind__in", ["text", "choice"]),
                                models.Q(("value", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="vuokra_rules_version_value",
                        violation_error_message="Arvo ei ole säännön lajin mukainen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence__in", ["", "V", "K", "C"])),
                        name="vuokra_rules_version_evidence",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[
                            ("key", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("valid_until"), models.F("valid_from")
                                    ),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="vuokra_rules_version_no_overlap",
                        violation_error_message="Säännöllä on jo samasta päivästä alkava tai samaan aikaan voimassa oleva rivi.",
                    ),
                ],
            },
        ),
    ]
