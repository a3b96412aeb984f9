"""A step keeps what it was about as a code; granted in part is told apart from delivered in part."""

from django.db import migrations, models

import registry.rights.models.abouts
from vuokra.db.protect import ProtectTable, unprotect_sql

STEP = "registry_rights_step"
BEFORE = ["act", "after", "at", "before", "by_id", "id", "note", "request_id", "version"]
STATES = [
    ("received", "Vastaanotettu"),
    ("identifying", "Odottaa tunnistusta"),
    ("in_progress", "Käsittelyssä"),
    ("extended", "Käsittelyssä, jatkettu"),
    ("in_review", "Tarkastuksessa"),
    ("approved", "Hyväksytty"),
    ("delivered", "Toimitettu"),
    ("partly", "Myönnetty osittain, toimitettu"),
    ("refused", "Kieltäydytty"),
    ("told", "Vastaanottajille ilmoitettu"),
    ("closed", "Suljettu"),
    ("withdrawn", "Peruutettu"),
    ("lapsed", "Rauennut"),
    ("complaint", "Valitus"),
]


class Migration(migrations.Migration):
    dependencies = [("registry_rights", "0007_given_once")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="about",
            field=models.CharField(
                blank=True,
                choices=registry.rights.models.abouts.abouts,
                default="",
                max_length=24,
                verbose_name="mitä koski",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="datarequest",
            name="state",
            field=models.CharField(
                choices=STATES, default="received", max_length=12, verbose_name="vaihe"
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="before",
            field=models.CharField(blank=True, choices=STATES, max_length=12),
        ),
        migrations.AlterField(
            model_name="step",
            name="after",
            field=models.CharField(choices=STATES, max_length=12, verbose_name="vaihe"),
        ),
        migrations.RunSQL(unprotect_sql(STEP), ProtectTable(STEP, "", BEFORE).sql),
        ProtectTable(STEP, subject="", loggable=[*BEFORE, "about"]),
    ]
