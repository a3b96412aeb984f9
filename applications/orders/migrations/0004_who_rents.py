"""A lease is ordered for the household that was chosen, and rented by it, whoever writes."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
GUARDS = HERE.with_name("0002_guards.sql").read_text("utf-8")


def function_before(name: str) -> str:
    """A function as the guards first had it."""
    start = GUARDS.index(f"FUNCTION public.applications_orders_{name}(")
    return f"CREATE OR REPLACE {GUARDS[start : GUARDS.index('$$;', start)]}$$;"


BACKWARD = f"""
DROP TRIGGER check_tenants ON public.leases_contracts_lease;
DROP TRIGGER check_tenants ON public.applications_orders_leaseorder;
DROP TRIGGER check_household ON public.applications_orders_leaseorder;
DROP TRIGGER at_now ON public.applications_orders_leaseorder;
DROP FUNCTION public.applications_orders_check_tenants();
DROP FUNCTION public.applications_orders_check_household();
{function_before("guard_person")}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_orders", "0003_people_stay"),
        ("applications_selection", "0007_as_decided"),
    ]

    operations = [migrations.RunSQL(HERE.with_suffix(".sql").read_text("utf-8"), BACKWARD)]
