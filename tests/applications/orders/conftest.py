"""An accepted offer, for tests of the lease that comes of it."""

from __future__ import annotations

from datetime import date

import pytest

from applications.intake.codes import Part, Relation
from applications.intake.models import Application, Member
from applications.orders.models import LeaseOrder
from applications.selection import services as selection
from applications.selection.models import Offer, OfferChannel
from applications.selection.services import Choice
from leases.contracts.services import Terms
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
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing

__all__ = [
    "DAY", "TODAY", "demo_mode", "flat", "make_flat", "make_user", "order", "refused_by", "site",
    "somebody", "stair", "system_access",
]  # fmt: skip
FREE = TODAY + 30 * DAY


def accepted(flat: Flat, children: tuple[date, ...] = ()) -> Offer:
    """The flat is chosen for, offered and accepted by two applicants and their children; in the
    open context."""
    round_ = choosing(flat, free_from=FREE)
    (application,) = applicants("1000", children=children)
    Member.objects.create(
        application=application, person=somebody(60), part=Part.CO_APPLICANT,
        relation=Relation.SPOUSE, residence="citizen", income_told=True, wealth_told=True,
    )  # fmt: skip
    selection.assess_again([application.pk], TODAY)
    decision = selection.decide(round_, application, Choice(), today=TODAY)
    offer = selection.offer(
        decision, channel=OfferChannel.PHONE, answer_by=TODAY + 7 * DAY, today=TODAY
    )
    return selection.accept(offer, answered_on=TODAY, today=TODAY)


def of(offer: Offer) -> Application:
    """The application of an offer as it is now."""
    return Application.objects.get(pk=offer.application_id or 0)


@pytest.fixture
def order(flat: Flat) -> LeaseOrder:
    with system_access():
        return LeaseOrder.objects.get(offer=accepted(flat, children=(date(2018, 5, 2),)))


def terms(day: date = FREE) -> Terms:
    return Terms(starts_on=day)
