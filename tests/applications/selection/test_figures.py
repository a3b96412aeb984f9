"""What is asked of the database does not grow with applicants, flats or those compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.intake.models import Application
from applications.selection import desk
from applications.selection.models import Decision, Round
from applications.selection.queries import suitable
from applications.selection.services import Choice, decide
from leases.homes.models import Flat, Regime, Stair
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    flat,
    make_flat,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.selection.test_ranking import municipality_says
from vuokra.access.context import current

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]
QUEUE = 12
"""Statements for the rows of selections in the work queue."""


def sent(work: Callable[[], object]) -> int:
    """How many statements something sends; in the open context."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def opened(flat: Flat) -> Round:
    Regime.objects.create(flat=flat, funding="arava", valid_from=date(2000, 1, 1))
    return choosing(flat)


def test_the_work_queue_asks_the_same_of_one_selection_and_of_ten(stair: Stair) -> None:
    def rows() -> list[object]:
        return list(desk.rows(current().actor, TODAY))

    with system_access():
        opened(make_flat(stair, 1))
        assert len(rows()) == 1  # nobody asks for the flat
        few = sent(rows)
        for number in range(2, 11):
            opened(make_flat(stair, number))
        assert len(rows()) == 10
        assert sent(rows) == few == QUEUE


def test_flats_that_suit_are_found_by_one_statement(stair: Stair) -> None:
    with system_access():
        (one,) = applicants("1500")
        for number in range(1, 5):
            opened(make_flat(stair, number))
        found: list[Round] = []
        rounds = Round.objects.all()
        assert sent(lambda: found.extend(suitable.suiting(one, rounds, TODAY))) == 1
        assert len(found) == 4
        assert not suitable.without_applicants(rounds, TODAY).exists()


def test_a_flat_suits_by_its_regime_of_the_day(flat: Flat) -> None:
    """Those before and after neither hide the flat nor show it several times."""
    with system_access():
        for group, first, last in (
            ("students", date(2000, 1, 1), TODAY - DAY),
            ("", TODAY, TODAY),
            ("old", TODAY + DAY, None),
        ):
            Regime.objects.create(
                flat=flat, funding="arava", group=group, valid_from=first, valid_to=last
            )
        round_ = choosing(flat)
        one, student = applicants("1500")[0], asking(somebody(9), wish={"group": "students"})
        rounds = Round.objects.all()
        assert list(suitable.suiting(one, rounds, TODAY)) == [round_]
        assert list(suitable.suiting(student, rounds, TODAY)) == []
        tomorrow = TODAY + DAY
        assert list(suitable.suiting(one, rounds, tomorrow)) == []
        assert list(suitable.without_applicants(rounds, TODAY)) == []
        assert list(suitable.without_applicants(rounds, tomorrow)) == [round_]


def test_choosing_asks_the_same_of_three_who_are_compared_and_of_twenty(stair: Stair) -> None:
    def chosen(round_: Round) -> int:
        first = Application.objects.order_by("pk")[0]
        return sent(lambda: decide(round_, first, Choice(), today=TODAY))

    with system_access():
        municipality_says()
        rounds = [opened(make_flat(stair, number)) for number in (1, 2, 3)]
        applicants("900", "1000", "1100")
        chosen(rounds[0])  # the rows of rules are marked as used once
        few = chosen(rounds[1])
        for number in range(17):
            asking(somebody(60 + number), wages=str(1200 + number))
        applicants()
        assert chosen(rounds[2]) == few
        counts = Decision.objects.order_by("pk").values_list("compared_count", flat=True)
        assert list(counts) == [3, 3, 20]
