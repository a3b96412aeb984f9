"""Corrections that another must approve; an export for an authority has its law."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

EXPORT = "registry_disclosures_exportrequest"
BEFORE = [
    "asked_at", "asked_by_id", "codes", "decided_at", "decided_by_id", "decision_note",
    "disclosure_id", "expires_at", "form", "id", "origin", "person_count", "persons", "purpose",
    "reason", "recipient_id", "reference", "state",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("registry_disclosures", "0003_whom"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="exportrequest",
            name="section",
            field=models.CharField(blank=True, max_length=60, verbose_name="pykälä"),
        ),
        migrations.AddField(
            model_name="exportrequest",
            name="statute",
            field=models.CharField(blank=True, max_length=120, verbose_name="säädös"),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="milloin")),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
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
                        verbose_name="käyttötarkoitus",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("file", "Tiedosto"),
                            ("letter", "Kirje"),
                            ("phone", "Puhelin"),
                            ("email", "Suojattu sähköposti"),
                            ("visit", "Käynti tai paperi käteen"),
                            ("interface", "Rajapinta"),
                        ],
                        max_length=10,
                        verbose_name="tapa",
                    ),
                ),
                (
                    "asked_by",
                    models.CharField(blank=True, max_length=200, verbose_name="kuka pyysi"),
                ),
                (
                    "call_back",
                    models.CharField(blank=True, max_length=200, verbose_name="takaisinsoitto"),
                ),
                ("reference", models.CharField(blank=True, max_length=120, verbose_name="asia")),
                ("note", models.CharField(max_length=500, verbose_name="mikä oli väärin")),
                ("void", models.BooleanField(default=False, verbose_name="tietoja ei luovutettu")),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Odottaa hyväksyntää"),
                            ("approved", "Hyväksytty"),
                            ("refused", "Hylätty"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decision_note",
                    models.CharField(blank=True, max_length=500, verbose_name="perustelu"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wrong",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="registry_disclosures.disclosure",
                    ),
                ),
            ],
            options={
                "verbose_name": "ehdotettu oikaisu",
                "verbose_name_plural": "ehdotetut oikaisut",
                "ordering": ("-proposed_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("wrong",),
                        name="disclosures_correction_once",
                        violation_error_message="Luovutuksella on jo oikaisu, joka odottaa.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note", ""), _negated=True),
                            models.Q(("codes", []), _negated=True),
                        ),
                        name="disclosures_correction_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("state", "waiting")
                            ),
                            models.Q(
                                ("state__in", ["approved", "refused"]),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="disclosures_correction_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="disclosures_correction_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("decision_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="disclosures_correction_refused_says_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(unprotect_sql(EXPORT), ProtectTable(EXPORT, "", BEFORE).sql),
        ProtectTable(EXPORT, subject="", loggable=[*BEFORE, "section", "statute"]),
        ProtectTable(
            "registry_disclosures_correction",
            subject="",
            loggable=[
                "asked_by",
                "at",
                "call_back",
                "channel",
                "codes",
                "decided_at",
                "decided_by_id",
                "decision_note",
                "id",
                "note",
                "proposed_at",
                "proposed_by_id",
                "purpose",
                "reference",
                "state",
                "void",
                "wrong_id",
            ],
        ),
    ]
