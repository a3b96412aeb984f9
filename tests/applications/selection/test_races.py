"""In transactions of their own: nothing is added to what another transaction decided or ordered."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from applications.orders.models import LeaseOrder, OrderPerson
from applications.selection import services
from applications.selection.models import Compared, Decision, OfferChannel, Round
from applications.selection.services import Choice
from tests.applications.selection.conftest import DAY, TODAY, asking, refused_by, somebody
from tests.applications.selection.rounds import applicants, choosing
from tests.leases.deposits.test_races import stock
from tests.people import system_access

pytestmark = pytest.mark.usefixtures("committed_db")
FAR = timezone.now() + 999 * DAY


def test_nothing_is_added_to_a_decision_or_an_order_later_whatever_time_was_forged() -> None:
    _staff, (flat, other) = stock()
    with system_access():
        round_, (poor,) = choosing(flat), applicants("1000")
        strange = asking(somebody(9))
    with system_access():
        honest = services.decide(round_, poor, Choice(), today=TODAY)
    with system_access():
        forged = Decision.objects.create(
            round=Round.objects.create(
                flat=other, free_from=TODAY, rent_eur=1, open_to_all_from=TODAY
            ),
            application=poor, chosen=uuid.uuid4(), on=TODAY, place=1, compared_count=1,
            snapshot={"on": f"{TODAY}"}, digest="0" * 64, decided_at=FAR,
        )  # fmt: skip
        Compared.objects.create(decision=forged, application=poor, token=forged.chosen)
    for row in (honest, forged):
        with system_access(), refused_by("selection_decision_kept"):
            Compared.objects.create(decision=row, application=strange, token=uuid.uuid4())
    with system_access():
        offer = services.offer(
            honest, channel=OfferChannel.PHONE, answer_by=TODAY + DAY, today=TODAY
        )
        services.accept(offer, answered_on=TODAY, today=TODAY)
    with system_access(), refused_by("orders_order_kept"):
        OrderPerson.objects.create(
            order=LeaseOrder.objects.get(), person=somebody(8), role="co_tenant"
        )
