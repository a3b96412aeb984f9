"""Puts the tables of door openings behind the net; answers and reports stay as they were given."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

TABLES = ("question", "opening", "correction")
BACKWARD = "\n".join(
    (
        *(f"DROP TRIGGER guard ON public.leases_doors_{name};" for name in TABLES),
        *(f"DROP FUNCTION public.leases_doors_guard_{name}();" for name in TABLES),
    )
)
REPORT = ["done_at", "fee_eur", "note", "outcome", "payer"]


class Migration(migrations.Migration):
    dependencies = [
        ("leases_doors", "0001_openings"),
        ("leases_contracts", "0003_signed_stays"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text("utf-8"), BACKWARD),
        ProtectTable(
            "leases_doors_question",
            subject="person_id",
            loggable=[
                "answer", "asked_at", "asked_by_id", "flat_id", "ground", "id", "lease_id",
                "method", "on_call", "person_id",
            ],
        ),
        ProtectTable(
            "leases_doors_opening",
            subject="",
            loggable=[
                *REPORT, "company_id", "disclosure_id", "id", "ordered_at", "ordered_by_id",
                "question_id", "reported_by_id",
            ],
        ),
        ProtectTable(
            "leases_doors_correction",
            subject="",
            loggable=[*REPORT, "id", "made_at", "made_by_id", "opening_id", "why"],
        ),
    ]  # fmt: skip
