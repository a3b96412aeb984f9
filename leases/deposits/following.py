"""What happens to a deposit when its lease is made ready, is rescinded or goes on after all."""

from __future__ import annotations

from datetime import date
from typing import Any

from leases.contracts.models import Lease
from leases.contracts.queries import with_parts
from leases.contracts.rules.rescission import Block, Ground
from leases.contracts.services import end_moves, making_ready, withdrawn
from leases.contracts.services.rescission import let_judge
from leases.deposits.queries import deposit_of
from leases.deposits.services import refuse_above_limit, refuse_moved_end, take_back


def on_making_ready(lease: Lease, today: date, **_more: Any) -> None:
    """The rent may have been lowered since the deposit was agreed."""
    refuse_above_limit(lease, today)


def on_end_moves(lease: Lease, **_more: Any) -> None:
    """What was settled counts on the day on which the tenancy ended."""
    refuse_moved_end(lease)


def on_withdrawn(lease: Lease, **_more: Any) -> None:
    """Nothing is returned of a lease that goes on."""
    take_back(lease)


def obstacles(lease: Lease, on: date) -> list[Block]:
    """What stands in the way of rescinding a lease because its deposit was not given (AHVL 8 §)."""
    found = deposit_of(with_parts([lease], on)[0])
    if found is None or not found.deposit.demanded_eur:
        return [Block.NO_DEPOSIT]
    if found.may_rescind:
        return []
    return [Block.DEPOSIT_GIVEN] if found.given_on is not None else [Block.DEPOSIT_NOT_DUE]


def connect() -> None:
    """Listen to what happens to leases, and judge the ground of a missing deposit."""
    let_judge(Ground.DEPOSIT, obstacles)
    making_ready.connect(on_making_ready, dispatch_uid="deposits")
    end_moves.connect(on_end_moves, dispatch_uid="deposits")
    withdrawn.connect(on_withdrawn, dispatch_uid="deposits")
