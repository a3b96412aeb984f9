"""Versions of the privacy notice, with the first one."""

from django.db import migrations, models

FIRST = """
INSERT INTO public.vuokra_company_notice_version (code, valid_from, summary)
VALUES ('1', '2026-01-01', 'Ensimmäinen versio')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("vuokra_company", "0002_limits"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Versio")),
                ("valid_from", models.DateField(verbose_name="Voimassa alkaen")),
                ("summary", models.CharField(max_length=300, verbose_name="Mikä muuttui")),
            ],
            options={
                "verbose_name": "tietosuojaselosteen versio",
                "verbose_name_plural": "tietosuojaselosteen versiot",
                "db_table": "vuokra_company_notice_version",
                "ordering": ["-valid_from", "-id"],
            },
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]
