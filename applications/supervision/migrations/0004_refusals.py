"""What is refused of a complaint is told by a name for each."""

from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = (
    Path(__file__)
    .with_name("0003_own_name.sql")
    .read_text("utf-8")
    .partition("CREATE TRIGGER")[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)


class Migration(migrations.Migration):
    dependencies = [("applications_supervision", "0003_own_name")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
