"""Tables of disclosures."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry_persons", "0011_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisclosureBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("art28", "Käsittelysopimus (28 artikla)"),
                            ("note", "Rekisterinpitäjän merkintä"),
                            ("statute", "Laki"),
                            ("balance", "Tasapainotesti, vain koosteet"),
                        ],
                        max_length=8,
                        verbose_name="peruste",
                    ),
                ),
                ("reference", models.CharField(max_length=120, verbose_name="numero tai tunniste")),
                ("section", models.CharField(blank=True, max_length=60, verbose_name="pykälä")),
                (
                    "instrument",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Ei siirtoa"),
                            ("45", "Päätös tietosuojan riittävyydestä (45 artikla)"),
                            ("46", "Vakiolausekkeet tai muut suojatoimet (46 artikla)"),
                            ("47", "Yritystä sitovat säännöt (47 artikla)"),
                            ("49", "Erityistilanteen poikkeus (49 artikla)"),
                        ],
                        default="",
                        max_length=2,
                        verbose_name="siirtoperuste",
                    ),
                ),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        default=list,
                        size=None,
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="voimassa alkaen")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="voimassa asti")),
                ("approved_at", models.DateTimeField(auto_now_add=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "luovutusperuste",
                "verbose_name_plural": "luovutusperusteet",
                "ordering": ("-valid_from", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="milloin")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("statute", models.CharField(blank=True, max_length=120, verbose_name="säädös")),
                ("section", models.CharField(blank=True, max_length=60, verbose_name="pykälä")),
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
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("person_count", models.PositiveIntegerField(verbose_name="henkilöitä")),
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
                ("note", models.CharField(blank=True, max_length=500, verbose_name="lisätieto")),
                ("irregular", models.BooleanField(default=False, verbose_name="ilman perustetta")),
                (
                    "as_protected",
                    models.BooleanField(
                        default=False, verbose_name="pyydetty käsittelemään suojattuna"
                    ),
                ),
                (
                    "restriction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Ei rajoitettuja tietoja"),
                            ("consent", "Rekisteröity suostui"),
                            ("claims", "Oikeusvaade"),
                            ("others", "Toisen henkilön oikeuksien suojaaminen"),
                            ("public", "Tärkeä yleinen etu"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("void", models.BooleanField(default=False, verbose_name="tietoja ei luovutettu")),
                ("origin", models.CharField(max_length=40)),
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
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry_disclosures.disclosure",
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="registry_disclosures.disclosurebasis",
                    ),
                ),
            ],
            options={
                "verbose_name": "luovutus",
                "verbose_name_plural": "luovutukset",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="nimi")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("LUO-HUOLTO", "Huolto"),
                            ("LUO-AVAUS", "Ovenavaus, vartiointi ja avaimet"),
                            ("LUO-KÄSITT", "Henkilötietojen käsittelijä"),
                            ("LUO-VIRAN", "Viranomainen tai muu lakiin perustuva oikeus"),
                            ("LUO-KONSERNI", "Saman konsernin yritys"),
                            ("LUO-3MAA", "EU- ja ETA-alueen ulkopuolella"),
                        ],
                        max_length=12,
                        verbose_name="ryhmä",
                    ),
                ),
                ("country", models.CharField(default="FI", max_length=2, verbose_name="maa")),
                (
                    "contact",
                    models.CharField(blank=True, max_length=300, verbose_name="yhteystiedot"),
                ),
                (
                    "collects",
                    models.BooleanField(
                        default=False, verbose_name="perintä- tai luottotietoyhtiö"
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
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
                "verbose_name": "vastaanottaja",
                "verbose_name_plural": "vastaanottajat",
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Notification",
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
                            ("art16", "Oikaistu (16 artikla)"),
                            ("art17", "Poistettu (17 artikla)"),
                            ("art18", "Käsittelyä rajoitettu (18 artikla)"),
                        ],
                        max_length=8,
                        verbose_name="syy",
                    ),
                ),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("reference", models.CharField(max_length=120, verbose_name="asia")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Kertomatta"),
                            ("notified", "Ilmoitettu"),
                            ("impossible", "Mahdoton"),
                            ("excessive", "Kohtuuton"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="tila",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="perustelu")),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "done_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_disclosures.recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "ilmoitus vastaanottajalle",
                "verbose_name_plural": "ilmoitukset vastaanottajille",
                "ordering": ("-made_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ExportRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origin", models.CharField(max_length=40)),
                ("form", models.CharField(max_length=8, verbose_name="tiedosto")),
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
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="tarkenne")),
                ("reference", models.CharField(blank=True, max_length=120, verbose_name="asia")),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("person_count", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Odottaa hyväksyntää"),
                            ("approved", "Hyväksytty"),
                            ("refused", "Hylätty"),
                            ("taken", "Ladattu"),
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
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
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
                    "disclosure",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_disclosures.disclosure",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_disclosures.recipient",
                        verbose_name="vastaanottaja",
                    ),
                ),
            ],
            options={
                "verbose_name": "vientipyyntö",
                "verbose_name_plural": "vientipyynnöt",
                "ordering": ("-asked_at", "-id"),
            },
        ),
        migrations.AddField(
            model_name="disclosurebasis",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bases",
                to="registry_disclosures.recipient",
            ),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="recipient",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disclosures",
                to="registry_disclosures.recipient",
            ),
        ),
        migrations.CreateModel(
            name="AuthorityRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("authority", models.CharField(max_length=200, verbose_name="viranomainen")),
                ("caller", models.CharField(max_length=200, verbose_name="kuka pyysi")),
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
                        verbose_name="miten pyydettiin",
                    ),
                ),
                ("asked", models.CharField(max_length=500, verbose_name="mitä pyydettiin")),
                (
                    "their_reference",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="viranomaisen asianumero"
                    ),
                ),
                ("statute", models.CharField(blank=True, max_length=120, verbose_name="säädös")),
                ("section", models.CharField(blank=True, max_length=60, verbose_name="pykälä")),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Vastaanotettu"),
                            ("verified", "Pyytäjä varmistettu"),
                            ("granted", "Päätetty antaa"),
                            ("approved", "Hyväksytty"),
                            ("answered", "Vastattu"),
                            ("refused", "Hylätty"),
                        ],
                        default="received",
                        max_length=8,
                    ),
                ),
                (
                    "verification",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Ei varmistettu"),
                            ("callback", "Soitettu takaisin vaihteen numeroon"),
                            ("document", "Pyyntöasiakirja tarkistettu"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "switchboard",
                    models.CharField(blank=True, max_length=40, verbose_name="vaihteen numero"),
                ),
                (
                    "verified_note",
                    models.CharField(blank=True, max_length=200, verbose_name="kuka vastasi"),
                ),
                ("verified_at", models.DateTimeField(null=True)),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="perustelu"),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
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
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "disclosure",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_disclosures.disclosure",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="registry_disclosures.recipient",
                        verbose_name="vastaanottaja",
                    ),
                ),
            ],
            options={
                "verbose_name": "viranomaispyyntö",
                "verbose_name_plural": "viranomaispyynnöt",
                "ordering": ("-received_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="AskedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="registry_disclosures.authorityrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "pyynnön henkilö",
                "verbose_name_plural": "pyynnön henkilöt",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "person"), name="disclosures_asked_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="registry_disclosures.disclosure",
                    ),
                ),
            ],
            options={
                "verbose_name": "luovutettu henkilö",
                "verbose_name_plural": "luovutetut henkilöt",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("disclosure", "person"), name="disclosures_person_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosedCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "disclosure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copy",
                        to="registry_disclosures.disclosure",
                    ),
                ),
            ],
            options={
                "verbose_name": "luovutettu kopio",
                "verbose_name_plural": "luovutetut kopiot",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="disclosures_copy_digest",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"),
                name="disclosures_recipient_once",
                violation_error_message="Samanniminen vastaanottaja on jo luettelossa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="disclosures_recipient_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        [
                            "LUO-HUOLTO",
                            "LUO-AVAUS",
                            "LUO-KÄSITT",
                            "LUO-VIRAN",
                            "LUO-KONSERNI",
                            "LUO-3MAA",
                        ],
                    )
                ),
                name="disclosures_recipient_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("category", "LUO-3MAA"),
                        models.Q(
                            (
                                "country__in",
                                (
                                    "AT",
                                    "BE",
                                    "BG",
                                    "CY",
                                    "CZ",
                                    "DE",
                                    "DK",
                                    "EE",
                                    "ES",
                                    "FI",
                                    "FR",
                                    "GR",
                                    "HR",
                                    "HU",
                                    "IE",
                                    "IS",
                                    "IT",
                                    "LI",
                                    "LT",
                                    "LU",
                                    "LV",
                                    "MT",
                                    "NL",
                                    "NO",
                                    "PL",
                                    "PT",
                                    "RO",
                                    "SE",
                                    "SI",
                                    "SK",
                                ),
                            ),
                            _negated=True,
                        ),
                    ),
                    models.Q(
                        models.Q(("category", "LUO-3MAA"), _negated=True),
                        (
                            "country__in",
                            (
                                "AT",
                                "BE",
                                "BG",
                                "CY",
                                "CZ",
                                "DE",
                                "DK",
                                "EE",
                                "ES",
                                "FI",
                                "FR",
                                "GR",
                                "HR",
                                "HU",
                                "IE",
                                "IS",
                                "IT",
                                "LI",
                                "LT",
                                "LU",
                                "LV",
                                "MT",
                                "NL",
                                "NO",
                                "PL",
                                "PT",
                                "RO",
                                "SE",
                                "SI",
                                "SK",
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="disclosures_recipient_country",
                violation_error_message="Maa ja ryhmä eivät sovi yhteen: EU- ja ETA-alueen ulkopuolella oleva kuuluu aina omaan ryhmäänsä.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("collects", False), ("category", "LUO-KÄSITT"), _connector="OR"
                ),
                name="disclosures_recipient_collects",
                violation_error_message="Perintä- ja luottotietoyhtiö on käsittelijä.",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["made_at"],
                name="disclosures_to_notify",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                fields=("person", "recipient", "reason", "reference"),
                name="disclosures_notify_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "notified", "impossible", "excessive"])),
                name="disclosures_notify_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True), ("done_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="disclosures_notify_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["impossible", "excessive"]), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="disclosures_notify_says_why",
                violation_error_message="Kirjoita, miksi vastaanottajalle ei kerrota.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reference", ""), _negated=True),
                    models.Q(("codes", []), _negated=True),
                ),
                name="disclosures_notify_referenced",
            ),
        ),
        migrations.AddIndex(
            model_name="exportrequest",
            index=models.Index(fields=["state", "asked_at"], name="disclosures_export_state"),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "approved", "refused", "taken"])),
                name="disclosures_export_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None),
                        ("decided_by", None),
                        ("expires_at", None),
                        ("state", "waiting"),
                    ),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="disclosures_export_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("asked_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="disclosures_export_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("decision_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="disclosures_export_refused_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "taken"]), _negated=True),
                    ("expires_at__isnull", False),
                    _connector="OR",
                ),
                name="disclosures_export_expires",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disclosure__isnull", False), ("state", "taken")),
                    models.Q(
                        models.Q(("state", "taken"), _negated=True), ("disclosure__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="disclosures_export_taken_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("persons", []), _negated=True), name="disclosures_export_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurebasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="disclosures_basis_dates",
                violation_error_message="Päättymispäivä on ennen alkamispäivää.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurebasis",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["art28", "note", "statute", "balance"])),
                name="disclosures_basis_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurebasis",
            constraint=models.CheckConstraint(
                condition=models.Q(("instrument__in", ["", "45", "46", "47", "49"])),
                name="disclosures_basis_instrument",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurebasis",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                name="disclosures_basis_reference",
                violation_error_message="Kirjoita numero tai tunniste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurebasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "statute"), models.Q(("section", ""), _negated=True)),
                    models.Q(models.Q(("kind", "statute"), _negated=True), ("section", "")),
                    _connector="OR",
                ),
                name="disclosures_basis_section",
                violation_error_message="Kirjoita lain pykälä.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurebasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "art28"), _negated=True),
                    ("valid_to__isnull", False),
                    _connector="OR",
                ),
                name="disclosures_basis_agreement_ends",
                violation_error_message="Sopimuksella on oltava päättymispäivä.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurebasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("codes", []), ("kind", "balance")),
                    models.Q(
                        models.Q(("kind", "balance"), _negated=True),
                        models.Q(("codes", []), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="disclosures_basis_codes",
                violation_error_message="Valitse tiedot, jotka saa luovuttaa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurebasis",
            constraint=models.CheckConstraint(
                condition=models.Q(("purposes", []), _negated=True),
                name="disclosures_basis_purposes",
                violation_error_message="Valitse käyttötarkoitus.",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["-at", "-id"], name="disclosures_newest"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["recipient", "-at"], name="disclosures_by_recipient"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["codes"], name="disclosures_codes"
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient__isnull", False),
                    models.Q(
                        ("basis__isnull", True),
                        ("irregular", False),
                        ("section", ""),
                        ("statute", ""),
                    ),
                    _connector="OR",
                ),
                name="disclosures_own_use_has_no_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient__isnull", True),
                    ("basis__isnull", False),
                    models.Q(
                        models.Q(("statute", ""), _negated=True),
                        models.Q(("section", ""), _negated=True),
                    ),
                    ("irregular", True),
                    ("void", True),
                    _connector="OR",
                ),
                name="disclosures_has_a_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("by__isnull", True),
                    models.Q(("approved_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="disclosures_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("void", False), ("corrects__isnull", False), _connector="OR"),
                name="disclosures_void_corrects",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("codes", []), _negated=True), name="disclosures_codes_told"
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
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
                name="disclosures_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["file", "letter", "phone", "email", "visit", "interface"])
                ),
                name="disclosures_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin", ""), _negated=True), name="disclosures_origin_told"
            ),
        ),
        migrations.AddIndex(
            model_name="authorityrequest",
            index=models.Index(fields=["state", "received_at"], name="disclosures_request_state"),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["received", "verified", "granted", "approved", "answered", "refused"],
                    )
                ),
                name="disclosures_request_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("authority", ""), _negated=True),
                    models.Q(("caller", ""), _negated=True),
                    models.Q(("asked", ""), _negated=True),
                ),
                name="disclosures_request_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["received", "refused"]),
                    models.Q(
                        models.Q(("verification", ""), _negated=True),
                        ("verified_at__isnull", False),
                        ("verified_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="disclosures_request_verified",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verification", "callback"), _negated=True),
                    models.Q(("switchboard", ""), _negated=True),
                    _connector="OR",
                ),
                name="disclosures_request_called_back",
                violation_error_message="Kirjoita numero, johon soitit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verification", "document"), _negated=True),
                    models.Q(("channel__in", ("phone", "visit", "email")), _negated=True),
                    _connector="OR",
                ),
                name="disclosures_request_spoken_is_called_back",
                violation_error_message="Puhelimitse, käynnillä tai sähköpostilla tullut pyyntö varmistetaan soittamalla takaisin vaihteeseen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["received", "verified", "refused"]),
                    models.Q(
                        models.Q(("statute", ""), _negated=True),
                        models.Q(("section", ""), _negated=True),
                        models.Q(("codes", []), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("recipient__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="disclosures_request_granted_by_law",
                violation_error_message="Säädös ja pykälä puuttuvat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(
                        models.Q(("decision_reason", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="disclosures_request_refused_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "answered"]), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        models.Q(("approved_by", models.F("decided_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="disclosures_request_by_two",
                violation_error_message="Toisen henkilön on hyväksyttävä päätös.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disclosure__isnull", False), ("state", "answered")),
                    models.Q(
                        models.Q(("state", "answered"), _negated=True), ("disclosure__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="disclosures_request_answered",
            ),
        ),
    ]
