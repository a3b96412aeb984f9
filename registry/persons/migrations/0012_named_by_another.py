"""A customer may be who told of another (article 14)."""

from django.db import migrations, models

SOURCES = [
    ("SRC-HAK", "Asuntohakemus"),
    ("SRC-SOP", "Vuokrasopimus"),
    ("SRC-ASIAKAS", "Toinen asiakas"),
    ("SRC-TAPAHT", "Vuokrasuhteen tapahtuma"),
    ("SRC-DVV", "Digi- ja väestötietovirasto"),
    ("SRC-ASTI", "Luottotietorekisteri"),
    ("SRC-MUU", "Muu viranomainen tai yritys"),
]


class Migration(migrations.Migration):
    dependencies = [("registry_persons", "0011_notices")]
    operations = [
        migrations.RemoveConstraint("noticeduty", "persons_duty_source"),
        migrations.AddConstraint(
            "noticeduty",
            models.CheckConstraint(
                name="persons_duty_source",
                condition=models.Q(("source__in", [code for code, _label in SOURCES])),
            ),
        ),
        migrations.AlterField(
            "noticeduty",
            "source",
            models.CharField(choices=SOURCES, max_length=12, verbose_name="mistä tiedot on saatu"),
        ),
    ]
