"""Where the log rows of a person lie: the first seal since each was written."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_name("0012_first_seal.sql")
BEFORE = Path(__file__).with_name("0009_places.sql")


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0011_lookers")]
    operations = [
        migrations.RunSQL(
            FORWARD.read_text("utf-8"),
            BEFORE.read_text("utf-8").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        ),
    ]
