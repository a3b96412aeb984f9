"""How long the accounts that deposits go back to are kept: from the settlement (R-TILI, S5-35)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from django.utils import timezone

from leases.deposits.models import RefundAccount
from registry.retention import starts
from registry.retention.rules import Facts, Lengths, retention_end
from registry.retention.starts import Kept

ACCOUNT: Final = "R-TILI"


def accounts(ids: Collection[int], lengths: Lengths, today: date) -> Mapping[int, Kept]:
    """Every account by the day its deposit was settled; one statement."""
    rows = RefundAccount.objects.filter(pk__in=ids).select_related("deposit__settlement")
    return {
        row.pk: Kept(ACCOUNT, retention_end(ACCOUNT, Facts(settled=_settled(row)), lengths))
        for row in rows
    }


def _settled(account: RefundAccount) -> date | None:
    settlement = getattr(account.deposit, "settlement", None)
    approved_at = settlement.approved_at if settlement else None
    return timezone.localdate(approved_at) if approved_at else None


def register() -> None:
    """Called from the room's AppConfig."""
    starts.register(RefundAccount._meta.db_table, accounts)
