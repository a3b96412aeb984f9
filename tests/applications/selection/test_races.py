"""In transactions of their own: nothing is added to what another transaction decided or ordered."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable

import psycopg2
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from applications.intake.models import Application
from applications.orders.models import LeaseOrder, OrderPerson
from applications.selection import services
from applications.selection.models import Compared, Decision, OfferChannel, Round
from applications.selection.rules.exceptions import Deviation
from applications.selection.services import Choice
from applications.selection.services.assessing import LOCK
from tests.applications.selection.conftest import DAY, TODAY, asking, refused_by, somebody
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.selection.test_deciding import choosing_alike, permit
from tests.leases.deposits.conftest import make_flat
from tests.leases.deposits.test_races import at_once, stock
from tests.people import make_user, system_access
from tests.registry.protection.conftest import acting
from vuokra.policy.roles import Role

pytestmark = pytest.mark.usefixtures("committed_db")
REASON = "Muita hakijoita ei ole."
FAR = timezone.now() + 999 * DAY


def test_nothing_is_added_to_a_decision_or_an_order_later_whatever_time_was_forged() -> None:
    _staff, (flat, other) = stock()
    with system_access():
        round_, (poor,) = choosing(flat), applicants("1000")
    with system_access():
        honest = services.decide(round_, poor, Choice(), today=TODAY)
    with system_access():
        strange = asking(somebody(9))
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


def chosen_at_once(rounds: list[Round], over: list[Application], choice: Choice) -> list[bool]:
    """Which of two clerks could choose, each for a flat of his own, at the same moment."""

    def choose(round_: Round, application: Application) -> Callable[[], object]:
        return lambda: services.decide(round_, application, choice, today=TODAY)

    return at_once(*((make_user(Role.VAL), choose(*one)) for one in zip(rounds, over, strict=True)))


def test_two_choices_at_once_use_one_flat_of_a_permit_once() -> None:
    _staff, flats = stock()
    with system_access():
        rounds = [choosing(flats[0]), choosing_alike(flats[1])]
        over = applicants("3740", "3800")
        held = permit(flats[0])
    choice = Choice(deviation=Deviation.PERMIT, permit=held, reason=REASON)
    assert sorted(chosen_at_once(rounds, over, choice)) == [False, True]
    with system_access():
        assert Decision.objects.filter(permit=held).count() == 1


def test_two_choices_at_once_do_not_go_over_the_share_of_a_building() -> None:
    """P5: of seven flats one at most is let by it (SEL-T32)."""
    _staff, flats = stock()
    with system_access():
        for number in range(30, 35):
            make_flat(flats[0].stair, number)
        rounds = [choosing(flats[0], "arava_ext"), choosing_alike(flats[1], "arava_ext")]
        over = applicants("3740", "3800")
    choice = Choice(deviation=Deviation.EXTENSION, reason=REASON)
    assert sorted(chosen_at_once(rounds, over, choice)) == [False, True]
    with system_access():
        assert Decision.objects.filter(deviation=Deviation.EXTENSION).count() == 1


def test_nothing_is_chosen_while_something_is_worked_out() -> None:
    _staff, (flat, _other) = stock()
    clerk = make_user(Role.VAL)
    with system_access():
        round_, (poor,) = choosing(flat), applicants("1000")
    worker = psycopg2.connect(os.environ["DATABASE_URL"])
    try:
        with worker.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        with acting(clerk), pytest.raises(ValidationError, match="arvioidaan uudelleen"):
            services.decide(round_, poor, Choice(), today=TODAY)
    finally:
        worker.close()
    with acting(clerk):
        assert services.decide(round_, poor, Choice(), today=TODAY).pk
