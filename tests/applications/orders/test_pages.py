"""The page of an order, its rows in the work queue, and what leases and decisions show of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from applications.orders import services
from applications.orders.models import LeaseOrder, OrderState
from applications.selection import services as selection
from applications.selection.models import Offer
from leases.contracts import services as contracts
from leases.contracts.models import Lease
from leases.contracts.rules.persons import Role as LeaseRole
from registry.persons.models import StaffLink, TieKind
from tests.applications.orders.conftest import (
    DAY,
    FREE,
    TODAY,
    make_user,
    somebody,
    system_access,
)
from tests.people import sign_in
from tests.registry.protection.conftest import ban
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
TERMS = {
    "starts_on": f"{FREE:%d.%m.%Y}", "rent_eur": "612,50", "water": "persons",
    "smoking": "forbidden", "pets": "allowed", "delivery": "paper",
}  # fmt: skip


@pytest.fixture
def sop(db: None) -> Client:
    return sign_in(Client(), make_user(Role.SOP))


def path_of(order: LeaseOrder) -> str:
    return f"/sopimustilaukset/{order.uuid}/"


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_order_waits_in_the_work_queue_and_leads_to_a_draft(
    sop: Client, order: LeaseOrder
) -> None:
    queue = read(sop, "/")
    assert "Laadi vuokrasopimus" in queue and path_of(order) in queue
    found = read(sop, path_of(order))
    with system_access():
        for one in order.persons.select_related("person"):
            assert one.person.given_names in found
        assert order.flat.address in found and 'name="rent_eur" value="600,00"' in found
    answer = sop.post(path_of(order), TERMS)
    with system_access():
        lease = Lease.objects.get()
        assert answer["Location"] == f"/sopimukset/{lease.pk}/"
        assert lease.parties.count() == 3 and lease.components.count() == 1
    assert "Laadi vuokrasopimus" not in read(sop, "/")
    assert sop.get(path_of(order))["Location"] == f"/sopimukset/{lease.pk}/"


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_made(
    sop: Client, order: LeaseOrder
) -> None:
    bad = {"rent_eur": "-5", "term_ends_on": f"{TODAY:%d.%m.%Y}"}
    answer = sop.post(path_of(order), TERMS | bad)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) & {"rent_eur", "term_ends_on"}
    with system_access():
        assert not Lease.objects.exists()
        assert LeaseOrder.objects.get().state == OrderState.OPEN


def test_two_clerks_do_not_draw_it_up_twice(sop: Client, order: LeaseOrder) -> None:
    assert sop.post(path_of(order), TERMS).status_code == 302
    answer = sop.post(path_of(order), TERMS)
    found = answer.content.decode()
    assert answer.status_code == 422 and "Sopimus on jo laadittu." in found
    with system_access():
        lease = Lease.objects.get()
    assert f'href="/sopimukset/{lease.pk}/"' in found and "tarjous on peruttu" not in found


def test_a_lease_that_does_not_open_is_told_without_a_link(sop: Client, order: LeaseOrder) -> None:
    sop.post(path_of(order), TERMS)
    staff = make_user(Role.HAK)
    with system_access():
        lease, colleague = Lease.objects.get(), somebody(77)
        contracts.add_party(lease, colleague, LeaseRole.OCCUPANT, today=TODAY)
        StaffLink.objects.create(
            person=colleague, staff=staff, kind=TieKind.OWN, valid_from=TODAY - DAY
        )
    answer = sop.post(path_of(order), TERMS)
    found = answer.content.decode()
    assert answer.status_code == 422 and "Sopimus on jo laadittu." in found
    assert f"/sopimukset/{lease.pk}/" not in found


def way_of(order: LeaseOrder) -> str:
    """The address of the decision that an order came of, which does not tell its selection."""
    with system_access():
        offer = Offer.objects.select_related("decision").get(pk=order.offer_id)
    return f"/valinta/paatos/{offer.decision.uuid}/"


def test_cancelling_leads_back_to_where_one_came_from(sop: Client, order: LeaseOrder) -> None:
    both, way = sign_in(Client(), make_user(Role.SOP, Role.VAL)), way_of(order)
    card = read(both, both.get(way)["Location"])
    (link,) = re.findall(rf'href="({path_of(order)}.*?)"', card)
    found = read(both, link)
    assert f'<a href="{way}">Valintapäätös</a>' in found
    assert f'href="{way}">Peruuta' in found
    refused = both.post(link, TERMS | {"rent_eur": "-5"}).content.decode()
    assert f'href="{way}">Peruuta' in refused, "still, when something was wrong"
    assert 'href="/">Peruuta' in read(both, path_of(order)), "from the work queue"
    alone = read(sop, link)
    assert way not in alone and 'href="/">Peruuta' in alone, "whoever does not see the decision"
    for odd in ("//example.com/", "https://example.com/"):
        assert "example.com" not in read(both, f"{path_of(order)}?paatos={odd}")


def test_a_draft_of_an_offer_taken_back_is_to_be_cancelled(sop: Client, order: LeaseOrder) -> None:
    sop.post(path_of(order), TERMS)
    with system_access():
        selection.withdraw_offer(order.offer, "Kunto selvitetään", today=TODAY)
        services.withdraw(order.offer_id)
    assert "Peru sopimusluonnos" in read(sop, "/")


def test_an_order_taken_back_before_its_draft_says_so(sop: Client, order: LeaseOrder) -> None:
    with system_access():
        selection.withdraw_offer(order.offer, "Kunto selvitetään", today=TODAY)
        services.withdraw(order.offer_id)
    found = read(sop, path_of(order))
    assert "Sopimusta ei enää laadita" in found
    assert "Tee luonnos" not in found, "no form that cannot be sent"
    assert path_of(order) not in read(sop, "/")


def test_under_turvakielto_the_queue_names_neither_home_nor_people(
    sop: Client, order: LeaseOrder
) -> None:
    with system_access():
        person = order.persons.select_related("person").order_by("pk")[0].person
        address = order.flat.address
        ban(person)
    queue = read(sop, "/")
    assert "Laadi vuokrasopimus" in queue
    assert address not in queue and person.surname not in queue


@pytest.mark.parametrize("role", [Role.VAL, Role.HAK, Role.TAL, Role.JOH, Role.MAR])
def test_nobody_else_draws_up_leases(order: LeaseOrder, role: Role) -> None:
    client = sign_in(Client(), make_user(role))
    assert client.get(path_of(order)).status_code == 403
    assert client.post(path_of(order), TERMS).status_code == 403


def test_an_order_that_is_not_there(sop: Client, order: LeaseOrder) -> None:
    assert sop.get("/sopimustilaukset/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_lease_and_decision_lead_to_each_other(order: LeaseOrder) -> None:
    both = sign_in(Client(), make_user(Role.SOP, Role.VAL))
    with system_access():
        offer = Offer.objects.select_related("decision").get()
    decision = f"/valinta/{offer.round_id}/paatos/{offer.decision.uuid}/"
    assert path_of(order) in read(both, decision)
    both.post(path_of(order), TERMS)
    with system_access():
        lease = Lease.objects.get()
    assert f"/sopimukset/{lease.pk}/" in read(both, decision)
    way = f"/valinta/paatos/{offer.decision.uuid}/"
    assert way in read(both, f"/sopimukset/{lease.pk}/")
    assert both.get(way)["Location"] == decision
    alone = sign_in(Client(), make_user(Role.VAL))
    assert f"/sopimukset/{lease.pk}/" not in read(alone, decision)
