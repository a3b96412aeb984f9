"""Homes of protected households: what selections, orders and applications tell of them (7.3)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from applications.intake.models import Member
from applications.orders.models import LeaseOrder
from applications.selection import papers
from applications.selection import services as selection
from applications.selection.models import Decision, OfferChannel, Refusal
from applications.selection.services import Choice
from leases.homes.models import Flat
from registry.persons.models import Person
from tests.applications.orders.conftest import order
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_user,
    site,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.leases.contracts.paperwork import made
from tests.people import sign_in
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import acting, ban
from tests.vuokra.documents.conftest import company, files
from vuokra.documents.models import Document
from vuokra.documents.registry import together
from vuokra.policy.roles import Role

__all__ = ["company", "files", "flat", "order", "site", "stair"]
pytestmark = pytest.mark.django_db
WHY = {"reason": "P1", "reason_text": "Tarjouksen vastaus kirjataan."}


@pytest.fixture
def hak(db: None) -> Client:
    return sign_in(Client(), make_user(Role.HAK))


@pytest.fixture
def decided(flat: Flat) -> Decision:
    with system_access():
        round_ = choosing(flat)
        (chosen,) = applicants("1000")
        return selection.decide(round_, chosen, Choice(), today=TODAY)


def covered(decision: Decision) -> Person:
    """A ban for whoever was chosen."""
    with system_access():
        person = Member.objects.filter(application=decision.application).first().person  # type: ignore[union-attr]
        ban(person)
        return Person.objects.get(pk=person.pk)


def round_of(decision: Decision) -> str:
    return reverse("selection:round", args=[decision.round_id])


def decision_of(decision: Decision) -> str:
    return reverse("selection:decision", args=[decision.round_id, decision.uuid])


def question(decision: Decision) -> str:
    return reverse("selection:reason", args=[decision.round_id])


def way_to(decision: Decision) -> str:
    """The address of a decision that does not tell its selection; it asks there."""
    return reverse("selection:decided", args=[decision.uuid])


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def test_nobody_is_asked_where_nobody_is_protected(hak: Client, decided: Decision) -> None:
    assert "Koulukatu" in read(hak, round_of(decided))
    assert "Koulukatu" in read(hak, decision_of(decided))
    assert hak.get(question(decided)).status_code == 404
    assert hak.post(question(decided), WHY).status_code == 404


def test_the_home_of_a_protected_household_opens_for_a_reason_alone(
    hak: Client, decided: Decision
) -> None:
    person = covered(decided)
    assert hak.get(round_of(decided))["Location"] == question(decided)
    assert hak.get(decision_of(decided))["Location"] == way_to(decided)
    asked = read(hak, question(decided))
    assert "Koulukatu" not in asked and person.surname not in asked
    assert hak.post(question(decided), {"reason": "", "reason_text": "x"}).status_code == 422
    assert hak.get(round_of(decided)).status_code == 302
    assert hak.post(question(decided), WHY)["Location"] == round_of(decided)
    assert "Koulukatu" in read(hak, round_of(decided))
    assert "Koulukatu" in read(hak, decision_of(decided))
    revealed = [one for one in events() if one.action == "reveal"]
    assert revealed[-1].purpose == WHY["reason"] and revealed[-1].payload_digest
    assert person.pk in revealed[-1].subjects


def test_a_reason_holds_in_its_own_web_session(hak: Client, decided: Decision) -> None:
    covered(decided)
    hak.post(question(decided), WHY)
    another = sign_in(Client(), make_user(Role.HAK))
    assert another.get(decision_of(decided))["Location"] == way_to(decided)


def test_whoever_may_not_know_of_a_ban_is_asked_nothing_and_told_nobody(
    decided: Decision,
) -> None:
    person, val = covered(decided), sign_in(Client(), make_user(Role.VAL))
    found = read(val, round_of(decided))
    assert person.given_names not in found
    assert val.get(decision_of(decided)).status_code == 404
    assert val.get(question(decided)).status_code == 403


def test_an_offer_that_came_to_nothing_tells_no_home(hak: Client, decided: Decision) -> None:
    covered(decided)
    with system_access():
        offer = selection.offer(
            decided, channel=OfferChannel.PHONE, answer_by=TODAY + 7 * DAY, today=TODAY
        )
    assert hak.get(round_of(decided))["Location"] == question(decided)
    with system_access():
        selection.decline(offer, Refusal.RENT, answered_on=TODAY, today=TODAY)
    assert "Koulukatu" in read(hak, round_of(decided))


def test_an_application_of_protected_people_names_no_flat_that_was_chosen(
    hak: Client, decided: Decision
) -> None:
    path = reverse("applications:application", args=[decided.application.number])
    assert "Koulukatu" in read(hak, path)
    covered(decided)
    found = read(hak, path)
    assert way_to(decided) in found and "Koulukatu" not in found


def test_the_order_of_a_protected_household_names_no_flat(order: LeaseOrder) -> None:
    sop = sign_in(Client(), make_user(Role.SOP))
    path = reverse("orders:draw_up", args=[order.uuid])
    with system_access():
        where = Flat.objects.get(pk=order.flat_id).address
    assert where in read(sop, path)
    with system_access():
        ban(order.persons.first().person)  # type: ignore[union-attr]
    assert where not in read(sop, path)


@pytest.mark.usefixtures("company", "files")
def test_a_paper_that_tells_the_home_opens_for_a_reason(decided: Decision) -> None:
    both = make_user(Role.VAL, Role.HAK)
    client, person = sign_in(Client(), both), covered(decided)
    with acting(both):
        ordered = papers.order_memorandum(decided)
    document = made(ordered)
    page = reverse("documents:document", args=[document.uuid])
    file = reverse("documents:download", args=[document.uuid])
    assert "Koulukatu" not in read(client, page)
    asked = client.get(file)["Location"]
    reason = reverse("protection:reason", args=[person.public_id])
    assert asked == f"{reason}?asiakirja={document.uuid}"
    assert client.post(asked, {"reason": "P2", "reason_text": ""}).status_code == 422
    assert client.get(file).status_code == 302
    assert client.post(asked, {"reason": "P2", "reason_text": "Arkistoidaan."})["Location"] == page
    assert client.get(file).content.startswith(b"%PDF")
    with acting(both):
        assert not together(Document.objects.filter(pk=document.pk)).exists()


@pytest.mark.usefixtures("company", "files")
def test_a_paper_of_people_under_no_ban_opens_at_once(decided: Decision) -> None:
    both = make_user(Role.VAL, Role.HAK)
    with acting(both):
        ordered = papers.order_memorandum(decided)
    document = made(ordered)
    with acting(both):
        assert together(Document.objects.filter(pk=document.pk)).exists()
    client = sign_in(Client(), both)
    file = reverse("documents:download", args=[document.uuid])
    assert client.get(file).content.startswith(b"%PDF")
    with system_access():
        person = Member.objects.filter(application=decided.application).first().person  # type: ignore[union-attr]
    assert client.get(reverse("protection:reason", args=[person.public_id])).status_code == 404


def test_what_is_posted_is_not_lost_to_the_clock(decided: Decision) -> None:
    both = sign_in(Client(), make_user(Role.VAL, Role.HAK))
    covered(decided)
    form = reverse("selection:cancel", args=[decided.round_id])
    assert both.post(form, {"reason": ""})["Location"] == question(decided), "it was never opened"
    both.post(question(decided), WHY)
    session = both.session
    for stated in session["protected_prompts"].values():
        stated[1] = "2026-01-01T00:00:00+00:00"
    session.save()
    assert both.get(form)["Location"] == question(decided)
    kept = both.post(form, {"reason": ""})
    assert kept.status_code == 422 and "reason" in kept.context["form"].errors
