"""Who may be a guardian, and of whom: the age is a dated rule."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("registry_households", "0004_relations_protection"),
        ("vuokra_rules", "0003_value"),
    ]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
