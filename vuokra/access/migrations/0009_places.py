"""Where the log rows of a person lie, for proofs."""

from pathlib import Path

from django.db import migrations

BACKWARD = "DROP FUNCTION public.vuokra_access_places(bigint[], text[]);"


class Migration(migrations.Migration):
    dependencies = [("vuokra_access", "0008_pace_of_pages")]
    operations = [
        migrations.RunSQL(Path(__file__).with_name("0009_places.sql").read_text("utf-8"), BACKWARD),
    ]
