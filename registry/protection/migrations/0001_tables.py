"""Tables of turvakielto."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vuokra.crypto.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry_persons", "0004_protected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Turvakielto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="voimassa alkaen")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="voimassa asti"),
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
                        verbose_name="lähde",
                    ),
                ),
                (
                    "covers_household",
                    models.BooleanField(default=True, verbose_name="koskee ruokakuntaa"),
                ),
                ("review_at", models.DateField(verbose_name="tarkistetaan")),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                ("ending_proposed_at", models.DateTimeField(null=True)),
                (
                    "ending_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="peruste"),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ending_proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "noted_by",
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
                        related_name="bans",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "turvakielto",
                "verbose_name_plural": "turvakiellot",
                "ordering": ("-noted_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                            ("letters", "Peru jonossa olevat kirjeet ja viestit"),
                            ("export", "Kutsu takaisin viety luettelo"),
                            ("plates", "Tarkista ovikyltti, postiluukku ja porrastaulu"),
                            ("lists", "Tarkista sauna-, pesutupa- ja asukasluettelot"),
                        ],
                        max_length=8,
                    ),
                ),
                ("event_id", models.BigIntegerField(null=True)),
                ("event_at", models.DateTimeField(null=True)),
                ("event_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "ban",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="registry_protection.turvakielto",
                    ),
                ),
            ],
            options={
                "verbose_name": "turvakiellon tehtävä",
                "verbose_name_plural": "turvakiellon tehtävät",
                "ordering": ("kind", "id"),
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverages",
                        to="registry_persons.person",
                    ),
                ),
                (
                    "ban",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverages",
                        to="registry_protection.turvakielto",
                    ),
                ),
            ],
            options={
                "verbose_name": "turvakiellon peitto",
                "verbose_name_plural": "turvakiellon peitot",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ContactAddress",
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
                ("street", models.CharField(max_length=200, verbose_name="osoite")),
                ("postal_code", models.CharField(max_length=12, verbose_name="postinumero")),
                ("town", models.CharField(max_length=100, verbose_name="postitoimipaikka")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_addresses",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "yhteysosoite",
                "verbose_name_plural": "yhteysosoitteet",
                "ordering": ("-valid_from", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="registry_protection_contactaddress_dates",
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
                        name="registry_protection_contactaddress_source",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("person",),
                        name="protection_one_contact_address",
                        violation_error_message="Henkilöllä on jo yhteysosoite. Päätä se ensin.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectedDetail",
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
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "Puhelin"),
                            ("email", "Sähköposti"),
                            ("home", "Vakinainen"),
                            ("temporary", "Tilapäinen"),
                            ("postal", "Postiosoite"),
                            ("invoice", "Laskutusosoite"),
                        ],
                        max_length=12,
                        verbose_name="laji",
                    ),
                ),
                (
                    "content",
                    vuokra.crypto.fields.SubjectEncryptedTextField(
                        max_length=400, subject="person_id", verbose_name="yhteystieto"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="protected_details",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "suojattu yhteystieto",
                "verbose_name_plural": "suojatut yhteystiedot",
                "ordering": ("kind", "-valid_from", "id"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="registry_protection_protecteddetail_dates",
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
                        name="registry_protection_protecteddetail_source",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="turvakielto",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("person",),
                name="protection_one_ban",
                violation_error_message="Henkilöllä on jo voimassa oleva turvakielto.",
            ),
        ),
        migrations.AddConstraint(
            model_name="turvakielto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="protection_ban_dates",
                violation_error_message="Päättymispäivä on ennen alkamispäivää.",
            ),
        ),
        migrations.AddConstraint(
            model_name="turvakielto",
            constraint=models.CheckConstraint(
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
                name="protection_ban_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="turvakielto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ending_proposed_at", None),
                        ("ending_proposed_by", None),
                        ("ending_reason", ""),
                    ),
                    models.Q(
                        ("ending_proposed_at__isnull", False),
                        ("ending_proposed_by__isnull", False),
                        models.Q(("ending_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="protection_ban_proposal_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="turvakielto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("ending_proposed_by__isnull", False),
                        models.Q(("ended_by", models.F("ending_proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="protection_ban_ended_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "export"), _negated=True),
                    models.Q(("event_at__isnull", False), ("event_id__isnull", False)),
                    _connector="OR",
                ),
                name="protection_task_export_names_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True), ("done_by__isnull", False), _connector="OR"
                ),
                name="protection_task_done_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="coverage",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["person"],
                name="protection_covered_now",
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("ban", "person"),
                name="protection_covered_once",
            ),
        ),
    ]
