"""The selection log as a file of rows: what the page shows, read in its events, nobody's home."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from applications.selection import services as selection
from applications.selection.models import Decision
from applications.selection.services import Choice
from leases.homes.models import Flat, Stair
from registry.persons.models import Person
from tests.applications.selection.conftest import asking, somebody
from tests.applications.selection.rounds import choosing
from tests.applications.selection.test_home_attacks import funded
from tests.applications.supervision.conftest import DAY, TODAY, make_flat, make_user, system_access
from tests.applications.supervision.test_pages import read
from tests.people import sign_in
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
ASKED = {"first": f"1.1.{TODAY.year}", "last": f"{TODAY:%d.%m.%Y}", "site": "", "muoto": "csv"}
WHY = {"reason": "P1", "reason_text": "Valvojan pyyntö 12/2026"}


@pytest.fixture
def val(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL))


@pytest.fixture
def hak(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL, Role.HAK))


def take(client: Client, **given: str) -> bytes:
    answer = client.post(reverse("supervision:export"), ASKED | given)
    assert answer.status_code == 200, answer
    assert answer.streaming
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def rows(client: Client, **given: str) -> list[list[str]]:
    text = take(client, **given).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def chosen_of(decision: Decision) -> Person:
    assert decision.application is not None
    return decision.application.members.get().person


def protect(decision: Decision) -> Person:
    with system_access():
        person = chosen_of(decision)
        ban(person)
        return person


def test_it_holds_what_the_log_tells_and_no_name(
    val: Client, decision: Decision, flat: Flat
) -> None:
    head, row = rows(val)
    told = dict(zip(head, row, strict=True))
    assert told["päivä"] == f"{TODAY.day}.{TODAY.month}.{TODAY.year}"
    assert told["asunto"] == flat.address
    assert told["tunnus"] == str(decision.chosen)[:8]
    assert (told["henkilöitä"], told["tarve"]) == ("1", "2 B7")
    assert (told["tulot €/kk"], told["varat €"]) == ("2000,00", "0,00")
    assert "Hakija" not in ";".join(row) and "Numero" not in ";".join(row)


def test_the_spreadsheet_has_days_and_numbers(val: Client, decision: Decision, flat: Flat) -> None:
    sheet = load_workbook(BytesIO(take(val, muoto="xlsx"))).active
    head, row = list(sheet.values)
    told = dict(zip(head, row, strict=True))
    assert told["päivä"].date() == TODAY
    assert (told["henkilöitä"], told["tulot €/kk"], told["asunto"]) == (1, 2000, flat.address)


def test_the_read_is_an_export_that_names_the_households(val: Client, decision: Decision) -> None:
    take(val)
    read_ = [one for one in events() if one.route == "supervision:export" and one.subjects]
    assert {one.action for one in read_} == {"export"}
    with system_access():
        assert chosen_of(decision).pk in {pk for one in read_ for pk in one.subjects}


def test_it_is_read_in_batches_of_which_each_is_an_event(
    val: Client, flat: Flat, stair: Stair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("applications.supervision.exports.BATCH", 2)
    made = []
    with system_access():
        for number in range(5):
            home = make_flat(stair, 20 + number) if number else flat
            round_ = choosing(home) if not number else choosing(funded(home))
            one = asking(somebody(60 + number), wages=str(2000 - 100 * number))
            selection.assess_due(TODAY)
            made.append(selection.decide(round_, one, Choice(), today=TODAY))
        people = {chosen_of(one).pk for one in made}
    assert [row[2] for row in rows(val)[1:]] == [str(one.chosen)[:8] for one in made]
    read_ = [one for one in events() if one.route == "supervision:export" and one.subjects]
    assert len(read_) == 3
    assert {pk for one in read_ for pk in one.subjects} == people


def test_it_is_of_its_days_and_site(val: Client, decision: Decision, flat: Flat) -> None:
    before = f"{TODAY - DAY:%d.%m.%Y}"
    assert len(rows(val, first=before, last=before)) == 1
    assert len(rows(val, site=str(flat.stair.building.site_id))) == 2


@pytest.mark.parametrize(
    "given", [{"muoto": "pdf"}, {"muoto": ""}, {"first": "x"}, {"last": "1.1.2020"}, {"site": "x"}]
)
def test_an_odd_wish_makes_no_file(val: Client, decision: Decision, given: dict[str, str]) -> None:
    answer = val.post(reverse("supervision:export"), ASKED | given, follow=True)
    assert "Tiedostoa ei tehty" in answer.content.decode()
    assert not [one for one in events() if one.route == "supervision:export" and one.subjects]


def test_the_page_offers_it_to_those_who_may_take_it(val: Client, decision: Decision) -> None:
    url = reverse("supervision:export")
    assert url in read(val, reverse("supervision:log"))
    leader = sign_in(Client(), make_user(Role.JOH))
    assert url not in read(leader, reverse("supervision:log"))
    for role in (Role.JOH, Role.SOP, Role.TAL):
        client = sign_in(Client(), make_user(role))
        assert client.post(url, ASKED).status_code == 403


# -- turvakielto -------------------------------------------------------------------------------


def test_T7_whoever_may_not_know_of_a_ban_gets_no_row_of_it(
    val: Client, decision: Decision
) -> None:
    protect(decision)
    assert len(rows(val)) == 1


def test_T7_a_file_with_a_protected_household_is_asked_for_and_tells_no_flat(
    hak: Client, decision: Decision, flat: Flat
) -> None:
    person = protect(decision)
    asked = hak.post(reverse("supervision:export"), ASKED)
    assert asked.status_code == 302
    way = asked["Location"]
    assert way.startswith(reverse("supervision:reason")) and person.public_id not in way
    assert hak.post(way, WHY | {"reason_text": ""}).status_code == 422
    back = hak.post(way, WHY, follow=True)
    assert back.redirect_chain[-1][0].startswith(f"{reverse('supervision:log')}?first=")
    assert "Peruste kirjattiin" in back.content.decode()
    _head, row = rows(hak)
    assert row[1] == "–" and flat.address not in ";".join(row)
    opened = [one for one in events() if one.action == "reveal"][-1]
    assert person.pk in opened.subjects


def test_T7_a_reason_for_one_file_or_household_opens_no_other(
    hak: Client, decision: Decision
) -> None:
    person = protect(decision)
    hak.post(reverse("protection:reason", args=[person.public_id]), WHY)
    url = reverse("supervision:export")
    asked = hak.post(url, ASKED)
    assert asked.status_code == 302
    hak.post(asked["Location"], WHY)
    assert hak.post(url, ASKED).status_code == 200
    other = ASKED | {"first": f"{TODAY:%d.%m.%Y}"}
    assert hak.post(url, other).status_code == 302


def test_T7_by_site_a_protected_household_is_in_no_file(
    hak: Client, decision: Decision, flat: Flat
) -> None:
    protect(decision)
    assert len(rows(hak, site=str(flat.stair.building.site_id))) == 1


def test_nobody_is_asked_where_nobody_is_protected(hak: Client, decision: Decision) -> None:
    assert hak.get(reverse("supervision:reason")).status_code == 404
    assert len(rows(hak)) == 2


def test_a_ban_that_comes_while_the_file_is_read_hides_the_flat(
    hak: Client, decision: Decision, flat: Flat
) -> None:
    answer = hak.post(reverse("supervision:export"), ASKED)
    protect(decision)
    body = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert flat.address not in body
