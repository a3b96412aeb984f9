"""Readings of homes that are kept secret refuse nobody else's."""

from pathlib import Path

from django.db import migrations, models

FIRST = Path(__file__).with_name("0002_guards.sql").read_text("utf-8")
BEGIN = "CREATE FUNCTION public.leases_inspections_reading_order"
BACKWARD = FIRST[FIRST.index(BEGIN) : FIRST.index("CREATE TRIGGER reading_order")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [
        ("leases_homes", "0003_place_occupancy"),
        ("leases_inspections", "0002_guards"),
    ]

    operations = [
        migrations.RemoveConstraint("reading", "inspections_reading_one"),
        migrations.AddIndex(
            "reading",
            models.Index(fields=["meter", "read_on"], name="inspections_reading_day"),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
