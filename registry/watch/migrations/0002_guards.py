"""Puts the tables of the room behind the net, and keeps what was opened, raised and decided."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text()
BACKWARD = """
DROP FUNCTION public.registry_watch_guard_duty() CASCADE;
DROP FUNCTION public.registry_watch_guard_disposition() CASCADE;
DROP FUNCTION public.registry_watch_guard_second() CASCADE;
DROP FUNCTION public.registry_watch_guard_glass() CASCADE;
DROP FUNCTION public.registry_watch_keep() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_watch", "0001_watch"),
        ("registry_persons", "0006_staff_links"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        ProtectTable(
            "registry_watch_breakglass",
            subject="subject_id",
            loggable=[
                "ends_at", "id", "opened_at", "staff_id", "subject_id", "tie", "wants_special",
            ],
        ),
        ProtectTable(
            "registry_watch_glassapproval",
            subject="",
            loggable=["approved_at", "approver_id", "glass_id", "id"],
        ),
        ProtectTable(
            "registry_watch_glassreview",
            subject="",
            loggable=["glass_id", "id", "judgement", "reviewed_at", "reviewer_id"],
        ),
        ProtectTable(
            "registry_watch_listed",
            subject="person_id",
            loggable=["id", "person_id", "recorded_at", "set_by_id", "valid_from", "valid_to"],
        ),
        *(
            ProtectTable(f"registry_watch_{name}", subject="", loggable=["id"])
            for name in (
                "alert", "alertevent", "disposition", "suspicion", "passing", "sample", "samplereview",
            )
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip
