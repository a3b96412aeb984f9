"""Tables of requests."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vuokra.access.clock
import vuokra.crypto.fields
import vuokra.crypto.files


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry_persons", "0013_restriction_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Numbering",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "numerointi",
                "verbose_name_plural": "numeroinnit",
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "number",
                    models.CharField(
                        editable=False, max_length=16, unique=True, verbose_name="numero"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Vastaanotettu"),
                            ("identifying", "Odottaa tunnistusta"),
                            ("in_progress", "Käsittelyssä"),
                            ("extended", "Käsittelyssä, jatkettu"),
                            ("in_review", "Tarkastuksessa"),
                            ("approved", "Hyväksytty"),
                            ("delivered", "Toimitettu"),
                            ("partly", "Osittain toimitettu"),
                            ("refused", "Kieltäydytty"),
                            ("told", "Vastaanottajille ilmoitettu"),
                            ("closed", "Suljettu"),
                            ("withdrawn", "Peruutettu"),
                            ("lapsed", "Rauennut"),
                            ("complaint", "Valitus"),
                        ],
                        default="received",
                        max_length=12,
                        verbose_name="vaihe",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="saapunut")),
                (
                    "received_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="siirron peruste"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(),
                        editable=False,
                        verbose_name="kirjattu",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("letter", "Kirje"),
                            ("email", "Sähköposti"),
                            ("phone", "Puhelin"),
                            ("visit", "Käynti"),
                            ("authority", "Viranomainen"),
                            ("other", "Muu"),
                        ],
                        max_length=10,
                        verbose_name="saapumistapa",
                    ),
                ),
                (
                    "rights",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("15", "Tarkastusoikeus"),
                                ("16", "Oikaisu"),
                                ("17", "Poisto"),
                                ("18", "Käsittelyn rajoittaminen"),
                                ("20", "Siirto järjestelmästä toiseen"),
                                ("21-1", "Vastustaminen"),
                                ("21-2", "Markkinoinnin kielto"),
                                ("7-3", "Suostumuksen peruuttaminen"),
                                ("22-3", "Ihmisen tekemä käsittely"),
                            ],
                            max_length=4,
                        ),
                        size=None,
                        verbose_name="oikeudet",
                    ),
                ),
                (
                    "wish",
                    models.CharField(blank=True, max_length=2000, verbose_name="mitä pyydetään"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fi", "suomi"), ("en", "englanti")],
                        default="fi",
                        max_length=2,
                        verbose_name="vastauksen kieli",
                    ),
                ),
                (
                    "known",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Etsimättä"),
                            ("found", "Rekisterissä"),
                            ("none", "Ei tietoja"),
                        ],
                        max_length=6,
                        verbose_name="haun tulos",
                    ),
                ),
                (
                    "sender",
                    models.CharField(blank=True, max_length=200, verbose_name="pyytäjän nimi"),
                ),
                (
                    "sender_contact",
                    vuokra.crypto.fields.EncryptedTextField(
                        max_length=200, null=True, verbose_name="pyytäjän yhteystieto"
                    ),
                ),
                (
                    "behalf",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Henkilö itse"),
                            ("guardian", "Huoltaja"),
                            ("trustee", "Edunvalvoja"),
                            ("proxy", "Valtuutettu"),
                            ("estate", "Kuolinpesä"),
                        ],
                        max_length=10,
                        verbose_name="kenen puolesta",
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        blank=True,
                        choices=[("", "Tarkistamatta"), ("seen", "Nähty"), ("missing", "Ei ole")],
                        max_length=8,
                        verbose_name="valtuus",
                    ),
                ),
                (
                    "authority_paper",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="mikä asiakirja nähtiin"
                    ),
                ),
                ("authority_at", models.DateTimeField(null=True)),
                (
                    "required_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "T0: tuttu osoite, ei epäilystä"),
                            (1, "T1: takaisinsoitto ja kaksi tietoa"),
                            (2, "T2: kuvallinen todistus nähty"),
                            (3, "T3: T2 ja toinen käsittelijä"),
                        ],
                        verbose_name="vaadittu taso",
                    ),
                ),
                ("asked_on", models.DateField(null=True, verbose_name="tunnistautumista pyydetty")),
                ("reminded_on", models.DateField(null=True, verbose_name="muistutettu")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "T0: tuttu osoite, ei epäilystä"),
                            (1, "T1: takaisinsoitto ja kaksi tietoa"),
                            (2, "T2: kuvallinen todistus nähty"),
                            (3, "T3: T2 ja toinen käsittelijä"),
                        ],
                        null=True,
                        verbose_name="todettu taso",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "known",
                                "Viesti tuli rekisterissä olevasta osoitteesta tai numerosta",
                            ),
                            ("call", "Soitettiin rekisterin numeroon, kaksi tietoa täsmäsi"),
                            ("photo", "Kuvallinen henkilötodistus nähtiin käynnillä"),
                            ("strong", "Vahva tunnistus postin tai muun palvelun kautta"),
                            ("registered", "Vastaus annetaan vain henkilölle kirjattuna kirjeenä"),
                        ],
                        max_length=10,
                        verbose_name="tunnistamistapa",
                    ),
                ),
                ("identified_on", models.DateField(null=True, verbose_name="tunnistettu")),
                ("target", models.DateField(verbose_name="tavoitepäivä")),
                ("deadline", models.DateField(verbose_name="määräaika")),
                ("last_target", models.DateField(null=True, verbose_name="jatkettu tavoitepäivä")),
                ("last_deadline", models.DateField(null=True, verbose_name="jatkettu määräaika")),
                ("extended_on", models.DateField(null=True)),
                (
                    "extension_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "–"),
                            ("complex", "Pyyntö on monimutkainen"),
                            ("number", "Pyyntöjä on useita"),
                        ],
                        max_length=8,
                        verbose_name="jatkamisen peruste",
                    ),
                ),
                (
                    "extension_reason",
                    models.CharField(
                        blank=True, max_length=2000, verbose_name="jatkamisen perustelu"
                    ),
                ),
                ("assessment", models.CharField(blank=True, max_length=2000, verbose_name="arvio")),
                ("approved_at", models.DateTimeField(null=True)),
                ("closed_on", models.DateField(null=True, verbose_name="päättynyt")),
                (
                    "approver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "authority_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "identified_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_requests",
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
                    "representative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "second_identifier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tietopyyntö",
                "verbose_name_plural": "tietopyynnöt",
                "ordering": ("-recorded_at", "-id"),
            },
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
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("name", "Nimi"),
                            ("identity", "Henkilötunnus tai syntymäaika"),
                            ("contact", "Puhelin tai sähköposti"),
                            ("address", "Osoite"),
                            ("household", "Ruokakunta"),
                            ("ledger", "Kirjanpidon tapahtuma"),
                            ("assessment", "Arvio tai mielipide"),
                            ("other", "Muu tieto"),
                        ],
                        max_length=10,
                        verbose_name="mikä tieto",
                    ),
                ),
                (
                    "present",
                    vuokra.crypto.fields.SubjectEncryptedTextField(
                        max_length=1000, null=True, subject="person_id", verbose_name="tieto nyt"
                    ),
                ),
                (
                    "proposed",
                    vuokra.crypto.fields.SubjectEncryptedTextField(
                        max_length=1000, subject="person_id", verbose_name="ehdotettu tieto"
                    ),
                ),
                ("grounds", models.CharField(max_length=2000, verbose_name="perusteet")),
                ("evidence", models.CharField(blank=True, max_length=200, verbose_name="näyttö")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Ratkaisematta"),
                            ("corrected", "Oikaistu"),
                            ("completed", "Täydennetty"),
                            ("no_ground", "Ei aihetta"),
                            ("statement", "Henkilön lausuma liitetty arvion viereen"),
                        ],
                        max_length=10,
                        verbose_name="tulos",
                    ),
                ),
                (
                    "result_note",
                    models.CharField(
                        blank=True, max_length=2000, verbose_name="tuloksen perustelut"
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(), editable=False
                    ),
                ),
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="registry_rights.datarequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "oikaistava tieto",
                "verbose_name_plural": "oikaistavat tiedot",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    vuokra.crypto.files.EncryptedFileField(
                        own_key=False, subject="", verbose_name="tiedosto"
                    ),
                ),
                (
                    "name",
                    vuokra.crypto.fields.EncryptedTextField(
                        max_length=200, null=True, verbose_name="alkuperäinen nimi"
                    ),
                ),
                ("mime", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(), editable=False
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="registry_rights.datarequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "liite",
                "verbose_name_plural": "liitteet",
                "ordering": ("id",),
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
                    "right",
                    models.CharField(
                        choices=[
                            ("15", "Tarkastusoikeus"),
                            ("16", "Oikaisu"),
                            ("17", "Poisto"),
                            ("18", "Käsittelyn rajoittaminen"),
                            ("20", "Siirto järjestelmästä toiseen"),
                            ("21-1", "Vastustaminen"),
                            ("21-2", "Markkinoinnin kielto"),
                            ("7-3", "Suostumuksen peruuttaminen"),
                            ("22-3", "Ihmisen tekemä käsittely"),
                        ],
                        max_length=4,
                        verbose_name="oikeus",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "Toteutetaan"),
                            ("partly", "Toteutetaan osittain"),
                            ("refused", "Kieltäydytään"),
                            ("claim", "Ei tietopyyntö: käsitellään vaatimuksena"),
                        ],
                        max_length=8,
                        verbose_name="ratkaisu",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "–"),
                            ("12-5-unfounded", "Ilmeisen perusteeton (12 artikla 5)"),
                            ("12-5-excessive", "Kohtuuton, toistuva (12 artikla 5)"),
                            ("34", "Tietosuojalaki 34 §"),
                            ("15-4", "Muiden oikeudet (15 artikla 4)"),
                            ("17-3-b", "Lakisääteinen velvoite (17 artikla 3 b)"),
                            ("17-3-e", "Oikeudelliset vaateet (17 artikla 3 e)"),
                            ("contract", "Sopimus on voimassa"),
                            ("16", "Tieto on oikea (16 artikla)"),
                            ("20-1", "Siirto-oikeus ei koske tietoja (20 artikla 1)"),
                            ("21-1", "Huomattavan tärkeä ja perusteltu syy (21 artikla 1)"),
                            ("not-met", "Oikeuden edellytykset eivät täyty"),
                            ("12-2", "Henkilöä ei voida tunnistaa (12 artikla 2)"),
                            ("recital-27", "Henkilö on kuollut: asetus ei koske (johdanto 27)"),
                        ],
                        max_length=14,
                        verbose_name="peruste",
                    ),
                ),
                (
                    "reasons",
                    models.CharField(blank=True, max_length=2000, verbose_name="perustelut"),
                ),
                ("facts", models.CharField(blank=True, max_length=2000, verbose_name="tosiseikat")),
                (
                    "tells_supervisor",
                    models.BooleanField(
                        default=False,
                        verbose_name="kerrotaan oikeudesta valittaa tietosuojavaltuutetulle",
                    ),
                ),
                (
                    "tells_remedy",
                    models.BooleanField(
                        default=False, verbose_name="kerrotaan oikeussuojakeinoista"
                    ),
                ),
                (
                    "to_supervisor",
                    models.BooleanField(
                        default=False,
                        verbose_name="tiedot voidaan antaa tietosuojavaltuutetulle (34 §)",
                    ),
                ),
                (
                    "fee",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="maksu"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(), editable=False
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="registry_rights.datarequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "ratkaisu",
                "verbose_name_plural": "ratkaisut",
                "ordering": ("right",),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("handed", "Luovutettu paikan päällä, henkilöllisyys todettu"),
                            ("registered", "Kirjattu kirje"),
                            ("letter", "Kirje"),
                            ("email", "Salattu sähköposti"),
                            ("phone", "Puhelimessa, tunnistettu"),
                        ],
                        max_length=10,
                        verbose_name="toimitustapa",
                    ),
                ),
                ("delivered_on", models.DateField(verbose_name="toimitettu")),
                (
                    "receiver",
                    models.CharField(
                        choices=[
                            ("person", "Henkilölle itselleen"),
                            ("representative", "Edustajalle"),
                            ("authority", "Tietosuojavaltuutetulle"),
                        ],
                        max_length=14,
                        verbose_name="saaja",
                    ),
                ),
                (
                    "confirmed_on",
                    models.DateField(blank=True, null=True, verbose_name="osoite varmistettu"),
                ),
                ("proof", models.CharField(max_length=200, verbose_name="toimituksen näyttö")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(), editable=False
                    ),
                ),
                ("missent_at", models.DateTimeField(null=True, verbose_name="virhe havaittu")),
                (
                    "missent_note",
                    models.CharField(blank=True, max_length=200, verbose_name="mitä tapahtui"),
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
                    "missent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="registry_rights.datarequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "toimitus",
                "verbose_name_plural": "toimitukset",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ErasureLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=30, verbose_name="tietoryhmä")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rivejä")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("17-1-a", "Tietoja ei enää tarvita (17 artikla 1 a)"),
                            ("17-1-b", "Suostumus on peruttu (17 artikla 1 b)"),
                            ("17-1-c", "Käsittelyä on vastustettu (17 artikla 1 c)"),
                            ("17-1-d", "Käsittely on lainvastaista (17 artikla 1 d)"),
                        ],
                        max_length=10,
                        verbose_name="poiston peruste",
                    ),
                ),
                (
                    "bar",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Ei estettä"),
                            ("contract", "Sopimus on voimassa"),
                            ("17-3-b", "Lakisääteinen velvoite (17 artikla 3 b)"),
                            ("17-3-e", "Oikeudelliset vaateet (17 artikla 3 e)"),
                            ("32", "Käsittelyn turvallisuus (32 artikla)"),
                            ("hold", "Säilytyspito"),
                            ("customer", "Asiakkuus on voimassa"),
                        ],
                        max_length=10,
                        verbose_name="este",
                    ),
                ),
                ("statute", models.CharField(blank=True, max_length=200, verbose_name="säännös")),
                ("until", models.DateField(null=True, verbose_name="asti")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("erase", "Poistetaan"),
                            ("hash", "Poistetaan, kiellosta jää tiiviste"),
                            ("later", "Poistetaan myöhemmin"),
                            ("refuse", "Ei poisteta"),
                        ],
                        max_length=6,
                        verbose_name="ratkaisu",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="erasure_lines",
                        to="registry_rights.datarequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "poistoratkaisun rivi",
                "verbose_name_plural": "poistoratkaisun rivit",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                            ("receipt", "Vastaanottoilmoitus"),
                            ("identity", "Tunnistautumispyyntö"),
                            ("reminder", "Muistutus tunnistautumisesta"),
                            ("not_identified", "Vastaus: ei tunnistettu"),
                            ("extension", "Ilmoitus jatkoajasta"),
                            ("answer", "Vastaus"),
                            ("confirmation", "Vahvistus kiellosta tai peruutuksesta"),
                            ("lifting", "Ilmoitus rajoituksen päättämisestä"),
                        ],
                        max_length=14,
                        verbose_name="laji",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fi", "suomi"), ("en", "englanti")],
                        max_length=2,
                        verbose_name="kieli",
                    ),
                ),
                ("told_on", models.DateField(verbose_name="kerrottu")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("handed", "Luovutettu paikan päällä, henkilöllisyys todettu"),
                            ("registered", "Kirjattu kirje"),
                            ("letter", "Kirje"),
                            ("email", "Salattu sähköposti"),
                            ("phone", "Puhelimessa, tunnistettu"),
                        ],
                        max_length=10,
                        verbose_name="tapa",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(), editable=False
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="registry_rights.datarequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "kirje",
                "verbose_name_plural": "kirjeet",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("taken_in", "Kirjattu"),
                            ("handler", "Käsittelijä"),
                            ("receipt", "Saapumispäivä siirretty"),
                            ("matched", "Henkilö haettu"),
                            ("authority", "Valtuus tarkistettu"),
                            ("asked", "Tunnistautumista pyydetty"),
                            ("reminded", "Muistutettu tunnistautumisesta"),
                            ("identified", "Henkilöllisyys varmistettu"),
                            ("lapsed", "Rauennut"),
                            ("weighed", "Arvio kirjattu"),
                            ("extended", "Määräaikaa jatkettu"),
                            ("decided", "Ratkaistu"),
                            ("corrected", "Oikaisu kirjattu"),
                            ("erasure", "Poistotaulukko laskettu"),
                            ("restricted", "Käsittelyä rajoitettu"),
                            ("objected", "Kielto tai peruutus tallennettu"),
                            ("filed", "Liite lisätty"),
                            ("letter", "Ilmoitus kirjattu"),
                            ("submitted", "Annettu tarkastettavaksi"),
                            ("returned", "Palautettu käsittelyyn"),
                            ("approved", "Hyväksytty"),
                            ("delivered", "Toimitettu"),
                            ("missent", "Lähetetty väärin"),
                            ("recipients", "Vastaanottajille ilmoitettu"),
                            ("closed", "Suljettu"),
                            ("withdrawn", "Pyytäjä perui"),
                            ("complained", "Valitus tietosuojavaltuutetulle"),
                            ("resolved", "Valitus ratkaistu"),
                        ],
                        max_length=10,
                        verbose_name="toimi",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("received", "Vastaanotettu"),
                            ("identifying", "Odottaa tunnistusta"),
                            ("in_progress", "Käsittelyssä"),
                            ("extended", "Käsittelyssä, jatkettu"),
                            ("in_review", "Tarkastuksessa"),
                            ("approved", "Hyväksytty"),
                            ("delivered", "Toimitettu"),
                            ("partly", "Osittain toimitettu"),
                            ("refused", "Kieltäydytty"),
                            ("told", "Vastaanottajille ilmoitettu"),
                            ("closed", "Suljettu"),
                            ("withdrawn", "Peruutettu"),
                            ("lapsed", "Rauennut"),
                            ("complaint", "Valitus"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("received", "Vastaanotettu"),
                            ("identifying", "Odottaa tunnistusta"),
                            ("in_progress", "Käsittelyssä"),
                            ("extended", "Käsittelyssä, jatkettu"),
                            ("in_review", "Tarkastuksessa"),
                            ("approved", "Hyväksytty"),
                            ("delivered", "Toimitettu"),
                            ("partly", "Osittain toimitettu"),
                            ("refused", "Kieltäydytty"),
                            ("told", "Vastaanottajille ilmoitettu"),
                            ("closed", "Suljettu"),
                            ("withdrawn", "Peruutettu"),
                            ("lapsed", "Rauennut"),
                            ("complaint", "Valitus"),
                        ],
                        max_length=12,
                        verbose_name="vaihe",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="lisätieto")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=vuokra.access.clock.ClockTimestamp(),
                        editable=False,
                        verbose_name="aika",
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="registry_rights.datarequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "pyynnön vaihe",
                "verbose_name_plural": "pyynnön vaiheet",
                "ordering": ("id",),
            },
        ),
        migrations.AddIndex(
            model_name="datarequest",
            index=models.Index(fields=["state", "deadline"], name="rights_request_state"),
        ),
        migrations.AddIndex(
            model_name="datarequest",
            index=models.Index(fields=["person", "received_on"], name="rights_request_person"),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rights__len__gt", 0),
                    (
                        "rights__contained_by",
                        ["15", "16", "17", "18", "20", "21-1", "21-2", "7-3", "22-3"],
                    ),
                ),
                name="rights_request_rights",
                violation_error_message="Valitse ainakin yksi oikeus.",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "received",
                            "identifying",
                            "in_progress",
                            "extended",
                            "in_review",
                            "approved",
                            "delivered",
                            "partly",
                            "refused",
                            "told",
                            "closed",
                            "withdrawn",
                            "lapsed",
                            "complaint",
                        ],
                    )
                ),
                name="rights_request_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("known", "found"), ("person__isnull", False)),
                    models.Q(models.Q(("known", "found"), _negated=True), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="rights_request_found",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False),
                    models.Q(("sender", ""), _negated=True),
                    _connector="OR",
                ),
                name="rights_request_from_somebody",
                violation_error_message="Kirjoita, keneltä pyyntö tuli.",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target__gt", models.F("received_on")),
                    ("deadline__gte", models.F("target")),
                    models.Q(
                        ("last_deadline__isnull", True),
                        models.Q(
                            ("last_deadline__gte", models.F("last_target")),
                            ("last_target__isnull", False),
                        ),
                        _connector="OR",
                    ),
                ),
                name="rights_request_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("extended_on", None),
                        ("extension_ground", ""),
                        ("extension_reason", ""),
                        ("last_deadline", None),
                        ("last_target", None),
                    ),
                    models.Q(
                        ("extended_on__isnull", False),
                        ("extended_on__lte", models.F("deadline")),
                        ("last_deadline__isnull", False),
                        ("last_target__isnull", False),
                        models.Q(("extension_ground", ""), _negated=True),
                        models.Q(("extension_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_request_extension_whole",
                violation_error_message="Jatkoajasta on kerrottava määräajassa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("identified_by", None),
                        ("identified_on", None),
                        ("level", None),
                        ("method", ""),
                    ),
                    models.Q(
                        ("identified_on__isnull", False),
                        ("level__isnull", False),
                        models.Q(("method", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_request_identity_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__isnull", True),
                    ("level__lt", 3),
                    models.Q(
                        ("second_identifier__isnull", False),
                        models.Q(("second_identifier", models.F("identified_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_request_second_identifier",
                violation_error_message="Tasolla T3 henkilöllisyyden toteaa kaksi käsittelijää.",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reminded_on__isnull", True),
                    models.Q(
                        ("asked_on__isnull", False), ("reminded_on__gte", models.F("asked_on"))
                    ),
                    _connector="OR",
                ),
                name="rights_request_reminded_after_asking",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("authority", "seen"), _negated=True),
                    models.Q(
                        ("authority_at__isnull", False),
                        models.Q(("authority_paper", ""), _negated=True),
                        models.Q(("behalf", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_request_authority_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rights__overlap", ["15", "17", "20"]), _negated=True),
                    ("approver__isnull", True),
                    models.Q(
                        models.Q(("approver", models.F("handler")), _negated=True),
                        models.Q(("approver", models.F("submitted_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_request_four_eyes",
                violation_error_message="Toisen henkilön on hyväksyttävä vastaus.",
            ),
        ),
        migrations.AddConstraint(
            model_name="datarequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approver", None)),
                    models.Q(("approved_at__isnull", False), ("approver__isnull", False)),
                    _connector="OR",
                ),
                name="rights_request_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None), ("result", "")),
                    models.Q(models.Q(("result", ""), _negated=True), ("done_at__isnull", False)),
                    _connector="OR",
                ),
                name="rights_correction_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "no_ground"), _negated=True),
                    models.Q(("result_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="rights_correction_refused_with_reasons",
                violation_error_message="Kirjoita, miksi oikaisuun ei ole aihetta.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("target", "assessment"), _negated=True),
                    ("result__in", ["", "no_ground", "statement"]),
                    _connector="OR",
                ),
                name="rights_correction_assessment_stays",
                violation_error_message="Arviota ei kirjoiteta päälle: liitä henkilön lausuma sen viereen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("request", "right"), name="rights_decision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["granted", "partly", "refused", "claim"]),
                    ("right__in", ["15", "16", "17", "18", "20", "21-1", "21-2", "7-3", "22-3"]),
                ),
                name="rights_decision_codes",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ("partly", "refused", "claim")), _negated=True),
                    models.Q(
                        ("tells_remedy", True),
                        ("tells_supervisor", True),
                        models.Q(("ground", ""), _negated=True),
                        models.Q(("reasons", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_refusal_whole",
                violation_error_message="Kieltäytymisessä on oltava peruste, perustelut, tieto valituksesta tietosuojavaltuutetulle ja oikeussuojakeinot.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("ground", "12-5-excessive"), _negated=True), ("fee__isnull", True)
                    ),
                    models.Q(("facts", ""), _negated=True),
                    _connector="OR",
                ),
                name="rights_excess_has_facts",
                violation_error_message="Kirjoita tosiseikat, jotka osoittavat kohtuuttomuuden tai maksun perusteen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee__isnull", True), ("fee__gt", 0), _connector="OR"),
                name="rights_fee_positive",
                violation_error_message="Maksun pitää olla suurempi kuin nolla.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proof", ""), _negated=True),
                    ("receiver__in", ["person", "representative", "authority"]),
                    ("way__in", ["handed", "registered", "letter", "email", "phone"]),
                ),
                name="rights_delivery_proved",
                violation_error_message="Kirjoita, mikä osoittaa toimituksen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way__in", ["registered", "letter", "email"]), _negated=True),
                    models.Q(
                        ("confirmed_on__isnull", False),
                        ("confirmed_on__lte", models.F("delivered_on")),
                    ),
                    _connector="OR",
                ),
                name="rights_delivery_to_confirmed_address",
                violation_error_message="Varmista osoite ennen lähettämistä.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("missent_at", None), ("missent_note", "")),
                    models.Q(
                        ("missent_at__isnull", False), models.Q(("missent_note", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="rights_missent_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasureline",
            constraint=models.UniqueConstraint(
                fields=("request", "group"), name="rights_erasure_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasureline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bar", ""), ("fate__in", ["erase", "hash"])),
                    models.Q(
                        models.Q(("bar", ""), _negated=True),
                        models.Q(("statute", ""), _negated=True),
                        ("fate__in", ["later", "refuse"]),
                    ),
                    _connector="OR",
                ),
                name="rights_erasure_bar_has_statute",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasureline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fate", "later"), _negated=True),
                    ("until__isnull", False),
                    _connector="OR",
                ),
                name="rights_erasure_later_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                fields=("request", "version"), name="rights_step_version"
            ),
        ),
    ]
