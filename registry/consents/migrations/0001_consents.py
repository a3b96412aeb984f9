"""Consents and objections: the texts shown, the decisions, and the suppression list."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry_persons", "0011_notices"),
        ("vuokra_company", "0004_limits_range"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("marketing", "Suoramarkkinointi"),
                            ("partner", "Kumppanin tai konsernin markkinointi"),
                        ],
                        max_length=10,
                        verbose_name="Mihin suostutaan",
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="Versio")),
                ("valid_from", models.DateField(verbose_name="Voimassa alkaen")),
                ("finnish", models.TextField(max_length=1000, verbose_name="Teksti suomeksi")),
                ("english", models.TextField(max_length=1000, verbose_name="Teksti englanniksi")),
            ],
            options={
                "verbose_name": "suostumusteksti",
                "verbose_name_plural": "suostumustekstit",
                "ordering": ["use", "-valid_from", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("use", "code"),
                        name="consents_text_once",
                        violation_error_message="Tämä versio on jo olemassa.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("use__in", ["marketing", "partner"])),
                        name="consents_text_use",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("marketing", "Suoramarkkinointi"),
                            ("partner", "Kumppanin tai konsernin markkinointi"),
                            ("research", "Markkina- ja mielipidetutkimukset"),
                            ("survey", "Asiakaskyselyt"),
                            ("service", "Asumista koskevat tiedotteet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("post", "Posti"),
                            ("phone", "Puhelin"),
                            ("email", "Sähköposti"),
                            ("sms", "Tekstiviesti"),
                            ("other", "Muu"),
                            ("survey", "Kaikki tavat"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateField()),
                ("review_on", models.DateField()),
            ],
            options={
                "verbose_name": "estolistan merkintä",
                "verbose_name_plural": "estolista",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "use", "channel"), name="consents_suppressed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "post"), ("use", "marketing")),
                            models.Q(("channel", "phone"), ("use", "marketing")),
                            models.Q(("channel", "email"), ("use", "marketing")),
                            models.Q(("channel", "sms"), ("use", "marketing")),
                            models.Q(("channel", "other"), ("use", "marketing")),
                            models.Q(("channel", "post"), ("use", "partner")),
                            models.Q(("channel", "phone"), ("use", "partner")),
                            models.Q(("channel", "email"), ("use", "partner")),
                            models.Q(("channel", "sms"), ("use", "partner")),
                            models.Q(("channel", "other"), ("use", "partner")),
                            models.Q(("channel", "survey"), ("use", "research")),
                            models.Q(("channel", "survey"), ("use", "survey")),
                            _connector="OR",
                        ),
                        name="consents_suppressed_cell",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("marketing", "Suoramarkkinointi"),
                            ("partner", "Kumppanin tai konsernin markkinointi"),
                            ("research", "Markkina- ja mielipidetutkimukset"),
                            ("survey", "Asiakaskyselyt"),
                            ("service", "Asumista koskevat tiedotteet"),
                        ],
                        max_length=10,
                        verbose_name="käyttö",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("post", "Posti"),
                            ("phone", "Puhelin"),
                            ("email", "Sähköposti"),
                            ("sms", "Tekstiviesti"),
                            ("other", "Muu"),
                            ("survey", "Kaikki tavat"),
                        ],
                        max_length=8,
                        verbose_name="kanava",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("permission", "Suostumus"),
                            ("prohibition", "Kielto"),
                            ("withdrawal", "Suostumuksen peruutus"),
                            ("lifting", "Kiellon poisto"),
                            ("correction", "Kirjauksen korjaus"),
                        ],
                        max_length=12,
                        verbose_name="laji",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="päivä")),
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
                        verbose_name="lähde",
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "Puhelimessa"),
                            ("visit", "Käynnillä"),
                            ("form", "Lomakkeella"),
                            ("letter", "Kirjeellä"),
                            ("email", "Sähköpostilla"),
                            ("notice", "Viranomaisen ilmoituksella"),
                            ("import", "Tiedostosta"),
                        ],
                        max_length=8,
                        verbose_name="tapa",
                    ),
                ),
                (
                    "repeated_back",
                    models.BooleanField(default=False, verbose_name="toistettu puhelimessa"),
                ),
                (
                    "proof",
                    models.CharField(blank=True, max_length=60, verbose_name="todisteen tunnus"),
                ),
                ("expires", models.DateField(blank=True, null=True, verbose_name="voimassa asti")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="korjauksen syy"),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry_consents.decision",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vuokra_company.noticeversion",
                        verbose_name="tietosuojaselosteen versio",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_consents.consenttext",
                        verbose_name="suostumusteksti",
                    ),
                ),
            ],
            options={
                "verbose_name": "suostumus tai kielto",
                "verbose_name_plural": "suostumukset ja kiellot",
                "ordering": ("-decided_on", "-id"),
                "indexes": [
                    models.Index(fields=["person", "use", "channel"], name="consents_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "post"), ("use", "marketing")),
                            models.Q(("channel", "phone"), ("use", "marketing")),
                            models.Q(("channel", "email"), ("use", "marketing")),
                            models.Q(("channel", "sms"), ("use", "marketing")),
                            models.Q(("channel", "other"), ("use", "marketing")),
                            models.Q(("channel", "post"), ("use", "partner")),
                            models.Q(("channel", "phone"), ("use", "partner")),
                            models.Q(("channel", "email"), ("use", "partner")),
                            models.Q(("channel", "sms"), ("use", "partner")),
                            models.Q(("channel", "other"), ("use", "partner")),
                            models.Q(("channel", "survey"), ("use", "research")),
                            models.Q(("channel", "survey"), ("use", "survey")),
                            _connector="OR",
                        ),
                        name="consents_known_cell",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("corrects__isnull", False),
                                ("kind", "correction"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind", "correction"), _negated=True),
                                ("corrects__isnull", True),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="consents_correction_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "permission"), _negated=True),
                            models.Q(
                                ("source", "SRC-ASIAKAS"),
                                ("use__in", ["marketing", "partner"]),
                                models.Q(
                                    models.Q(
                                        ("manner", "import"),
                                        ("repeated_back", False),
                                        ("text__isnull", True),
                                    ),
                                    models.Q(
                                        (
                                            "manner__in",
                                            ("phone", "visit", "form", "letter", "email"),
                                        ),
                                        ("notice__isnull", False),
                                        ("text__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="consents_permission_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "permission"), ("manner", "phone"), _negated=True),
                            ("repeated_back", True),
                            _connector="OR",
                        ),
                        name="consents_phone_repeated_back",
                        violation_error_message="Puhelimessa annettu suostumus toistetaan henkilölle ja vahvistetaan viestillä.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["withdrawal", "lifting"]), _negated=True),
                            models.Q(
                                ("manner__in", ("phone", "visit", "form", "letter", "email")),
                                ("source", "SRC-ASIAKAS"),
                            ),
                            models.Q(
                                ("kind", "withdrawal"), ("manner", ""), ("source", "SRC-ASIAKAS")
                            ),
                            _connector="OR",
                        ),
                        name="consents_own_act",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "prohibition"), _negated=True),
                            models.Q(
                                (
                                    "manner__in",
                                    ["", "import", "phone", "visit", "form", "letter", "email"],
                                ),
                                ("source", "SRC-ASIAKAS"),
                            ),
                            models.Q(("manner__in", ["notice", "import"]), ("source", "SRC-DVV")),
                            _connector="OR",
                        ),
                        name="consents_prohibition_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "permission"),
                            models.Q(
                                ("expires__isnull", True),
                                ("repeated_back", False),
                                ("text__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="consents_only_permission_expires",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires__isnull", True),
                            ("expires__gte", models.F("decided_on")),
                            _connector="OR",
                        ),
                        name="consents_expires_later",
                        violation_error_message="Päättymispäivä on ennen suostumuksen päivää.",
                    ),
                ],
            },
        ),
    ]
