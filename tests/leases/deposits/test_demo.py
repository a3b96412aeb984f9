"""The demo company has deposits at each state: waited for, given, and on their way back."""

from __future__ import annotations

from datetime import date, timedelta

from leases.deposits import demo, queries
from leases.deposits.models import Commitment, Deposit, RefundAccount, Settlement
from leases.deposits.queries import View
from leases.homes.models import Stair
from tests.leases.deposits.conftest import TODAY, concluded, invented, make_flat
from tests.people import make_user, system_access
from vuokra.demo.registry import Scale
from vuokra.policy.roles import Role

LONG_AGO = date(2025, 3, 1)
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def code(number: int) -> str:
    """An artificial identity code."""
    return f"010190-{900 + number}{CHECK[int(f'010190{900 + number}') % len(CHECK)]}"


def test_the_demo_company_has_deposits(stair: Stair) -> None:
    for username, role in zip(demo.STAFF, (Role.SOP, Role.TAL), strict=True):
        make_user(role, username=username)
    with system_access():
        assert demo.empty()
        for number in range(demo.ENDED + demo.MISSING + 1):
            concluded(
                make_flat(stair, 20 + number), invented("Suvanto", "Elli", code(number)),
                starts_on=LONG_AGO - timedelta(days=number),
            )  # fmt: skip
        demo.fill(Scale(persons=4, today=TODAY), lambda done, total: None)
        assert not demo.empty()
        assert Deposit.objects.count() == demo.ENDED + demo.MISSING + 1
        waiting = queries.deposit_list(View.TO_RECEIVE, 1, today=TODAY)
        back = queries.deposit_list(View.TO_RETURN, 1, today=TODAY)
        assert waiting.object_list and back.object_list
        assert {one.closed for one in Settlement.objects.all()} == {True, False}
        assert RefundAccount.objects.filter(replaces__isnull=False).count() == 1
        assert Commitment.objects.filter(purpose=Commitment.For.RENT).count() == 1
