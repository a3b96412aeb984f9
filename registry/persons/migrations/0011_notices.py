"""Notices given to people, and whom to inform; behind the net."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable


class Migration(migrations.Migration):
    dependencies = [
        ("registry_persons", "0010_lists"),
        ("vuokra_company", "0003_notice_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeDuty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
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
                        verbose_name="mistä tiedot on saatu",
                    ),
                ),
                ("arisen_on", models.DateField(verbose_name="tiedot saatu")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_duty",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "informointivelvollisuus",
                "verbose_name_plural": "informointivelvollisuudet",
                "indexes": [models.Index(fields=["arisen_on"], name="persons_duty_arisen")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
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
                            models.Q(("source", "SRC-ASIAKAS"), _negated=True),
                        ),
                        name="persons_duty_source",
                        violation_error_message="Valitse muu lähde kuin asiakas itse.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeGiven",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_on", models.DateField(verbose_name="annettu")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("form", "Hakemuksen tai sopimuksen yhteydessä"),
                            ("visit", "Käynnillä"),
                            ("letter", "Kirjeellä"),
                            ("email", "Sähköpostilla"),
                            ("phone", "Puhelimessa"),
                        ],
                        max_length=8,
                        verbose_name="tapa",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vuokra_company.noticeversion",
                        verbose_name="versio",
                    ),
                ),
            ],
            options={
                "verbose_name": "informointi",
                "verbose_name_plural": "informoinnit",
                "ordering": ("-given_on", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "version", "given_on"),
                        name="persons_notice_once",
                        violation_error_message="Sama informointi on jo kirjattu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["form", "visit", "letter", "email", "phone"])
                        ),
                        name="persons_notice_channel",
                    ),
                ],
            },
        ),
        ProtectTable(
            "registry_persons_noticegiven",
            subject="person_id",
            loggable=[
                "channel",
                "given_by_id",
                "given_on",
                "id",
                "person_id",
                "recorded_at",
                "version_id",
            ],
        ),
        ProtectTable(
            "registry_persons_noticeduty",
            subject="person_id",
            loggable=["arisen_on", "id", "person_id", "recorded_at", "source"],
        ),
    ]
