"""Choices that were made, for tests of supervision."""

from __future__ import annotations

import pytest

from applications.intake.models import Application
from applications.selection import services as selection
from applications.selection.models import Decision, SkipReason
from applications.selection.services import Choice
from applications.supervision.models import Authority
from applications.supervision.services import Complained
from leases.homes.models import Flat
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    demo_mode,
    flat,
    make_flat,
    make_user,
    refused_by,
    site,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing

__all__ = [
    "DAY", "TODAY", "decision", "demo_mode", "flat", "make_flat", "make_user", "refused_by",
    "site", "stair", "system_access",
]  # fmt: skip


@pytest.fixture
def decision(flat: Flat) -> Decision:
    """One of two was passed over, the other chosen."""
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        selection.skip(round_, poor, SkipReason.NOT_REACHED, "Soitettu kolmesti.", today=TODAY)
        return selection.decide(round_, rich, Choice(), today=TODAY)


def passed_over() -> Application:
    """Whoever was not chosen."""
    return Application.objects.exclude(decisions__isnull=False).get()


def complained(**given: object) -> Complained:
    values: dict[str, object] = {
        "authority": Authority.MUNICIPALITY, "authority_name": "Hillakosken kunta",
        "received_on": TODAY, "answer_by": TODAY + 14 * DAY, "about": "Miksi toinen valittiin.",
    }  # fmt: skip
    return Complained(**values | given)  # type: ignore[arg-type]  # a test's keywords
