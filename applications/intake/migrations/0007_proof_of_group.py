"""A paper that shows whether a household belongs to a special group, or not."""

from django.db import migrations, models

from vuokra.db.protect import ProtectTable, unprotect_sql

TABLE = "applications_intake_attachment"
LOGGED = [
    "application_id", "arrived_on", "asked_on", "due_on", "id", "kind", "member_id", "mime",
    "needed_by", "reason", "recorded_at", "recorded_by_id", "seen_by_id", "seen_on", "size",
    "state", "uuid",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("applications_intake", "0006_consent_notice"),
    ]

    operations = [
        migrations.RunSQL(unprotect_sql(TABLE), ProtectTable(TABLE, "", LOGGED).sql),
        migrations.RemoveConstraint(
            model_name="attachment",
            name="intake_attachment_known",
        ),
        migrations.AddField(
            model_name="attachment",
            name="denies",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="ei osoita kuulumista erityisryhmään"
            ),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("original", "Hakemus alkuperäisenä"),
                    ("wage", "Palkkatodistus tai tulorekisteriote"),
                    ("pension", "Eläketodistus"),
                    ("tax", "Esitäytetty veroilmoitus"),
                    ("student", "Opiskelutodistus"),
                    ("benefit", "Päätös etuudesta"),
                    ("business", "Tuloslaskelma, tase ja kirjanpitäjän lomake"),
                    ("service", "Palvelustodistus"),
                    ("value", "Selvitys omaisuuden käyvästä arvosta"),
                    ("debts", "Velkatodistus"),
                    ("notice", "Irtisanomisilmoitus tai häätötuomio"),
                    ("household", "Todistus ruokakunnan muutoksesta"),
                    ("need", "Todistus asunnontarpeen perusteesta"),
                    ("residence", "Oleskeluoikeuden todistus"),
                    ("group", "Selvitys erityisryhmään kuulumisesta"),
                    ("other", "Muu liite"),
                ],
                max_length=9,
                verbose_name="liite",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "original",
                            "wage",
                            "pension",
                            "tax",
                            "student",
                            "benefit",
                            "business",
                            "service",
                            "value",
                            "debts",
                            "notice",
                            "household",
                            "need",
                            "residence",
                            "group",
                            "other",
                        ],
                    ),
                    ("needed_by__in", ["processing", "offer", "contract"]),
                    ("state__in", ["asked", "arrived", "seen", "dropped"]),
                ),
                name="intake_attachment_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("denies", False),
                    models.Q(("kind", "group"), ("state", "seen")),
                    _connector="OR",
                ),
                name="intake_attachment_denies",
                violation_error_code="denies",
                violation_error_message=(
                    "Vain selvitys erityisryhmään kuulumisesta voi osoittaa, ettei ruokakunta "
                    "kuulu ryhmään."
                ),
            ),
        ),
        ProtectTable(TABLE, subject="", loggable=[*LOGGED, "denies"]),
    ]
