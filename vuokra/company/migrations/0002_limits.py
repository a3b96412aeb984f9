"""Limits of looking at people: one row, chosen by the controller."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vuokra_company", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Limits",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "cards_per_hour",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="Rajan täyttyessä käyttäjän on tunnistauduttava uudelleen ja syntyy hälytys.",
                        verbose_name="Avattuja kortteja ja paljastuksia tunnissa",
                    ),
                ),
                (
                    "reveals_per_day",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Rajan ylittävistä paljastuksista syntyy hälytys.",
                        verbose_name="Paljastettuja henkilötunnuksia päivässä",
                    ),
                ),
                (
                    "blocks_colleagues",
                    models.BooleanField(
                        default=True,
                        help_text="Jos avaamista ei estetä, siitä syntyy hälytys.",
                        verbose_name="Työtoverin tietojen avaaminen estetään",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="Muutettu")),
            ],
            options={
                "verbose_name": "käytön rajat",
                "verbose_name_plural": "käytön rajat",
                "db_table": "vuokra_company_limits",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="vuokra_company_limits_one_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cards_per_hour__range", (1, 1000)),
                            ("reveals_per_day__range", (1, 1000)),
                        ),
                        name="vuokra_company_limits_sensible",
                        violation_error_message="Rajan pitää olla 1–1000.",
                    ),
                ],
            },
        ),
    ]
