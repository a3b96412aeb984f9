"""What another approved is corrected by two; an authority gets data by law; recipients stay."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
BEFORE = """
DROP TRIGGER guard_export_law ON public.registry_disclosures_exportrequest;
DROP FUNCTION public.registry_disclosures_guard_export_law();
DROP TRIGGER guard_correction ON public.registry_disclosures_correction;
DROP FUNCTION public.registry_disclosures_guard_correction();
"""


def _before() -> str:
    """The guards of disclosures and recipients as migration 0003 made them, and no others."""
    whole = HERE.with_name("0003_whom.sql").read_text("utf-8")
    guards = whole[: whole.index("CREATE TRIGGER guard_recipient")]
    return BEFORE + guards.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("registry_disclosures", "0004_corrections")]
    operations = [
        migrations.RunSQL(HERE.with_name("0005_by_two.sql").read_text("utf-8"), _before()),
    ]
