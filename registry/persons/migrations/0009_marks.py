"""Marks of people: death, restriction of processing, legal hold; behind the net."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    dependencies = [
        ("registry_persons", "0008_external_ids"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mark",
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
                            ("deceased", "Kuollut"),
                            ("restriction", "Käsittelyä rajoitettu"),
                            ("legal_hold", "Säilytyspito"),
                        ],
                        max_length=12,
                        verbose_name="merkintä",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("18-1-a", "Tietojen oikeellisuus on kiistetty"),
                            (
                                "18-1-b",
                                "Käsittely on lainvastaista, mutta henkilö vastustaa poistoa",
                            ),
                            ("18-1-c", "Henkilö tarvitsee tietoja oikeusvaateeseen"),
                            ("18-1-d", "Vastustamispyyntö on ratkaisematta"),
                            ("dispute", "Riita, perintä tai oikeudenkäynti"),
                            ("supervision", "Viranomaisen valvonta-asia tai valitus"),
                            ("request", "Rekisteröidyn pyyntö on kesken"),
                        ],
                        max_length=12,
                        verbose_name="peruste",
                    ),
                ),
                (
                    "matter",
                    models.CharField(blank=True, max_length=60, verbose_name="asian numero"),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SRC-HAK", "Asuntohakemus"),
                            ("SRC-SOP", "Vuokrasopimus"),
                            ("SRC-ASIAKAS", "Asiakas itse"),
                            ("SRC-TAPAHT", "Vuokrasuhteen tapahtuma"),
                            ("SRC-DVV", "Digi- ja väestötietovirasto"),
                            ("SRC-ASTI", "Luottotietorekisteri"),
                            ("SRC-MUU", "Muu viranomainen tai yritys"),
                        ],
                        max_length=12,
                        verbose_name="lähde",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
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
            ],
            options={
                "verbose_name": "merkintä",
                "verbose_name_plural": "merkinnät",
                "ordering": ("kind", "-valid_from", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="registry_persons_mark_dates",
                        violation_error_message="Päättymispäivä on ennen alkamispäivää.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ground", ""),
                                ("kind", "deceased"),
                                (
                                    "source__in",
                                    [
                                        "SRC-HAK",
                                        "SRC-SOP",
                                        "SRC-ASIAKAS",
                                        "SRC-TAPAHT",
                                        "SRC-DVV",
                                        "SRC-ASTI",
                                        "SRC-MUU",
                                    ],
                                ),
                                ("valid_to__isnull", True),
                            ),
                            models.Q(
                                ("ground__in", ("18-1-a", "18-1-b", "18-1-c", "18-1-d")),
                                ("kind", "restriction"),
                                ("source", ""),
                            ),
                            models.Q(
                                ("ground__in", ("dispute", "supervision", "request")),
                                ("kind", "legal_hold"),
                                ("source", ""),
                            ),
                            _connector="OR",
                        ),
                        name="persons_mark_whole",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
                            ("kind", "="),
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
                        name="persons_mark_once",
                        violation_error_message="Henkilöllä on jo sama merkintä samalta ajalta.",
                    ),
                ],
            },
        ),
        ProtectTable(
            "registry_persons_mark",
            subject="person_id",
            loggable=[
                "ground",
                "id",
                "kind",
                "matter",
                "person_id",
                "recorded_at",
                "set_by_id",
                "source",
                "valid_from",
                "valid_to",
            ],
        ),
    ]
