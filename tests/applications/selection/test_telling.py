"""What the copy of one's data tells of the order of applicants: the own places alone."""

from __future__ import annotations

import pytest

from applications.intake.codes import Part
from applications.intake.models import Application, Member
from applications.selection import services
from applications.selection.models import SkipReason
from applications.selection.services import Choice
from applications.selection.telling import order_told
from leases.homes.models import Flat
from registry.copies import blocks
from tests.applications.selection.conftest import (
    TODAY,
    flat,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from vuokra.ui.formatting import date

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]


def of(application: Application) -> int:
    """Whoever applied."""
    return application.members.get(part=Part.APPLICANT).person_id


def test_SY_06_the_own_places_are_told_with_their_logic(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, middle, rich = applicants("1000", "1500", "2000")
        services.skip(round_, poor, SkipReason.NOT_REACHED, "Soitettu.", today=TODAY)
        services.decide(round_, middle, Choice(), today=TODAY)
        told = {one: order_told([of(one)], TODAY) for one in (poor, middle, rich)}
        day = date(TODAY)
        assert all(one is not None and "tarpeen" in one.text for one in told.values())
        rows = [one.rows for one in told.values() if one is not None]
        assert [len(one) for one in rows] == [1, 1, 1]
        assert [one[0][0] for one in rows] == [day] * 3
        assert {one[0][2] for one in rows} == {"3"}
        assert [one[0][4] for one in rows] == ["Ei tavoitettu", "Valittu", "–"]
        assert len({one[0][1] for one in rows}) == 3


def test_whoever_was_not_compared_is_told_nothing_more(flat: Flat) -> None:
    with system_access():
        (made,) = applicants("1000")
        assert order_told([of(made)], TODAY) is None
        assert order_told([somebody(70).pk], TODAY) is None


def test_children_and_other_residents_did_not_apply(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (made,) = applicants("1000")
        child = somebody(71)
        Member.objects.create(
            application=made, person=child, part=Part.RESIDENT, relation="other",
            residence="citizen", income_told=True, wealth_told=True,
        )  # fmt: skip
        services.assess_again([made.pk], TODAY)
        services.decide(round_, made, Choice(), today=TODAY)
        assert order_told([child.pk], TODAY) is None
        assert order_told([of(made)], TODAY) is not None


def test_it_stands_under_automated_decisions() -> None:
    assert [one.point for one in blocks.blocks() if one.key == "selection"] == [9]
