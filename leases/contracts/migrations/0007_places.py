"""A place is let once at a time: it comes free with the end of a lease, or when it is cancelled."""

from pathlib import Path

from django.db import migrations

BACKWARD = """
DROP TRIGGER guard_occupancy ON public.leases_homes_placeoccupancy;
DROP TRIGGER guard_occupancy ON public.leases_homes_occupancy;
CREATE TRIGGER guard_occupancy BEFORE UPDATE OR DELETE ON public.leases_homes_occupancy
    FOR EACH ROW WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION public.leases_contracts_guard_occupancy();
DROP TRIGGER free_place ON public.leases_contracts_lease;
DROP TRIGGER free_place ON public.leases_contracts_component;
DROP TRIGGER hold_place_anew ON public.leases_contracts_component;
DROP TRIGGER hold_place ON public.leases_contracts_component;
DROP FUNCTION public.leases_contracts_follow_end();
DROP FUNCTION public.leases_contracts_follow_component();
DROP FUNCTION public.leases_contracts_hold_places(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0006_waiting"),
        ("leases_homes", "0003_place_occupancy"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="component", name="contracts_place_once"),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
    ]
