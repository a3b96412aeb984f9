"""Names that people no longer have: behind the net, and found by search."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import vuokra.db.fields
from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_name("0007_former_names.sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER search_update_former ON public.registry_persons_person;
DROP TRIGGER search_insert ON public.registry_persons_formername;
DROP TRIGGER search_update ON public.registry_persons_formername;
DROP TRIGGER search_delete ON public.registry_persons_formername;
DROP FUNCTION public.registry_persons_search_formername();
DROP FUNCTION public.registry_persons_search_former(bigint[]);
DELETE FROM public.registry_persons_search WHERE kind = 6;
"""


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0007_merged_into")]

    operations = [
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    "used_until",
                    models.DateField(blank=True, null=True, verbose_name="viimeinen käyttöpäivä"),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_names",
                        to="registry_persons.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "entinen nimi",
                "verbose_name_plural": "entiset nimet",
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("surname", ""), _negated=True),
                            models.Q(("given_names", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="persons_former_name_present",
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
                        name="persons_former_name_source",
                    ),
                ],
            },
        ),
        ProtectTable(
            "registry_persons_formername",
            subject="person_id",
            loggable=[
                "call_name",
                "given_names",
                "id",
                "person_id",
                "recorded_at",
                "sort_key",
                "source",
                "surname",
                "used_until",
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
