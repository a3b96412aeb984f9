"""Somebody whose processing is restricted (käsittelyn rajoitus) takes part in no selection and is
told of nowhere in it without a reason; the attempt is logged (DP-A35)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from applications.intake.models import Application
from applications.selection import papers, services
from applications.selection.models import Decision, OutOfOrder, Round
from applications.selection.queries import suitable
from applications.selection.rules.snapshot import intact
from applications.selection.services import Choice
from leases.homes.models import Flat
from registry.persons.models import Ground, MarkKind, Person
from registry.persons.services.marks import add_mark
from tests.applications.selection.conftest import (
    TODAY,
    flat,
    make_user,
    site,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.people import sign_in
from tests.registry.persons.conftest import events
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]
OUTSIDE = "Vertailun ulkopuolella on hakemuksia"


@pytest.fixture
def val(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL))


@pytest.fixture
def round_(flat: Flat) -> Round:
    with system_access():
        return choosing(flat)


@pytest.fixture
def two(round_: Round) -> list[Application]:
    with system_access():
        return applicants("1000", "2000")


def person_of(application: Application) -> Person:
    with system_access():
        return application.members.get().person


def restrict(application: Application) -> Person:
    person = person_of(application)
    with system_access():
        add_mark(person, MarkKind.RESTRICTION, Ground.ACCURACY, valid_from=TODAY)
    return person


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def notes(kind: str) -> list[object]:
    """What the last event keeps beside it of a kind."""
    return [value for one in events()[-1].detail for value in one.get(kind, [])]


def test_DP_A35_nobody_restricted_is_ranked_and_the_attempt_is_logged(
    val: Client, round_: Round, two: list[Application]
) -> None:
    here = reverse("selection:round", args=[round_.pk])
    assert OUTSIDE not in text(val, here)
    person = restrict(two[0])
    found = text(val, here)
    assert person.given_names not in found and "1 000" not in found.replace("\xa0", " ")
    assert OUTSIDE in found and two[0].number in found
    assert two[1].number in found.split("<tbody>")[1]
    assert two[0].number not in found.split("<tbody>")[1]
    assert notes("restricted") == ["1"]
    assert person.pk not in events()[-1].subjects


def test_DP_A35_nobody_restricted_is_compared_or_found_suitable(
    round_: Round, two: list[Application]
) -> None:
    restrict(two[0])
    with system_access():
        rounds = Round.objects.all()
        assert list(suitable.suiting(two[0], rounds, TODAY)) == []
        row = services.decide(round_, two[1], Choice(), today=TODAY)
        assert (row.place, row.compared_count) == (1, 1), "who stood before does not count"
        assert row.snapshot["left_out"] == 1 and intact(row.snapshot, row.digest)
        document = papers.order_memorandum(row)
        told = papers.memorandum_data(document)["decision"]
        assert ["Vertailun ulkopuolella, käsittely rajoitettu", "1"] in told
    restrict(two[1])
    with system_access():
        assert list(suitable.without_applicants(rounds, TODAY)) == [round_]


@pytest.mark.parametrize("act", ["choose", "skip"])
def test_DP_A35_what_is_done_to_somebody_restricted_asks_for_a_reason_first(
    val: Client, round_: Round, two: list[Application], act: str
) -> None:
    person = restrict(two[0])
    answer = val.get(reverse(f"selection:{act}", args=[round_.pk, two[0].number]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("persons:restricted", args=[person.public_id])


def test_DP_A35_a_decision_opens_for_a_reason_once_the_chosen_is_restricted(
    val: Client, round_: Round, two: list[Application]
) -> None:
    row = _chosen(round_, two[0])
    person = restrict(two[0])
    page = reverse("selection:decision", args=[round_.pk, row.uuid])
    way = reverse("persons:restricted", args=[person.public_id])
    assert val.get(page)["Location"] == way
    val.post(way, {"ground": "request", "reason_text": "Oma pyyntö 5/2026"})
    assert person.given_names in text(val, page)


def test_DP_A35_of_the_order_nothing_restricted_is_read(
    val: Client, round_: Round, two: list[Application]
) -> None:
    row = _chosen(round_, two[1])
    person = restrict(two[0])
    order = reverse("selection:order", args=[round_.pk, row.uuid])
    found = text(val, order)
    assert "Hakija, jonka tietoja et näe." in found
    assert person.given_names not in found and two[0].number not in found
    assert "1 000" not in found.replace("\xa0", " ")


def _chosen(round_: Round, application: Application) -> Decision:
    reason = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on tyhjiä asuntoja.")
    with system_access():
        return services.decide(round_, application, reason, today=TODAY)
