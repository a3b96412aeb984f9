import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import registry.persons.models
import vuokra.crypto.blind
import vuokra.crypto.fields
import vuokra.db.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(
            "CREATE SEQUENCE registry_persons_customer_number AS bigint START 10001;"
            "GRANT USAGE ON SEQUENCE registry_persons_customer_number TO vuokra_app",
            "DROP SEQUENCE registry_persons_customer_number",
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "customer_number",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("registry_persons_customer_number"), function="nextval"
                        ),
                        editable=False,
                        unique=True,
                        verbose_name="asiakasnumero",
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=registry.persons.models.new_public_id,
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("surname", models.CharField(blank=True, max_length=200, verbose_name="sukunimi")),
                (
                    "given_names",
                    models.CharField(blank=True, max_length=200, verbose_name="etunimet"),
                ),
                (
                    "call_name",
                    models.CharField(blank=True, max_length=200, verbose_name="kutsumanimi"),
                ),
                (
                    "sort_key",
                    vuokra.db.fields.ComputedTextField(
                        db_collation="C", source="computed_sort_key"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fi", "suomi"), ("sv", "ruotsi"), ("en", "englanti")],
                        default="fi",
                        max_length=2,
                        verbose_name="asiointikieli",
                    ),
                ),
                (
                    "customer_since",
                    models.DateField(blank=True, null=True, verbose_name="asiakkuus alkoi"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "henkilö",
                "verbose_name_plural": "henkilöt",
                "ordering": ("sort_key", "id"),
                "indexes": [models.Index(fields=["sort_key", "id"], name="persons_finnish_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("surname", ""), _negated=True),
                            models.Q(("given_names", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="persons_person_has_a_name",
                        violation_error_message="Anna ainakin yksi nimi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sort_key", ""), _negated=True),
                        name="persons_person_has_a_sort_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["fi", "sv", "en"])),
                        name="persons_person_language_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "hetu",
                    vuokra.crypto.fields.EncryptedTextField(
                        blind_index="hetu_index",
                        max_length=11,
                        null=True,
                        verbose_name="henkilötunnus",
                    ),
                ),
                ("hetu_index", vuokra.crypto.blind.BlindIndexField(null=True)),
                (
                    "artificial",
                    models.BooleanField(default=False, verbose_name="keinotekoinen tunnus"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hetu", "Henkilötunnus"),
                            ("keinotunnus", "Keinotunnus"),
                            ("birth_date", "Vain syntymäaika"),
                        ],
                        max_length=12,
                        verbose_name="tunnisteen laji",
                    ),
                ),
                ("birth_date", models.DateField(verbose_name="syntymäaika")),
                ("active", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identity",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "tunnistetieto",
                "verbose_name_plural": "tunnistetiedot",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)),
                        fields=("hetu_index",),
                        name="persons_identity_unique_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("artificial", False),
                                ("hetu__isnull", True),
                                ("hetu_index__isnull", True),
                                ("kind", "birth_date"),
                            ),
                            models.Q(
                                ("hetu__isnull", False),
                                ("hetu_index__isnull", False),
                                ("kind", "hetu"),
                            ),
                            models.Q(
                                ("artificial", True),
                                ("hetu__isnull", False),
                                ("hetu_index__isnull", False),
                                ("kind", "keinotunnus"),
                            ),
                            _connector="OR",
                        ),
                        name="persons_identity_kind_matches",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("birth_date__gte", "1850-01-01")),
                        name="persons_identity_birth_date_sane",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "hetu",
                    vuokra.crypto.fields.EncryptedTextField(
                        blind_index="hetu_index",
                        max_length=11,
                        null=True,
                        verbose_name="henkilötunnus",
                    ),
                ),
                ("hetu_index", vuokra.crypto.blind.BlindIndexField(null=True)),
                (
                    "artificial",
                    models.BooleanField(default=False, verbose_name="keinotekoinen tunnus"),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("changed", "Tunnus on virallisesti muutettu"),
                            ("mistake", "Tunnus oli kirjattu väärin"),
                        ],
                        max_length=12,
                        verbose_name="syy",
                    ),
                ),
                ("ended_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_codes",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "aiempi tunnus",
                "verbose_name_plural": "aiemmat tunnukset",
                "indexes": [models.Index(fields=["hetu_index"], name="persons_former_code")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hetu__isnull", False), ("hetu_index__isnull", False)),
                        name="persons_former_code_present",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
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
                        default="SRC-ASIAKAS",
                        max_length=12,
                        verbose_name="lähde",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                (
                    "verified_at",
                    models.DateField(blank=True, null=True, verbose_name="varmistettu"),
                ),
                ("valid_from", models.DateField(verbose_name="voimassa alkaen")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="voimassa asti")),
                (
                    "kind",
                    models.CharField(
                        choices=[("phone", "Puhelin"), ("email", "Sähköposti")],
                        max_length=8,
                        verbose_name="laji",
                    ),
                ),
                ("value", models.CharField(max_length=254, verbose_name="numero tai osoite")),
                (
                    "search_value",
                    vuokra.db.fields.ComputedTextField(
                        db_collation="C", source="computed_search_value"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "yhteystieto",
                "verbose_name_plural": "yhteystiedot",
                "ordering": ("kind", "-valid_from", "id"),
                "abstract": False,
                "indexes": [models.Index(fields=["search_value"], name="persons_contact_value")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="registry_persons_contactpoint_dates",
                        violation_error_message="Päättymispäivä on ennen alkamispäivää.",
                    ),
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
                            )
                        ),
                        name="registry_persons_contactpoint_source",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("person", "kind", "search_value"),
                        name="persons_contact_once",
                        violation_error_message="Sama yhteystieto on jo voimassa.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "phone"), ("search_value__regex", "^\\+?[0-9]{3,16}$")
                            ),
                            models.Q(
                                ("kind", "email"), ("search_value__regex", "^[^@\\s]+@[^@\\s]+$")
                            ),
                            _connector="OR",
                        ),
                        name="persons_contact_shape",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Address",
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
                        default="SRC-ASIAKAS",
                        max_length=12,
                        verbose_name="lähde",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="kirjattu")),
                (
                    "verified_at",
                    models.DateField(blank=True, null=True, verbose_name="varmistettu"),
                ),
                ("valid_from", models.DateField(verbose_name="voimassa alkaen")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="voimassa asti")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("home", "Vakinainen"),
                            ("temporary", "Tilapäinen"),
                            ("postal", "Postiosoite"),
                            ("invoice", "Laskutusosoite"),
                        ],
                        default="home",
                        max_length=12,
                        verbose_name="laji",
                    ),
                ),
                ("street", models.CharField(max_length=200, verbose_name="katuosoite")),
                (
                    "postal_code",
                    models.CharField(blank=True, max_length=12, verbose_name="postinumero"),
                ),
                ("town", models.CharField(max_length=100, verbose_name="postitoimipaikka")),
                ("country", models.CharField(default="FI", max_length=2, verbose_name="maa")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "osoite",
                "verbose_name_plural": "osoitteet",
                "ordering": ("kind", "-valid_from", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="registry_persons_address_dates",
                        violation_error_message="Päättymispäivä on ennen alkamispäivää.",
                    ),
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
                            )
                        ),
                        name="registry_persons_address_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country", "FI"), _negated=True),
                            ("postal_code__regex", "^[0-9]{5}$"),
                            _connector="OR",
                        ),
                        name="persons_address_postal_code",
                        violation_error_message="Suomalaisessa postinumerossa on viisi numeroa.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                        name="persons_address_country",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "home")),
                        expressions=[
                            ("person", "="),
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
                        name="persons_address_one_home",
                        violation_error_message="Henkilöllä on jo vakinainen osoite samalta ajalta. Päätä se ensin.",
                    ),
                ],
            },
        ),
    ]
