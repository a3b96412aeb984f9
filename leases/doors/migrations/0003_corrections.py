"""What is wrong with a correction has a name of its own."""

from pathlib import Path

from django.db import migrations

FIRST = Path(__file__).with_name("0002_guards.sql").read_text("utf-8")
_BEFORE, _OPENING, BODY = FIRST.rpartition("CREATE FUNCTION public.leases_doors_guard_correction()")
BACKWARD = (
    "CREATE OR REPLACE FUNCTION public.leases_doors_guard_correction()"
    + BODY.partition("CREATE TRIGGER")[0]
)


class Migration(migrations.Migration):
    dependencies = [("leases_doors", "0002_guards")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
