"""What is to be signed stays as it was made ready; the days of flats follow from leases alone."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)


def _before() -> str:
    """The guards of a lease and its parts as they were."""
    whole = HERE.with_name("0002_guards.sql").read_text("utf-8")
    functions = whole[whole.index("CREATE FUNCTION public.leases_contracts_guard_lease") :]
    functions = functions[: functions.index("-- What a served paper said")]
    return UNDO + functions.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


UNDO = """
DROP TRIGGER guard_lease ON public.leases_contracts_lease;
DROP TRIGGER guard_part ON public.leases_contracts_component;
DROP TRIGGER guard_part ON public.leases_contracts_party;
DROP TRIGGER guard_occupancy ON public.leases_homes_occupancy;
DROP TRIGGER guard_person ON public.leases_contracts_party;
DROP FUNCTION public.leases_contracts_guard_occupancy();
DROP FUNCTION public.leases_contracts_guard_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0002_guards"),
        ("registry_duplicates", "0001_duplicates"),
    ]

    operations = [
        migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), _before()),
    ]
