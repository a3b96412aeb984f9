"""Puts the tables of leases behind the net; flats are occupied by leases; what was signed stays."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_notice ON public.leases_contracts_notice;
DROP TRIGGER guard_part ON public.leases_contracts_party;
DROP TRIGGER guard_part ON public.leases_contracts_component;
DROP TRIGGER guard_lease ON public.leases_contracts_lease;
DROP TRIGGER leases_hide_home ON public.registry_persons_person;
DROP TRIGGER occupy ON public.leases_contracts_party;
DROP TRIGGER occupy ON public.leases_contracts_lease;
DROP FUNCTION public.leases_contracts_guard_notice();
DROP FUNCTION public.leases_contracts_guard_part();
DROP FUNCTION public.leases_contracts_guard_lease();
DROP FUNCTION public.leases_contracts_follow_person();
DROP FUNCTION public.leases_contracts_follow_party();
DROP FUNCTION public.leases_contracts_follow_lease();
DROP FUNCTION public.leases_contracts_occupy(bigint);
DROP FUNCTION public.leases_contracts_hidden(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_contracts", "0001_leases"),
        ("leases_homes", "0002_protected"),
        ("registry_persons", "0014_neighbours"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(
            "leases_contracts_lease",
            subject="",
            loggable=[
                "cancel_reason", "cancelled_on", "clauses", "concluded_on", "delivery", "due_day",
                "first_notice_on", "flat_id", "id", "kind", "last_day", "made_at", "made_by_id",
                "number", "pets", "previous_id", "ready_at", "smoking", "starts_on",
                "term_ends_on", "water",
            ],
        ),
        ProtectTable(
            "leases_contracts_party",
            subject="person_id",
            loggable=[
                "id", "lease_id", "limit_eur", "person_id", "recorded_at", "role", "signed_on",
                "source", "valid_from", "valid_to", "verified_at",
            ],
        ),
        ProtectTable(
            "leases_contracts_component",
            subject="",
            loggable=[
                "id", "kind", "lease_id", "place_id", "price_eur", "quantity", "valid_from",
                "valid_to",
            ],
        ),
        ProtectTable(
            "leases_contracts_notice",
            subject="",
            loggable=[
                "breach", "document", "ends_on", "ground", "id", "lease_id", "method", "moves_on",
                "recorded_at", "recorded_by_id", "rule_versions", "sent_on", "served_on",
                "stated_end", "withdrawn_on", "written",
            ],
        ),
    ]  # fmt: skip
