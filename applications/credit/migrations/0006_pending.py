"""Which choice is about to be offered is asked of the selection itself."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
BEFORE = HERE.with_name("0003_at_hand.sql").read_text("utf-8")
START = BEFORE.index("FUNCTION public.applications_credit_guard_case(")
BACKWARD = f"CREATE OR REPLACE {BEFORE[START : BEFORE.index('$$;', START)]}$$;"


class Migration(migrations.Migration):
    dependencies = [
        ("applications_credit", "0005_noticed"),
        ("applications_selection", "0007_as_decided"),
    ]

    operations = [migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD)]
