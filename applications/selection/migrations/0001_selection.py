"""Tables of resident selection."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications_intake", "0004_hidden"),
        ("leases_homes", "0005_premises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExemptionPermit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="alkaen")),
                ("authority", models.CharField(max_length=80, verbose_name="myöntäjä")),
                (
                    "decision",
                    models.CharField(max_length=200, verbose_name="päätös, pykälä ja päivä"),
                ),
                ("valid_to", models.DateField(verbose_name="asti")),
                (
                    "need",
                    models.BooleanField(default=False, verbose_name="asunnontarpeesta saa poiketa"),
                ),
                (
                    "wealth",
                    models.BooleanField(
                        default=False, verbose_name="varallisuusrajasta saa poiketa"
                    ),
                ),
                (
                    "income_limit",
                    models.BooleanField(default=False, verbose_name="tulorajasta saa poiketa"),
                ),
                ("flats", models.PositiveIntegerField(verbose_name="asuntoja enintään")),
                (
                    "occupancy",
                    models.CharField(blank=True, max_length=400, verbose_name="käyttöasteen ehto"),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
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
                    "sites",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="leases_homes.site", verbose_name="kohteet"
                    ),
                ),
            ],
            options={
                "verbose_name": "poikkeuslupa",
                "verbose_name_plural": "poikkeusluvat",
                "ordering": ("-valid_from", "-id"),
                "abstract": False,
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
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("chosen", models.UUIDField(verbose_name="valitun tunniste")),
                ("on", models.DateField(verbose_name="valintapäivä")),
                ("place", models.PositiveIntegerField(verbose_name="sija")),
                ("compared_count", models.PositiveIntegerField(verbose_name="vertailtuja")),
                (
                    "out_of_order",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tie", "Tasatilanne, harkittu"),
                            ("SIJAINTIKUNTA", "Kunnan asukas, muuten samassa asemassa"),
                            ("circumstances", "Ruokakunnan erityiset olosuhteet"),
                            ("market", "Paikallinen vuokra-asuntotilanne"),
                            ("structure", "Talon tai alueen asukasrakenne"),
                        ],
                        max_length=13,
                        verbose_name="peruste valita muu kuin ensimmäinen",
                    ),
                ),
                (
                    "deviation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("P1", "Keskinäinen vaihto"),
                            ("P2", "Vaihto saman omistajan asuntojen välillä"),
                            ("P3", "Kiinteistön ylläpidolle tarpeellinen henkilö"),
                            ("P4", "Oikeus jatkaa vuokrasuhdetta"),
                            ("P5", "Aravan jatkorajoitusaika, osuus talon asunnoista"),
                            (
                                "P6",
                                "Asumisen tuki erityisen tarpeen sosiaalisista tai terveyssyistä",
                            ),
                            ("P7", "Hakijan nykyinen vuokra-asunto vapautuu"),
                            ("P8", "Kunnan tilapäinen poikkeuslupa"),
                            ("P9", "Ei perusteet täyttäviä hakijoita"),
                            ("P10", "Poikkeaminen etusijajärjestyksestä yksittäistapauksessa"),
                        ],
                        max_length=3,
                        verbose_name="poikkeamisen peruste",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="perustelu")),
                ("snapshot", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("decided_at", models.DateTimeField(auto_now_add=True, verbose_name="päätetty")),
                (
                    "needs_approval",
                    models.BooleanField(default=False, verbose_name="toisen hyväksyttävä"),
                ),
                ("approved_at", models.DateTimeField(null=True, verbose_name="hyväksytty")),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="applications_intake.application",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
                    "permit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="applications_selection.exemptionpermit",
                        verbose_name="poikkeuslupa",
                    ),
                ),
            ],
            options={
                "verbose_name": "valintapäätös",
                "verbose_name_plural": "valintapäätökset",
                "ordering": ("-decided_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("free_from", models.DateField(verbose_name="vapautuu")),
                (
                    "rent_eur",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="vuokra, €/kk"
                    ),
                ),
                ("open_to_all_from", models.DateField(verbose_name="yleisesti haettavana alkaen")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Kesken"),
                            ("let", "Asunto annettu"),
                            ("cancelled", "Keskeytetty"),
                        ],
                        default="open",
                        editable=False,
                        max_length=9,
                        verbose_name="tila",
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="avattu")),
                ("closed_on", models.DateField(editable=False, null=True, verbose_name="päätetty")),
                (
                    "close_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=1000, verbose_name="syy"
                    ),
                ),
                (
                    "flat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="leases_homes.flat",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "asukasvalinta",
                "verbose_name_plural": "asukasvalinnat",
                "ordering": ("-opened_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "Puhelin"),
                            ("email", "Sähköposti"),
                            ("sms", "Tekstiviesti"),
                            ("letter", "Kirje"),
                            ("visit", "Käynti toimistossa"),
                        ],
                        max_length=6,
                        verbose_name="välitystapa",
                    ),
                ),
                ("offered_at", models.DateTimeField(auto_now_add=True, verbose_name="tarjottu")),
                ("offered_on", models.DateField(verbose_name="tarjouspäivä")),
                ("answer_by", models.DateField(verbose_name="vastattava viimeistään")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Odottaa vastausta"),
                            ("accepted", "Hyväksytty"),
                            ("declined", "Hylätty"),
                            ("no_answer", "Ei vastausta"),
                            ("withdrawn", "Peruutettu"),
                        ],
                        default="open",
                        editable=False,
                        max_length=9,
                        verbose_name="tila",
                    ),
                ),
                (
                    "answered_on",
                    models.DateField(editable=False, null=True, verbose_name="vastattu"),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rent", "Vuokra"),
                            ("size", "Koko"),
                            ("place", "Sijainti"),
                            ("condition", "Kunto tai varustelu"),
                            ("time", "Muuttopäivä"),
                            ("housed", "Sai asunnon muualta"),
                            ("no_longer", "Ei enää hae asuntoa"),
                            ("other", "Muu syy"),
                            ("not_told", "Ei kertonut"),
                        ],
                        editable=False,
                        max_length=9,
                        verbose_name="syy",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, editable=False, max_length=1000, verbose_name="lisätieto"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="applications_intake.application",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer",
                        to="applications_selection.decision",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="applications_selection.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "asuntotarjous",
                "verbose_name_plural": "asuntotarjoukset",
                "ordering": ("-offered_at", "-id"),
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="applications_selection.round",
            ),
        ),
        migrations.CreateModel(
            name="Skip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("not_reached", "Ei tavoitettu"),
                            ("papers", "Pyydetyt liitteet puuttuvat"),
                            ("unsuitable", "Asunto ei sovi ruokakunnalle"),
                            ("wish", "Hakija ei halua tätä asuntoa"),
                            ("debt", "Vuokravelka yhtiölle, harkittu"),
                            ("other_offer", "Hakijalla on toinen tarjous"),
                            ("structure", "Asukasrakenne (yksittäistapaus)"),
                            ("other", "Muu peruste"),
                        ],
                        max_length=12,
                        verbose_name="peruste",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="perustelu")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                ("taken_back_at", models.DateTimeField(null=True, verbose_name="peruttu")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skips",
                        to="applications_intake.application",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skips",
                        to="applications_selection.round",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ohitus",
                "verbose_name_plural": "ohitukset",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="WealthTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="alkaen")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="asti")),
                ("municipality", models.CharField(max_length=80, verbose_name="kunta")),
                (
                    "step_eur",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        verbose_name="lisä jokaisesta seuraavasta henkilöstä, €",
                    ),
                ),
                (
                    "decision",
                    models.CharField(max_length=200, verbose_name="päätös, pykälä ja päivä"),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "varallisuusrajat",
                "verbose_name_plural": "varallisuusrajat",
                "ordering": ("municipality", "-valid_from"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WealthLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(verbose_name="henkilöitä")),
                (
                    "euros",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="raja, €"),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="applications_selection.wealthtable",
                    ),
                ),
            ],
            options={
                "verbose_name": "varallisuusraja",
                "verbose_name_plural": "varallisuusrajat henkilöittäin",
                "ordering": ("persons",),
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(verbose_name="henkilöitä")),
                ("adults", models.PositiveSmallIntegerField(null=True, verbose_name="aikuisia")),
                ("children", models.PositiveSmallIntegerField(null=True, verbose_name="lapsia")),
                (
                    "income_eur",
                    models.DecimalField(
                        decimal_places=6, max_digits=18, null=True, verbose_name="tulot, €/kk"
                    ),
                ),
                ("income_missing", models.CharField(blank=True, max_length=24)),
                (
                    "limit_eur",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="enimmäistuloraja, €/kk",
                    ),
                ),
                ("limit_missing", models.CharField(blank=True, max_length=24)),
                (
                    "wealth_eur",
                    models.DecimalField(
                        decimal_places=6, max_digits=18, null=True, verbose_name="varallisuus, €"
                    ),
                ),
                ("wealth_missing", models.CharField(blank=True, max_length=24)),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(null=True, verbose_name="kiireellisyysluokka"),
                ),
                (
                    "situations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("A1", "Ulkona tai asunnoksi kelpaamattomassa tilassa"),
                                ("A2", "Yömajassa tai vastaavassa tilapäismajoituksessa"),
                                ("A3", "Laitoksessa asunnon puutteen vuoksi"),
                                (
                                    "A4",
                                    "Perhe erillään, tilapäisessä majoituksessa tai turvakodissa",
                                ),
                                ("A5", "Viranomaisen päätös muuttaa ilman omaa syytä"),
                                ("A6", "Talo puretaan"),
                                ("A7", "Hyvin ahdas asunto"),
                                ("A8", "Uusi työ- tai opiskelupaikka paikkakunnalla"),
                                ("A9", "Esteettömän asunnon tarve"),
                                ("B1", "Vuokranantaja on irtisanonut"),
                                ("B2", "Pitkäaikainen sairaus tai vamma, lääkärintodistus"),
                                ("B3", "Muutto vapauttaa tukiasunnon"),
                                ("B4", "Perhe alivuokralaisena tai yhteisasunnossa"),
                                ("B5", "Kohtuuttomat asumiskulut"),
                                ("B6", "Ahdas asunto"),
                                ("B7", "Ero, puutteellinen varustelu tai määräajan päättyminen"),
                                ("C1", "Muu syy tai toive"),
                            ],
                            max_length=2,
                        ),
                        default=list,
                        size=None,
                        verbose_name="ratkaisevat perusteet",
                    ),
                ),
                (
                    "residence",
                    models.CharField(
                        choices=[
                            ("pass", "Täyttyy"),
                            ("fail", "Ei täyty"),
                            ("missing", "Puuttuu"),
                            ("waived", "Poikettu"),
                            ("not_asked", "Ei vaadita"),
                            ("warning", "Huomattava"),
                        ],
                        max_length=9,
                        verbose_name="oleskelun perusteen tulos",
                    ),
                ),
                ("residence_reason", models.CharField(blank=True, max_length=24)),
                (
                    "age",
                    models.CharField(
                        choices=[
                            ("pass", "Täyttyy"),
                            ("fail", "Ei täyty"),
                            ("missing", "Puuttuu"),
                            ("waived", "Poikettu"),
                            ("not_asked", "Ei vaadita"),
                            ("warning", "Huomattava"),
                        ],
                        max_length=9,
                        verbose_name="iän tulos",
                    ),
                ),
                ("age_reason", models.CharField(blank=True, max_length=24)),
                ("moved_for_work", models.BooleanField(default=False)),
                ("rule_versions", models.JSONField(default=list)),
                ("made_on", models.DateField(verbose_name="arvioitu")),
                ("good_until", models.DateField(null=True, verbose_name="kelpaa asti")),
                ("made_at", models.DateTimeField(auto_now=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessment",
                        to="applications_intake.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "hakemuksen arvio",
                "verbose_name_plural": "hakemusten arviot",
                "indexes": [models.Index(fields=["good_until"], name="selection_assessment_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "age__in",
                                ["pass", "fail", "missing", "waived", "not_asked", "warning"],
                            ),
                            (
                                "age_reason__in",
                                [
                                    "",
                                    "ENIMMAISTULO",
                                    "TULOT_PUUTTUVAT",
                                    "TULOSAANTO_PUUTTUU",
                                    "VARALLISUUS",
                                    "VARAT_PUUTTUVAT",
                                    "VARALLISUUSRAJA_PUUTTUU",
                                    "OLESKELU",
                                    "OLESKELU_OSALLA",
                                    "OLESKELU_PUUTTUU",
                                    "LIIAN_NUORI",
                                    "ALAIKAINEN",
                                    "SYNTYMAAIKA_PUUTTUU",
                                    "TARVE_PUUTTUU",
                                    "TYOMUUTTO",
                                    "LIIAN_PIENI",
                                    "LIIAN_SUURI",
                                    "ERITYISRYHMA",
                                ],
                            ),
                            (
                                "income_missing__in",
                                [
                                    "",
                                    "ENIMMAISTULO",
                                    "TULOT_PUUTTUVAT",
                                    "TULOSAANTO_PUUTTUU",
                                    "VARALLISUUS",
                                    "VARAT_PUUTTUVAT",
                                    "VARALLISUUSRAJA_PUUTTUU",
                                    "OLESKELU",
                                    "OLESKELU_OSALLA",
                                    "OLESKELU_PUUTTUU",
                                    "LIIAN_NUORI",
                                    "ALAIKAINEN",
                                    "SYNTYMAAIKA_PUUTTUU",
                                    "TARVE_PUUTTUU",
                                    "TYOMUUTTO",
                                    "LIIAN_PIENI",
                                    "LIIAN_SUURI",
                                    "ERITYISRYHMA",
                                ],
                            ),
                            (
                                "limit_missing__in",
                                [
                                    "",
                                    "ENIMMAISTULO",
                                    "TULOT_PUUTTUVAT",
                                    "TULOSAANTO_PUUTTUU",
                                    "VARALLISUUS",
                                    "VARAT_PUUTTUVAT",
                                    "VARALLISUUSRAJA_PUUTTUU",
                                    "OLESKELU",
                                    "OLESKELU_OSALLA",
                                    "OLESKELU_PUUTTUU",
                                    "LIIAN_NUORI",
                                    "ALAIKAINEN",
                                    "SYNTYMAAIKA_PUUTTUU",
                                    "TARVE_PUUTTUU",
                                    "TYOMUUTTO",
                                    "LIIAN_PIENI",
                                    "LIIAN_SUURI",
                                    "ERITYISRYHMA",
                                ],
                            ),
                            (
                                "residence__in",
                                ["pass", "fail", "missing", "waived", "not_asked", "warning"],
                            ),
                            (
                                "residence_reason__in",
                                [
                                    "",
                                    "ENIMMAISTULO",
                                    "TULOT_PUUTTUVAT",
                                    "TULOSAANTO_PUUTTUU",
                                    "VARALLISUUS",
                                    "VARAT_PUUTTUVAT",
                                    "VARALLISUUSRAJA_PUUTTUU",
                                    "OLESKELU",
                                    "OLESKELU_OSALLA",
                                    "OLESKELU_PUUTTUU",
                                    "LIIAN_NUORI",
                                    "ALAIKAINEN",
                                    "SYNTYMAAIKA_PUUTTUU",
                                    "TARVE_PUUTTUU",
                                    "TYOMUUTTO",
                                    "LIIAN_PIENI",
                                    "LIIAN_SUURI",
                                    "ERITYISRYHMA",
                                ],
                            ),
                            (
                                "situations__contained_by",
                                [
                                    "A1",
                                    "A2",
                                    "A3",
                                    "A4",
                                    "A5",
                                    "A6",
                                    "A7",
                                    "A8",
                                    "A9",
                                    "B1",
                                    "B2",
                                    "B3",
                                    "B4",
                                    "B5",
                                    "B6",
                                    "B7",
                                    "C1",
                                ],
                            ),
                            (
                                "wealth_missing__in",
                                [
                                    "",
                                    "ENIMMAISTULO",
                                    "TULOT_PUUTTUVAT",
                                    "TULOSAANTO_PUUTTUU",
                                    "VARALLISUUS",
                                    "VARAT_PUUTTUVAT",
                                    "VARALLISUUSRAJA_PUUTTUU",
                                    "OLESKELU",
                                    "OLESKELU_OSALLA",
                                    "OLESKELU_PUUTTUU",
                                    "LIIAN_NUORI",
                                    "ALAIKAINEN",
                                    "SYNTYMAAIKA_PUUTTUU",
                                    "TARVE_PUUTTUU",
                                    "TYOMUUTTO",
                                    "LIIAN_PIENI",
                                    "LIIAN_SUURI",
                                    "ERITYISRYHMA",
                                ],
                            ),
                        ),
                        name="selection_assessment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("persons__gte", 1),
                            models.Q(
                                ("urgency__isnull", True),
                                ("urgency__range", (1, 3)),
                                _connector="OR",
                            ),
                        ),
                        name="selection_assessment_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("income_eur__gte", 0), ("income_missing", "")),
                                models.Q(
                                    ("income_eur__isnull", True),
                                    models.Q(("income_missing", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("wealth_eur__gte", 0), ("wealth_missing", "")),
                                models.Q(
                                    ("wealth_eur__isnull", True),
                                    models.Q(("wealth_missing", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("limit_missing", ""), ("limit_eur__isnull", True), _connector="OR"
                            ),
                        ),
                        name="selection_assessment_sums",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Compared",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(verbose_name="tunniste")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="compared",
                        to="applications_intake.application",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="compared",
                        to="applications_selection.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "vertailtu hakemus",
                "verbose_name_plural": "vertaillut hakemukset",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "application"), name="selection_compared_once"
                    ),
                    models.UniqueConstraint(
                        fields=("decision", "token"), name="selection_compared_token"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="exemptionpermit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="applications_selection_exemptionpermit_days",
                violation_error_code="valid_to",
                violation_error_message="Viimeinen päivä on ennen ensimmäistä.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemptionpermit",
            constraint=models.CheckConstraint(
                condition=models.Q(("flats__gte", 1)),
                name="selection_permit_flats",
                violation_error_code="flats",
                violation_error_message="Luvassa on ainakin yksi asunto.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemptionpermit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("need", True), ("wealth", True), ("income_limit", True), _connector="OR"
                ),
                name="selection_permit_waives",
                violation_error_code="need",
                violation_error_message="Valitse, mistä luvalla saa poiketa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("state", "open")),
                    models.Q(("closed_on__isnull", False), ("state__in", ["let", "cancelled"])),
                    _connector="OR",
                ),
                name="selection_round_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("rent_eur__gte", 0)),
                name="selection_round_rent",
                violation_error_code="rent_eur",
                violation_error_message="Vuokra ei voi olla alle nolla.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("close_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="selection_round_cancelled",
                violation_error_code="close_reason",
                violation_error_message="Kerro, miksi valinta keskeytetään.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("flat",),
                name="selection_round_one",
                violation_error_code="flat",
                violation_error_message="Asunnolla on jo avoin asukasvalinta.",
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["state", "answer_by"], name="selection_offer_due"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["phone", "email", "sms", "letter", "visit"]),
                    (
                        "refusal__in",
                        [
                            "",
                            "rent",
                            "size",
                            "place",
                            "condition",
                            "time",
                            "housed",
                            "no_longer",
                            "other",
                            "not_told",
                        ],
                    ),
                ),
                name="selection_offer_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_by__gte", models.F("offered_on"))),
                name="selection_offer_until",
                violation_error_code="answer_by",
                violation_error_message="Vastausaika päättyy ennen tarjousta.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_on__isnull", True), ("refusal", ""), ("state", "open")),
                    models.Q(
                        ("answered_on__gte", models.F("offered_on")),
                        ("answered_on__isnull", False),
                        ("state__in", ["accepted", "declined", "no_answer", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="selection_offer_closed",
                violation_error_code="answered_on",
                violation_error_message="Vastauspäivä on ennen tarjousta.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), models.Q(("refusal", ""), _negated=True)),
                    models.Q(models.Q(("state", "declined"), _negated=True), ("refusal", "")),
                    _connector="OR",
                ),
                name="selection_offer_refusal",
                violation_error_code="refusal",
                violation_error_message="Valitse, miksi hakija hylkäsi tarjouksen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "accepted"])),
                fields=("round",),
                name="selection_offer_one",
                violation_error_code="round",
                violation_error_message="Asunto on jo tarjottu toiselle.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "accepted")),
                fields=("application",),
                name="selection_offer_accepted_once",
                violation_error_code="state",
                violation_error_message="Hakija on jo hyväksynyt toisen tarjouksen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("compared_count__gte", 1),
                    (
                        "deviation__in",
                        ["", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"],
                    ),
                    (
                        "out_of_order__in",
                        ["", "tie", "SIJAINTIKUNTA", "circumstances", "market", "structure"],
                    ),
                    ("place__gte", 1),
                ),
                name="selection_decision_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("place", 1), models.Q(("out_of_order", ""), _negated=True), _connector="OR"
                ),
                name="selection_decision_order",
                violation_error_code="out_of_order",
                violation_error_message="Kirjaa peruste, kun valitset muun kuin ensimmäisen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deviation", ""), ("out_of_order", "")),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="selection_decision_reason",
                violation_error_code="reason",
                violation_error_message="Perustele valinta.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deviation", "P8"), ("permit__isnull", False)),
                    models.Q(
                        models.Q(("deviation", "P8"), _negated=True), ("permit__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="selection_decision_permit",
                violation_error_code="permit",
                violation_error_message="Valitse poikkeuslupa, jonka nojalla poiketaan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        models.Q(("approved_by", models.F("decided_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="selection_decision_approved",
                violation_error_code="approved_by",
                violation_error_message="Toinen henkilö hyväksyy päätöksen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                name="selection_decision_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "not_reached",
                            "papers",
                            "unsuitable",
                            "wish",
                            "debt",
                            "other_offer",
                            "structure",
                            "other",
                        ],
                    )
                ),
                name="selection_skip_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="selection_skip_text",
                violation_error_code="text",
                violation_error_message="Perustele ohitus.",
            ),
        ),
        migrations.AddConstraint(
            model_name="skip",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("round", "application"),
                name="selection_skip_once",
                violation_error_code="reason",
                violation_error_message="Hakija on jo ohitettu tässä valinnassa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wealthtable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="applications_selection_wealthtable_days",
                violation_error_code="valid_to",
                violation_error_message="Viimeinen päivä on ennen ensimmäistä.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wealthtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("step_eur__gte", 0)),
                name="selection_wealth_step",
                violation_error_code="step_eur",
                violation_error_message="Lisä ei voi olla alle nolla.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wealthtable",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("municipality", "="),
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
                name="selection_wealth_one",
                violation_error_code="valid_from",
                violation_error_message="Kunnalla on jo varallisuusrajat samalta ajalta.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wealthlimit",
            constraint=models.UniqueConstraint(
                fields=("table", "persons"),
                name="selection_limit_one",
                violation_error_code="persons",
                violation_error_message="Henkilömäärällä on jo raja.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wealthlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("euros__gte", 0), ("persons__gte", 1), ("persons__lte", 20)),
                name="selection_limit_known",
                violation_error_code="euros",
                violation_error_message="Raja on vähintään nolla, henkilöitä 1–20.",
            ),
        ),
    ]
