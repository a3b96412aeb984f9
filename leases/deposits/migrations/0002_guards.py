"""Puts the tables of deposits behind the net; their sums hold together, and what is settled stays."""

from pathlib import Path

from django.db import migrations

from vuokra.db.protect import ProtectTable

FORWARD = Path(__file__).with_suffix(".sql").read_text("utf-8")
BACKWARD = """
DROP TRIGGER guard_account ON public.leases_deposits_refundaccount;
DROP TRIGGER guard_payout ON public.leases_deposits_payout;
DROP TRIGGER guard_settlement ON public.leases_deposits_settlement;
DROP TRIGGER guard_deposit ON public.leases_deposits_deposit;
DROP TRIGGER guard_part ON public.leases_deposits_deduction;
DROP TRIGGER guard_part ON public.leases_deposits_receipt;
DROP FUNCTION public.leases_deposits_guard_account();
DROP FUNCTION public.leases_deposits_guard_payout();
DROP FUNCTION public.leases_deposits_guard_settlement();
DROP FUNCTION public.leases_deposits_guard_deposit();
DROP FUNCTION public.leases_deposits_guard_part();
DROP FUNCTION public.leases_deposits_state(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leases_deposits", "0001_deposits"),
        ("registry_persons", "0015_hold_reviewed"),
        ("vuokra_access", "0001_log_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        ProtectTable(
            "leases_deposits_deposit",
            subject="",
            loggable=[
                "agreed_at", "agreed_by_id", "balance_by_id", "balance_eur", "balance_on",
                "demanded_eur", "due_on", "form", "handed_over_on", "id", "inspected_on",
                "lease_id", "limit_eur", "rule_versions",
            ],
        ),
        ProtectTable(
            "leases_deposits_commitment",
            subject="",
            loggable=[
                "amount_eur", "id", "issuer", "justified", "lease_id", "number", "purpose",
                "realised_eur", "realised_on", "recorded_at", "recorded_by_id", "uuid",
                "valid_from", "valid_to",
            ],
        ),
        ProtectTable(
            "leases_deposits_receipt",
            subject="",
            loggable=[
                "deposit_id", "euros", "id", "moved_from_id", "payer", "payer_name",
                "received_on", "recorded_at", "recorded_by_id", "reference",
            ],
        ),
        ProtectTable(
            "leases_deposits_deduction",
            subject="",
            loggable=[
                "deposit_id", "euros", "evidence", "id", "reason", "recorded_at",
                "recorded_by_id",
            ],
        ),
        ProtectTable(
            "leases_deposits_refundaccount",
            subject="person_id",
            loggable=[
                "called_id", "confirmed", "confirmed_at", "confirmed_by_id", "deposit_id",
                "foreign", "id", "payer", "person_id", "reason", "recorded_at",
                "recorded_by_id", "replaces_id", "third_person", "usable_from", "uuid",
            ],
        ),
        ProtectTable(
            "leases_deposits_settlement",
            subject="",
            loggable=[
                "approved_at", "approved_by_id", "deducted_eur", "deposit_id", "ended_on", "id",
                "interest_eur", "prepared_at", "prepared_by_id", "received_eur", "return_by",
                "returned_eur", "rule_versions", "told_on", "uncovered_eur",
            ],
        ),
        ProtectTable(
            "leases_deposits_payout",
            subject="",
            loggable=[
                "account_id", "euros", "id", "means", "next_deposit_id", "paid_by_id",
                "paid_on", "reference", "settlement_id", "to",
            ],
        ),
    ]  # fmt: skip
