"""Puts the tables of the paper archive behind the net; loans and destruction in one's own name."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text()
BACKWARD = """
DROP TRIGGER guard_destruction ON public.registry_archive_destruction;
DROP TRIGGER guard_loan ON public.registry_archive_loan;
DROP FUNCTION public.registry_archive_guard_destruction();
DROP FUNCTION public.registry_archive_guard_loan();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry_archive", "0001_archive"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        ProtectTable(
            "registry_archive_paperfile",
            subject="person_id",
            loggable=[
                "after_scan", "covers_from", "covers_to", "id", "keep_until", "kind", "label",
                "origin", "person_id", "recorded_at", "recorded_by_id", "scanned_on", "store_id",
            ],
        ),
        ProtectTable(
            "registry_archive_loan",
            subject="",
            loggable=[
                "borrower_id", "due", "file_id", "id", "purpose", "returned_at", "returned_to_id",
                "taken_at",
            ],
        ),
        ProtectTable(
            "registry_archive_destruction",
            subject="",
            loggable=[
                "confirmed_at", "destroyed_by_id", "destroyed_on", "file_id", "ground", "id",
                "method", "recorded_at", "witness_id",
            ],
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip
