"""Pages of the door: asking, the on-call view, openings, the roster, the work queue, the card."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leases.contracts.models import Lease
from leases.doors import services
from leases.doors.models import Opening, Payer, Question
from leases.doors.models import Outcome as Result
from leases.doors.queries import on_call
from leases.doors.rule_rows import QUESTIONS
from leases.doors.services import Reported
from leases.homes.models import Flat, Key, KeyKind
from registry.copies.collecting import collect_rows
from registry.disclosures.models import Disclosure, Recipient
from registry.persons.models import Person
from registry.watch.models import Duty
from tests.leases.doors.conftest import (
    ADDRESS,
    ASK,
    HETU,
    LIST,
    ON_CALL,
    ROSTER,
    TYPED,
    SignedIn,
    always_on_call,
    asked,
    concluded,
    make_flat,
    on_duty,
    ordered,
    reported,
)
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.access.codes import Outcome
from vuokra.access.models import Payload
from vuokra.policy.roles import Role
from vuokra.rules.services import add_version

QUEUE = "/"
ORDER = {"company": "0", "payer": "resident", "note": ""}


def html(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def plain(page: bytes) -> str:
    """A page without its token and nonce, which are new in every answer."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.decode())
    return re.sub(r'(nonce|data-csrf|hx-headers)=(["\']).*?\2', "", text)


def test_S10_03_asked_ordered_reported_and_corrected(
    signed_in: SignedIn, lease: Lease, person: Person, opener: Recipient
) -> None:
    browser = signed_in("SOP")
    assert 'href="/ovet/?huoneisto=' in html(browser, f"/kohteet/huoneistot/{lease.flat_id}/")
    assert ADDRESS in html(browser, f"{ASK}?huoneisto={lease.flat_id}")
    answer = browser.post(ASK, TYPED)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Saa päästää" in text and "Vuokralainen, oikeus huoneistoon on voimassa" in text
    with system_access():
        question = Question.objects.get()
    page = f"/ovet/kysymys/{question.pk}/avaus/"
    assert page in text
    form = html(browser, page)
    assert "Avain ja Vartio Oy" in form and "Oma huolto" in form and ADDRESS in form
    wrong = browser.post(page, ORDER | {"note": f"Asukas {HETU}"})
    assert wrong.status_code == 422
    made = browser.post(page, ORDER | {"company": str(opener.pk)})
    assert made.status_code == 302
    again = browser.get(page)
    assert (again.status_code, again["Location"]) == (302, made["Location"]), "it is used once"
    shown = html(browser, made["Location"])
    assert "Tulosta ei ole vielä kirjattu" in shown and "Avain ja Vartio Oy" in shown
    with system_access():
        assert Disclosure.objects.count() == 1
    report = f"{made['Location']}tulos/"
    at = timezone.localtime()
    given = {"outcome": "opened", "day": f"{at:%d.%m.%Y}", "clock": "yhdeksän", "payer": "resident"}
    assert "Tarkista kellonaika" in browser.post(report, given).content.decode()
    later = browser.post(report, given | {"day": "+2", "clock": "9.30"})
    assert later.status_code == 422 and "tulevaisuudessa" in later.content.decode()
    early = browser.post(report, given | {"day": "1.1.2020", "clock": "9.30"})
    assert early.status_code == 422 and "ennen tilausta" in early.content.decode()
    with system_access():
        row = Opening.objects.get()
        reported(row)
    correct = f"{made['Location']}oikaisu/"
    early = given | {"day": "1.1.2020", "clock": "9.30", "why": "Väärä kello"}
    assert browser.post(correct, early).status_code == 422


def test_what_was_told_of_an_order_is_shown_and_not_lost(signed_in: SignedIn, lease: Lease) -> None:
    browser = signed_in("SOP")
    with system_access():
        question = asked(lease.flat)
    told = {"company": "0", "payer": "resident", "note": "Odottaa alaovella"}
    page = browser.post(f"/ovet/kysymys/{question.pk}/avaus/", told)["Location"]
    shown = html(browser, page)
    assert "Odottaa alaovella" in shown and "Kustannuksen maksaa" in shown
    early = browser.get(f"{page}oikaisu/")
    assert (early.status_code, early["Location"]) == (302, page), "nothing to put right yet"
    form = html(browser, f"{page}tulos/")
    assert 'value="Odottaa alaovella"' in form
    with system_access():
        reported(Opening.objects.get())
    late = browser.get(f"{page}tulos/")
    assert (late.status_code, late["Location"]) == (302, page), "it is put right beside"
    assert "Oikaise se tarvittaessa" in html(browser, page)


def test_a_stranger_a_wrong_name_and_a_flat_of_nobody(signed_in: SignedIn, lease: Lease) -> None:
    browser = signed_in("SOP")
    for typed in ({"name": "Lehtovaara Aino"}, {"born": "16.6.1985"}, {"number": "1234567"}):
        page = browser.post(ASK, TYPED | typed)
        text = page.content.decode()
        assert page.status_code == 200 and "Ei voida vahvistaa" in text, typed
        assert "Tilaa ovenavaus" not in text and "Vuokralainen" not in text
    for typed, words in (
        ({"flat": "Koulukatu 5 A 99"}, "Osoitteella ei löydy"),
        ({"flat": "???"}, "Osoitteella ei löydy"),
        ({"born": ""}, "nimi ja syntymäaika"),
        ({"name": "", "born": ""}, "nimi ja syntymäaika"),
        ({"hetu": "150685"}, "Tarkista henkilötunnus"),
        ({"method": ""}, "Miten henkilöllisyys todettiin"),
        ({"name": f"Lehtovaara {HETU}"}, "henkilötunnu"),
    ):
        page = browser.post(ASK, TYPED | typed)
        assert page.status_code == 422 and words in page.content.decode(), typed
    with system_access():
        assert Question.objects.count() == 3


def test_an_address_of_several_flats_is_asked_for_more(signed_in: SignedIn, lease: Lease) -> None:
    with system_access():
        make_flat(lease.flat.stair, 7)
    page = signed_in("SOP").post(ASK, TYPED | {"flat": "Koulukatu 5"})
    assert page.status_code == 422 and "sopii useita" in page.content.decode()


def test_DP_A19_the_page_lists_nobody_who_lives_there(
    signed_in: SignedIn, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        concluded(flat, person, other)
    browser = signed_in("SOP")
    for typed in ({}, {"name": "Väärä Nimi"}):
        text = browser.post(ASK, TYPED | typed).content.decode()
        assert "Koskiaho" not in text and "Aarne" not in text
    assert "Marjukka" not in browser.post(ASK, TYPED | {"name": "Väärä Nimi"}).content.decode()


@pytest.mark.parametrize("role", ["SOP", "HUO"])
def test_DP_A20_a_protected_person_and_a_stranger_get_the_same_page(
    lease: Lease, person: Person, role: str
) -> None:
    """Byte by byte the same, in as many statements: nothing tells that somebody lives there."""
    user = make_user(Role(role))
    with system_access():
        ban(person)
        if role == "HUO":
            always_on_call()
            on_duty(user)
    browser = sign_in(Client(), user)
    address = ASK if role == "SOP" else ON_CALL
    typed = TYPED if role == "SOP" else {k: v for k, v in TYPED.items() if k != "hetu"}
    browser.post(address, typed)  # caches are warm
    pages, counts = [], []
    for born in ("15.6.1985", "16.6.1985"):
        with CaptureQueriesContext(connection) as captured:
            answer = browser.post(address, typed | {"born": born})
        assert answer.status_code == 200 and "Ei voida vahvistaa" in answer.content.decode()
        pages.append(plain(answer.content).replace(born, ""))
        counts.append(len(captured))
    assert pages[0] == pages[1]
    assert counts[0] == counts[1]


def test_a_reason_opens_what_a_turvakielto_hides(
    signed_in: SignedIn, lease: Lease, person: Person
) -> None:
    with system_access():
        ban(person)
    browser = signed_in("SOP")
    page = browser.post(ASK, TYPED | {"reason": "Avain katosi, passi nähty ovella"})
    assert "Saa päästää" in page.content.decode()
    event = events()[-1]
    with system_access():
        bodies = "".join(Payload.objects.values_list("body", flat=True))
    assert "Avain katosi, passi nähty ovella" in bodies
    assert list(event.subjects) == [person.pk]
    upkeep = make_user(Role.HUO)
    with system_access():
        always_on_call()
        on_duty(upkeep)
    form = html(sign_in(Client(), upkeep), ON_CALL)
    assert "Päivystysnäkymä on auki" in form and 'name="reason"' not in form


def test_guessing_is_limited_and_told(signed_in: SignedIn, lease: Lease) -> None:
    with system_access():
        add_version(QUESTIONS, 1, date(2020, 1, 1), source="Testi")
    browser = signed_in("SOP")
    assert browser.post(ASK, TYPED | {"name": "Arvaus Yksi"}).status_code == 200
    page = browser.post(ASK, TYPED)
    assert page.status_code == 429
    assert "Tunnissa saa kysyä 1 kertaa" in page.content.decode()
    assert "Saa päästää" not in page.content.decode()
    event = events()[-1]
    assert (event.outcome, event.alarm) == (Outcome.DENIED, True)


@pytest.mark.parametrize("role", ["HAK", "VAL", "TAL", "PER", "ASN", "MAR", "REK", "TAR", "PAA"])
def test_who_has_nothing_to_do_at_the_door(lease: Lease, role: str) -> None:
    """Nor does a duty open the on-call view to them."""
    user = make_user(Role(role))
    browser = sign_in(Client(), user)
    with system_access():
        always_on_call()
        on_duty(user)
        row = ordered(lease.flat)
    for address in (ASK, ON_CALL, LIST, f"{LIST}{row.pk}/", f"{LIST}{row.pk}/tulos/"):
        assert browser.get(address).status_code == 403, address


# -- on call ---------------------------------------------------------------------------------------


def test_S10_02_the_view_is_closed_off_duty_and_in_office_hours(
    lease: Lease, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user(Role.HUO)
    with system_access():
        always_on_call()
    browser = sign_in(Client(), user)
    page = browser.get(ON_CALL)
    assert page.status_code == 403
    text = page.content.decode()
    assert "Et ole nyt päivystysvuorossa" in text and "ei ole kirjattu tulevaa" in text
    assert browser.post(ON_CALL, TYPED).status_code == 403
    assert browser.get(ASK).status_code == 403, "the office's page is not for maintenance"
    assert events()[-1].outcome == Outcome.DENIED
    with system_access():
        assert not Question.objects.exists()
        on_duty(user)
    assert browser.get(ON_CALL).status_code == 200
    begins = timezone.localtime() + timedelta(hours=2)
    closed = on_call.OnCall(now=False, until=None, begins=begins)
    monkeypatch.setattr(on_call, "on_call_at", lambda moment: closed)
    page = browser.get(ON_CALL)
    assert page.status_code == 403 and "Nyt ei ole päivystysaika" in page.content.decode()


def test_S10_02_whoever_is_on_call_asks_and_orders_with_the_least_data(
    lease: Lease, person: Person, opener: Recipient
) -> None:
    user = make_user(Role.HUO)
    with system_access():
        always_on_call()
        on_duty(user)
        Key.objects.create(
            site=lease.flat.stair.building.site, flat=lease.flat, serial="AV-17", kind=KeyKind.FLAT
        )
    browser = sign_in(Client(), user)
    form = html(browser, ON_CALL)
    assert "Päivystysnäkymä on auki" in form and 'name="hetu"' not in form
    stranger = browser.post(ON_CALL, TYPED | {"name": "Arvaus Yksi"}).content.decode()
    assert "Ei voida vahvistaa." in stranger and "AV-17" not in stranger
    assert 'href="tel:112"' in stranger
    text = browser.post(ON_CALL, TYPED).content.decode()
    assert "Saa päästää." in text and "AV-17" in text
    with system_access():
        question = Question.objects.get(answer="yes")
        assert question.on_call
    made = browser.post(f"/ovet/kysymys/{question.pk}/avaus/", ORDER | {"company": str(opener.pk)})
    assert made.status_code == 302
    assert ADDRESS in html(browser, made["Location"])
    with system_access():
        theirs = asked(lease.flat)
    assert browser.get(f"/ovet/kysymys/{theirs.pk}/avaus/").status_code == 404


@pytest.mark.parametrize("role", ["HUO", "JOH", "PAA"])
def test_S10_02_the_week_tells_gaps(signed_in: SignedIn, role: str) -> None:
    text = html(signed_in(role), ROSTER)
    assert "Päivystäjä puuttuu" in text and "/valvonta/paivystys/" in text


@pytest.mark.parametrize("role", ["SOP", "TAL", "TAR"])
def test_the_roster_is_not_for_others(signed_in: SignedIn, role: str) -> None:
    assert signed_in(role).get(ROSTER).status_code == 403


def test_nobody_is_on_two_duties_at_once(signed_in: SignedIn) -> None:
    browser = signed_in("HUO")
    user = make_user(Role.HUO, username="toinen")
    given = {
        "staff": str(user.pk), "first": "+1", "first_clock": "15.30", "last": "+2",
        "last_clock": "7.00",
    }  # fmt: skip
    assert browser.post("/valvonta/paivystys/", given).status_code == 302
    again = browser.post("/valvonta/paivystys/", given | {"first_clock": "18.00"})
    assert again.status_code == 422 and "jo vuoro samaan aikaan" in again.content.decode()
    after = given | {"first": "+2", "first_clock": "7.00", "last_clock": "15.00"}
    assert browser.post("/valvonta/paivystys/", after).status_code == 302
    with system_access():
        assert Duty.objects.count() == 2


# -- lists, the queue, the card --------------------------------------------------------------------


def test_the_work_queue_tells_openings_gaps_and_own_duty(lease: Lease) -> None:
    user = make_user(Role.HUO)
    browser = sign_in(Client(), user)
    with system_access():
        always_on_call()
        row = ordered(lease.flat, now=timezone.now() - timedelta(hours=5))
        fresh = ordered(lease.flat)
        on_duty(user)
    text = html(browser, QUEUE)
    assert f"{LIST}{row.pk}/tulos/" in text and ADDRESS in text
    assert f"{LIST}{fresh.pk}/tulos/" not in text, "it is asked for after some hours"
    assert "Olet päivystysvuorossa" in text and ON_CALL in text
    assert "Kirjaa päivystäjä" in text
    with system_access():
        reported(row)
    assert "Kirjaa ovenavauksen tulos" not in html(browser, QUEUE)


def test_a_protected_home_is_in_no_list_of_whoever_may_not_know(
    signed_in: SignedIn, lease: Lease, person: Person
) -> None:
    with system_access():
        row = ordered(lease.flat, now=timezone.now() - timedelta(hours=5))
        ban(person)
    upkeep, office = signed_in("HUO"), signed_in("SOP")
    assert f"{LIST}{row.pk}/" not in html(upkeep, LIST)
    assert upkeep.get(f"{LIST}{row.pk}/").status_code == 404
    assert "Kirjaa ovenavauksen tulos" not in html(upkeep, QUEUE)
    for address in (LIST, f"{LIST}{row.pk}/", QUEUE):
        assert ADDRESS not in html(office, address), address
    assert f"{LIST}{row.pk}/" in html(office, LIST)
    for browser in (office, upkeep):
        assert f"{LIST}{row.pk}/" not in html(browser, f"/kohteet/huoneistot/{lease.flat_id}/")


def test_the_list_is_narrowed_and_the_card_and_flat_tell_openings(
    signed_in: SignedIn, lease: Lease, person: Person, opener: Recipient
) -> None:
    with system_access():
        done, waiting = reported(ordered(lease.flat)), ordered(lease.flat, opener)
    browser = signed_in("SOP")
    ways = {
        "": {done, waiting}, "?rajaus=avattu": {done}, "?rajaus=kesken": {waiting},
        "?rajaus=ei-avattu": set(), "?avaaja=0": {done}, f"?avaaja={opener.pk}": {waiting},
        f"?rajaus=avattu&avaaja={opener.pk}": set(), "?rajaus=x&avaaja=y&sivu=z": {done, waiting},
    }  # fmt: skip
    for query, rows in ways.items():
        text = html(browser, f"{LIST}{query}")
        for row in (done, waiting):
            assert (f"{LIST}{row.pk}/" in text) is (row in rows), query
    card = html(browser, f"/henkilot/{person.public_id}/")
    assert f"{LIST}{done.pk}/" in card and "Ovenavaukset" in card
    flat = html(browser, f"/kohteet/huoneistot/{lease.flat_id}/")
    assert f"{LIST}{done.pk}/" in flat and "Lehtovaara" in flat


def test_as_many_statements_for_a_few_and_for_many(signed_in: SignedIn, lease: Lease) -> None:
    browser = signed_in("SOP")
    with system_access():
        reported(ordered(lease.flat))
    html(browser, LIST)
    with CaptureQueriesContext(connection) as few:
        html(browser, LIST)
    with system_access():
        for _ in range(8):
            reported(ordered(lease.flat))
    with CaptureQueriesContext(connection) as many:
        html(browser, LIST)
    assert len(few) == len(many)


def test_a_copy_of_ones_data_tells_openings(lease: Lease, person: Person) -> None:
    with system_access():
        row = reported(ordered(lease.flat))
        said = Reported(Result.OPENED, row.ordered_at, Payer.COMPANY, "Lukko tutkittiin")
        services.correct(row, said, "Lukko oli viallinen", now=timezone.now())
        asked(lease.flat, number=1)
        found = repr(collect_rows([person.pk], lambda done, total: None).sections)
    for words in ("Saa päästää", "Henkilöllisyystodistus ovella", "Lukko tutkittiin", "viallinen"):
        assert words in found, words
    assert "Ei voida vahvistaa" not in found
