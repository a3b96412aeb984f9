"""Who was under age did not consent: the age is a dated rule."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("registry_consents", "0002_guards"), ("vuokra_rules", "0003_value")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
