"""Ties of staff to persons, behind the net."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    dependencies = [
        ("registry_persons", "0005_search_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="voimassa alkaen")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="voimassa asti")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "Käyttäjän omat tiedot"),
                            ("household", "Samaa taloutta tai lähipiiriä"),
                            ("colleague", "Työtoveri"),
                            ("conflict", "Esteellinen päättämään"),
                        ],
                        max_length=12,
                        verbose_name="laji",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_links",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="käyttäjä",
                    ),
                ),
            ],
            options={
                "verbose_name": "sidonnaisuus",
                "verbose_name_plural": "sidonnaisuudet",
                "ordering": ("-valid_from", "id"),
                "abstract": False,
                "indexes": [models.Index(fields=["staff", "kind"], name="persons_link_staff")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="registry_persons_stafflink_dates",
                        violation_error_message="Päättymispäivä on ennen alkamispäivää.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["own", "household", "colleague", "conflict"])
                        ),
                        name="persons_link_kind_known",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
                            ("staff", "="),
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
                        name="persons_link_once",
                        violation_error_message="Käyttäjällä on jo sidonnaisuus tähän henkilöön samalta ajalta. Päätä se ensin.",
                    ),
                ],
            },
        ),
        ProtectTable(
            "registry_persons_stafflink",
            subject="person_id",
            loggable=[
                "id",
                "kind",
                "person_id",
                "recorded_at",
                "set_by_id",
                "staff_id",
                "valid_from",
                "valid_to",
            ],
        ),
    ]
