"""Runs of imports, their reports and how far they are."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vuokra.crypto.files


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("actor", models.CharField(max_length=100)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("P1", "Hakemuksen käsittely"),
                            ("P2", "Asukasvalinta"),
                            ("P3", "Asiakkuuden ja vuokrasuhteen hoito"),
                            ("P4", "Vuokrareskontra"),
                            ("P5", "Perintä"),
                            ("P6", "Kunnossapito"),
                            ("P7", "Vuokrasuhteen päättäminen"),
                            ("P8", "Vuokranmääritys"),
                            ("P9", "Asumisen tuki"),
                            ("P10", "Asiakaskyselyt"),
                            ("P11", "Asumista koskeva tiedottaminen"),
                            ("P12", "Markkinointi"),
                            ("P13", "Konsernin kehittäminen"),
                            ("P14", "Rekisteröidyn oikeudet"),
                            ("P15", "Rekisterin suojaus ja käytönvalvonta"),
                        ],
                        max_length=3,
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Tarkistetaan"),
                            ("refused", "Korjattavaa"),
                            ("ready", "Odottaa tuontia"),
                            ("importing", "Tuodaan"),
                            ("done", "Tuotu"),
                            ("failed", "Keskeytyi"),
                            ("discarded", "Hylätty"),
                        ],
                        default="checking",
                        max_length=10,
                        verbose_name="vaihe",
                    ),
                ),
                (
                    "file",
                    vuokra.crypto.files.EncryptedFileField(
                        blank=True, own_key=False, subject="", verbose_name="tiedosto"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="tiedoston tiiviste")),
                ("size", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="aloitettu")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rivejä")),
                ("new", models.PositiveIntegerField(default=0, verbose_name="uusia")),
                ("known", models.PositiveIntegerField(default=0, verbose_name="jo rekisterissä")),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="virheitä")),
                ("warnings", models.PositiveIntegerField(default=0, verbose_name="huomautuksia")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tuonti",
                "verbose_name_plural": "tuonnit",
                "db_table": "vuokra_imports_run",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="progress",
                        serialize=False,
                        to="vuokra_imports.importrun",
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=10)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "eteneminen",
                "verbose_name_plural": "etenemiset",
                "db_table": "vuokra_imports_progress",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("column", models.CharField(blank=True, max_length=60)),
                ("text", models.CharField(max_length=400)),
                ("warning", models.BooleanField(default=False)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="vuokra_imports.importrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "havainto",
                "verbose_name_plural": "havainnot",
                "db_table": "vuokra_imports_finding",
                "ordering": ["warning", "row", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "checking",
                            "refused",
                            "ready",
                            "importing",
                            "done",
                            "failed",
                            "discarded",
                        ],
                    )
                ),
                name="vuokra_imports_run_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        [
                            "P1",
                            "P2",
                            "P3",
                            "P4",
                            "P5",
                            "P6",
                            "P7",
                            "P8",
                            "P9",
                            "P10",
                            "P11",
                            "P12",
                            "P13",
                            "P14",
                            "P15",
                        ],
                    )
                ),
                name="vuokra_imports_run_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                name="vuokra_imports_run_digest_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["ready", "importing", "done"]), _negated=True),
                    ("errors", 0),
                    _connector="OR",
                ),
                name="vuokra_imports_run_errors_import_nothing",
            ),
        ),
    ]
