"""Puts the tables of inspections behind the net; what was signed stays; meters go forwards."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

PARTS = ("room", "remark", "photo", "reading")
BACKWARD = "\n".join(
    (
        "DROP TRIGGER reading_order ON public.leases_inspections_reading;",
        *(f"DROP TRIGGER guard_part ON public.leases_inspections_{part};" for part in PARTS),
        "DROP TRIGGER guard ON public.leases_inspections_inspection;",
        "DROP FUNCTION public.leases_inspections_reading_order();",
        "DROP FUNCTION public.leases_inspections_guard_part();",
        "DROP FUNCTION public.leases_inspections_guard();",
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("leases_inspections", "0001_inspections"),
        ("leases_contracts", "0003_signed_stays"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
        ProtectTable(
            "leases_inspections_inspection",
            subject="",
            loggable=[
                "agreed_at", "cancel_reason", "cancelled_on", "contact_id", "done_on", "flat_id",
                "id", "inspector_id", "kind", "lease_id", "made_at", "made_by_id", "signed_on",
                "tenant_present",
            ],
        ),
        ProtectTable(
            "leases_inspections_room",
            subject="",
            loggable=["checked", "id", "inspection_id", "name", "place"],
        ),
        ProtectTable(
            "leases_inspections_remark",
            subject="",
            loggable=[
                "agreed", "cause", "condition", "estimate_eur", "id", "next_action", "part",
                "recorded_at", "recorded_by_id", "room_id", "text",
            ],
        ),
        ProtectTable(
            "leases_inspections_photo",
            subject="",
            loggable=[
                "added_at", "added_by_id", "height", "id", "remark_id", "size", "uuid", "width",
            ],
        ),
        ProtectTable(
            "leases_inspections_reading",
            subject="",
            loggable=[
                "id", "inspection_id", "lease_id", "meter_id", "read_on", "recorded_at",
                "recorded_by_id", "value",
            ],
        ),
    ]  # fmt: skip
