"""What happens to a deposit when its lease is made ready or goes on after all."""

from __future__ import annotations

from datetime import date
from typing import Any

from leases.contracts.models import Lease
from leases.contracts.services import making_ready, withdrawn
from leases.deposits.services import refuse_above_limit, take_back


def on_making_ready(lease: Lease, today: date, **_more: Any) -> None:
    """The rent may have been lowered since the deposit was agreed."""
    refuse_above_limit(lease, today)


def on_withdrawn(lease: Lease, **_more: Any) -> None:
    """Nothing is returned of a lease that goes on."""
    take_back(lease)


def connect() -> None:
    """Listen to what happens to leases."""
    making_ready.connect(on_making_ready, dispatch_uid="deposits")
    withdrawn.connect(on_withdrawn, dispatch_uid="deposits")
