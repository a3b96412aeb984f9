"""What happens at the door is in one's own name, of somebody of the lease, and stays."""

from pathlib import Path

from django.db import migrations

NAMES = ("hands", "part", "order", "told")
BACKWARD = "\n".join(f"DROP FUNCTION public.leases_doors_guard_{name}() CASCADE;" for name in NAMES)


class Migration(migrations.Migration):
    dependencies = [
        ("leases_doors", "0003_corrections"),
        ("registry_disclosures", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
