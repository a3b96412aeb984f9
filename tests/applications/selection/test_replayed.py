"""The order that was decided from, worked out anew, on a page of its own."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.intake.models import Application, Income
from applications.selection import services
from applications.selection.models import Compared, Decision, OutOfOrder, SkipReason
from applications.selection.rules.snapshot import intact, played
from applications.selection.services import Choice
from leases.homes.models import Flat, Regime
from registry.persons.models import StaffLink, TieKind
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    flat,
    make_flat,
    make_user,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.people import sign_in
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import acting, ban
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]
HIDDEN = "Hakija, jonka tietoja et näe."


@pytest.fixture
def val(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL))


@pytest.fixture
def three(db: None) -> list[Application]:
    with system_access():
        return applicants("1000", "2000", "9000", situations=("A2",))


@pytest.fixture
def decision(flat: Flat, three: list[Application]) -> Decision:
    """The first was passed over, the second chosen; the third earns too much."""
    poor, rich, _over = three
    clerk = make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
    with acting(clerk):
        services.skip(round_, poor, SkipReason.NOT_REACHED, "Soitettu kolmesti.", today=TODAY)
        choice = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on tyhjiä asuntoja.")
        return services.decide(round_, rich, choice, today=TODAY)


def page_of(decision: Decision) -> str:
    return f"/valinta/{decision.round_id}/paatos/{decision.uuid}/"


def shown(client: Client, decision: Decision, query: str = "") -> str:
    answer = client.get(f"{page_of(decision)}jarjestys/{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def rows(client: Client, decision: Decision, query: str = "") -> list[str]:
    """The rows of the order."""
    return shown(client, decision, query).split("<tbody>")[1].split("</tbody>")[0].split("<tr")[1:]


def test_the_order_is_shown_with_what_it_rests_on(
    val: Client, decision: Decision, three: list[Application]
) -> None:
    found = rows(val, decision)
    assert [re.findall(r"<strong>(\d)</strong>", one) for one in found] == [["1"], ["2"], ["3"]]
    wanted = [
        ("1 000", "Ohitettu: Ei tavoitettu"), ("2 000", "Valittu"),
        ("9 000", "Ei täytä perusteita", "Enimmäistulo: Tulot ylittävät"),
    ]  # fmt: skip
    for row, application, words in zip(found, three, wanted, strict=True):
        for one in (application.number, "Erittäin kiireellinen", "A2", "raja 3 540", *words):
            assert one in row, (one, row)
    assert [' class="selected"' in one for one in found] == [False, True, False]
    page = shown(val, decision)
    for words_ in ("tarve, tulot, varallisuus (versio 1)", "ja se on sama"):
        assert page.count(words_) == 1
    assert page.count("Yömajassa tai vastaavassa") == 1, "a code is explained once"


def test_it_is_the_order_of_then_whatever_changed_since(
    val: Client, decision: Decision, three: list[Application]
) -> None:
    before = rows(val, decision)
    with system_access():
        for one in Income.objects.filter(member__application__in=three):
            one.euros = Decimal(77)
            one.save()
        services.assess_due(TODAY)
    assert rows(val, decision) == before


def test_whom_one_may_not_know_keeps_a_place_and_nothing_else(
    val: Client, decision: Decision, three: list[Application]
) -> None:
    with system_access():
        ban(three[2].members.get().person)
    third = rows(val, decision)[2]
    assert HIDDEN in third and "<strong>3</strong>" in third
    with system_access():
        token = str(Compared.objects.get(decision=decision, application=three[2]).token)
    page = shown(val, decision)
    for told in (three[2].number, "9 000", "Tulot ylittävät", token[:8]):
        assert told not in page, told
    both = sign_in(Client(), make_user(Role.VAL, Role.HAK))
    known = rows(both, decision)[2]
    assert three[2].number in known and "9 000" in known and "Turvakielto" in known


def test_of_a_colleague_nothing_is_told(
    val: Client, decision: Decision, three: list[Application]
) -> None:
    staff = make_user(Role.HAK)
    with system_access():
        StaffLink.objects.create(
            person=three[0].members.get().person, staff=staff, kind=TieKind.OWN,
            valid_from=TODAY - DAY,
        )  # fmt: skip
    first = rows(val, decision)[0]
    assert HIDDEN in first and three[0].number not in first and "Ohitettu" not in first
    assert "A2" in rows(val, decision)[1], "the others stand as before"


def test_the_event_names_those_shown_and_counts_all(
    val: Client, decision: Decision, three: list[Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("applications.selection.queries.replayed.PAGE", 2)
    assert [three[2].number in one for one in rows(val, decision, "?sivu=2")] == [True]
    assert len(rows(val, decision)) == 2
    event = events()[-1]
    assert (event.action, event.surface) == ("list", "list"), "nobody's card was opened"
    with system_access():
        people = [one.members.get().person_id for one in three]
    assert set(people[:2]) <= set(event.subjects) and people[2] not in event.subjects
    assert ["3"] in [one["compared"] for one in event.detail if one["kind"] == "note"]


def test_the_decision_leads_to_the_order_and_opens_the_chosen_alone(
    val: Client, decision: Decision, three: list[Application]
) -> None:
    found = val.get(page_of(decision)).content.decode()
    assert f'href="{page_of(decision)}jarjestys/"' in found and "ja se on sama" in found
    assert three[0].number not in found, "whoever acts on it need not see the others"
    with system_access():
        others = {one.members.get().person_id for one in (three[0], three[2])}
    assert not others & set(events()[-1].subjects)


@pytest.mark.parametrize("role", [Role.TAL, Role.HUO, Role.MAR])
def test_who_takes_no_part_does_not_see_it(role: Role, decision: Decision) -> None:
    client = sign_in(Client(), make_user(role))
    assert client.get(f"{page_of(decision)}jarjestys/").status_code == 403


def test_it_opens_to_nobody_who_may_not_know_the_chosen(
    val: Client, decision: Decision, three: list[Application]
) -> None:
    with system_access():
        ban(three[1].members.get().person)
    assert val.get(f"{page_of(decision)}jarjestys/").status_code == 404


def test_statements_do_not_grow_with_those_compared(val: Client, flat: Flat) -> None:
    def counted(home: Flat) -> int:
        with system_access():
            round_ = choosing(home)
            services.assess_due(TODAY)
            first = Application.objects.order_by("pk")[0]
            made = services.decide(round_, first, Choice(), today=TODAY)
        shown(val, made)
        with CaptureQueriesContext(connection) as run:
            assert rows(val, made)
        return len(run)

    with system_access():
        applicants("1000", "2000")
        other = make_flat(flat.stair, 9)
        Regime.objects.create(flat=other, funding="arava", valid_from=date(2000, 1, 1))
    few = counted(flat)
    with system_access():
        for number in range(20):
            asking(somebody(100 + number), wages=str(1100 + number))
    assert counted(other) == few


def test_an_order_that_is_not_what_was_kept_is_not_shown(
    val: Client, decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [one.place for one in played(decision.snapshot, decision.digest)] == [1, 2, 3]
    assert played(decision.snapshot, "0" * 64) == []
    assert not intact(decision.snapshot, "0" * 64)
    monkeypatch.setattr("applications.selection.rules.snapshot.digest", lambda _frozen: "0" * 64)
    found = shown(val, decision)
    assert "poikkeaa tallennetusta" in found and "<table" not in found
    assert "jarjestys/" not in val.get(page_of(decision)).content.decode()


def test_without_its_application_a_household_stands_by_its_random_id(
    val: Client, decision: Decision, three: list[Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after the applicants' time (R2): the row that tells whose the id is goes first."""
    with system_access():
        token = str(Compared.objects.get(decision=decision, application=three[2]).token)
    known = Compared.objects.filter
    monkeypatch.setattr(
        Compared.objects, "filter", lambda **by: known(**by).exclude(application=three[2].pk)
    )
    third = rows(val, decision)[2]
    assert token[:8] in third and "Hakemusta ei enää säilytetä." in third and "9 000" in third
    assert three[2].number not in third
