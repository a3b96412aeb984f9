"""Puts the tables of relations behind the net; a guardian is of age, the child is not."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

OPEN = ["id", "person_id", "recorded_at", "source", "uuid", "valid_from", "valid_to", "verified_at"]
FORWARD = Path(__file__).with_suffix(".sql").read_text()
BACKWARD = """
DROP TRIGGER guardian_ages ON public.registry_households_guardian;
DROP FUNCTION public.registry_households_guardian_ages();
"""


class Migration(migrations.Migration):
    dependencies = [("registry_households", "0003_relations")]

    operations = [
        ProtectTable("registry_households_guardian", subject="person_id", loggable=OPEN),
        ProtectTable("registry_households_trusteeship", subject="person_id", loggable=OPEN),
        ProtectTable(
            "registry_households_commitment",
            subject="person_id",
            loggable=[*OPEN, "kind", "other_id"],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
