"""Puts the tables of orders behind the net; an order goes one way, with its offer and lease."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_ordered ON public.leases_contracts_lease;
DROP TRIGGER guard_offer_let ON public.applications_selection_offer;
DROP TRIGGER guard_person ON public.applications_orders_orderperson;
DROP TRIGGER guard_order ON public.applications_orders_leaseorder;
DROP FUNCTION public.applications_orders_guard_lease();
DROP FUNCTION public.applications_orders_guard_offer();
DROP FUNCTION public.applications_orders_guard_person();
DROP FUNCTION public.applications_orders_guard_order();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications_orders", "0001_orders"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(
            "applications_orders_leaseorder",
            subject="",
            loggable=[
                "flat_id", "free_from", "id", "lease_id", "offer_id", "placed_at", "placed_by_id",
                "rent_eur", "state", "uuid",
            ],
        ),
        ProtectTable(
            "applications_orders_orderperson",
            subject="person_id",
            loggable=["id", "order_id", "person_id", "role"],
        ),
    ]  # fmt: skip
