"""Ties of staff: whose record a user may not open, and who may end a tie."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from registry.households.services import add_member
from registry.persons.models import Person, Source, StaffLink, TieKind
from registry.persons.queries import standing
from registry.persons.services import standing as services
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import SINCE, SignedIn, events, invented
from vuokra.access.codes import Action, Outcome, Surface
from vuokra.access.context import AccessContext, open_access
from vuokra.access.errors import TiedDenied
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.company.models import Limits
from vuokra.company.services import save_limits
from vuokra.policy.roles import Purpose, Role

CLOSING = (TieKind.OWN, TieKind.HOUSEHOLD, TieKind.COLLEAGUE)


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP, username="sari")


@pytest.fixture
def browser(clerk: User) -> Client:
    return sign_in(Client(), clerk)


def acting(user: User, purpose: Purpose = Purpose.SOPIMUS) -> AbstractContextManager[AccessContext]:
    return open_access(actor_for(user), purpose=purpose, action=Action.VIEW, surface=Surface.DETAIL)


def tie(person: Person, user: User, kind: TieKind, days: int = 0) -> StaffLink:
    with system_access():
        return services.record_tie(
            person, user.pk, kind, valid_from=timezone.localdate() + timedelta(days=days)
        )


def pages_of(person: Person) -> list[str]:
    card = f"/henkilot/{person.public_id}/"
    return [card, f"{card}muokkaa/", f"{card}tunniste/", f"{card}yhteystiedot/",
            f"{card}osoitteet/", f"{card}sidonnaisuus/"]  # fmt: skip


@pytest.mark.parametrize("kind", CLOSING)
def test_DP_A2_own_household_and_colleague_records_are_closed(
    browser: Client, clerk: User, person: Person, kind: TieKind
) -> None:
    tie(person, clerk, kind)
    for address in pages_of(person):
        page = browser.get(address)
        assert page.status_code == 403, address
        text = page.content.decode()
        assert "Oma tai läheisen tieto" in text
        assert "Lehtovaara" not in text
        assert str(person.customer_number) not in text
    reveal = browser.post(f"/henkilot/{person.public_id}/hetu/")
    assert reveal.status_code == 403
    assert "150685" not in reveal.content.decode()


def test_DP_A2_the_log_auditor_is_told(browser: Client, clerk: User, person: Person) -> None:
    tie(person, clerk, TieKind.OWN)
    browser.get(f"/henkilot/{person.public_id}/")
    event = events()[-1]
    assert (event.outcome, event.alarm, event.subjects) == (Outcome.DENIED, True, [person.pk])
    assert {"kind": "note", "tie": ["own"]} in event.detail


def test_DP_A2_a_list_may_show_the_row(browser: Client, clerk: User, person: Person) -> None:
    tie(person, clerk, TieKind.OWN)
    assert "Lehtovaara" in browser.get("/henkilot/").content.decode()


def test_DP_A2_whose_own_record_it_is_is_a_colleague_to_the_others(
    signed_in: SignedIn, clerk: User, person: Person
) -> None:
    tie(person, clerk, TieKind.OWN)
    assert signed_in("HAK").get(f"/henkilot/{person.public_id}/").status_code == 403
    assert {"kind": "note", "tie": ["colleague"]} in events()[-1].detail


def test_DP_A2_the_company_may_open_colleagues_with_an_alarm(
    signed_in: SignedIn, clerk: User, person: Person
) -> None:
    tie(person, clerk, TieKind.OWN)
    with system_access():
        save_limits(Limits(blocks_colleagues=False))
    assert signed_in("HAK").get(f"/henkilot/{person.public_id}/").status_code == 200
    assert events()[-1].alarm
    assert sign_in(Client(), clerk).get(f"/henkilot/{person.public_id}/").status_code == 403


def test_DP_A2_who_lives_with_the_user_is_found_by_the_rooms_of_households(
    browser: Client, clerk: User, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with system_access():
        own = invented("Aarnivuori", "Saimi", "311299-903B")
    tie(own, clerk, TieKind.OWN)
    asked: list[tuple[int, list[int]]] = []

    def lives_with(one: Person, others: object, today: date) -> bool:
        asked.append((one.pk, list(others)))  # type: ignore[call-overload]  # a queryset of ids
        return True

    monkeypatch.setattr(standing, "_relatives", [lives_with])
    assert browser.get(f"/henkilot/{person.public_id}/").status_code == 403
    assert asked == [(person.pk, [own.pk])]
    assert {"kind": "note", "tie": ["household"]} in events()[-1].detail


def told_by_lists(browser: Client) -> str:
    """What a list, a search and an export tell."""
    export = browser.post("/henkilot/vienti/", {"reason": "P3"})
    return "".join([
        browser.get("/henkilot/").content.decode(),
        browser.post("/henkilot/haku/", {"q": "Lehtovaara"}).content.decode(),
        b"".join(export.streaming_content).decode(),  # type: ignore[attr-defined]  # a stream
    ])  # fmt: skip


@pytest.mark.parametrize("kind", [TieKind.OWN, TieKind.HOUSEHOLD, TieKind.COLLEAGUE])
def test_DP_A2_lists_tell_no_contact_details_that_the_card_refuses(
    browser: Client, clerk: User, person: Person, kind: TieKind
) -> None:
    assert told_by_lists(browser).count("Koulukatu") == 3
    tie(person, clerk, kind)
    told = told_by_lists(browser)
    assert told.count("Lehtovaara") >= 3
    assert "Koulukatu" not in told and "@example.fi" not in told


@pytest.mark.parametrize("blocks", [True, False])
def test_DP_A2_lists_tell_no_contact_details_of_a_colleague(
    browser: Client, signed_in: SignedIn, person: Person, blocks: bool
) -> None:
    """Also where the company lets the card be opened: that raises an alarm, a list none."""
    with system_access():
        save_limits(Limits(blocks_colleagues=blocks))
    tie(person, make_user(Role.TAL, username="toveri"), TieKind.OWN)
    told = told_by_lists(browser)
    assert told.count("Lehtovaara") >= 3
    assert "Koulukatu" not in told and "@example.fi" not in told
    assert "Koulukatu" not in signed_in("HAK").get("/henkilot/").content.decode()


def test_DP_A2_contact_details_that_are_not_told_find_nobody(
    browser: Client, clerk: User, person: Person
) -> None:
    """Otherwise they could be tried out letter by letter."""
    number = f"04912{person.customer_number:05}"[:10]
    asked = ["Koulukatu 5", number, number[-7:], f"asukas{person.customer_number}@"]
    for text in asked:
        assert "Lehtovaara" in browser.post("/henkilot/haku/", {"q": text}).content.decode(), text
    tie(person, make_user(Role.TAL, username="toveri"), TieKind.OWN)
    for text in asked:
        page = browser.post("/henkilot/haku/", {"q": text}).content.decode()
        assert "Lehtovaara" not in page, text


def test_DP_A2_lists_tell_no_contact_details_of_who_lives_with_the_user(
    browser: Client, clerk: User, person: Person, signed_in: SignedIn
) -> None:
    with system_access():
        own = invented("Aarnivuori", "Saimi", "311299-903B")
        add_member(
            own, person, valid_from=SINCE, source=Source.PERSON, today=timezone.localdate()
        )  # fmt: skip
    tie(own, clerk, TieKind.OWN)
    assert "Koulukatu" not in told_by_lists(browser)
    assert "Koulukatu" in signed_in("TAL").get("/henkilot/").content.decode()


@pytest.mark.parametrize(("days", "status"), [(1, 200), (0, 403)])
def test_a_tie_holds_from_its_first_day(
    browser: Client, clerk: User, person: Person, days: int, status: int
) -> None:
    tie(person, clerk, TieKind.HOUSEHOLD, days)
    assert browser.get(f"/henkilot/{person.public_id}/").status_code == status


def test_DP_A3_a_conflict_leaves_the_record_open_and_bars_deciding(
    browser: Client, clerk: User, person: Person
) -> None:
    with acting(clerk):
        assert standing.may_decide(person, today=timezone.localdate())
    tie(person, clerk, TieKind.CONFLICT)
    page = browser.get(f"/henkilot/{person.public_id}/")
    assert page.status_code == 200
    assert "Olet esteellinen" in page.content.decode()
    with acting(clerk):
        assert not standing.may_decide(person, today=timezone.localdate())


def test_a_clerk_records_his_own_tie_and_cannot_end_it(
    browser: Client, clerk: User, person: Person, signed_in: SignedIn
) -> None:
    page = browser.post(
        f"/henkilot/{person.public_id}/sidonnaisuus/",
        {"staff": clerk.pk, "kind": "household", "valid_from": "1.10.2026", "valid_to": ""},
    )
    assert page.status_code == 302
    with system_access():
        link = StaffLink.objects.get()
        assert (link.set_by_id, link.staff_id) == (clerk.pk, clerk.pk)
    assert "Toinen käyttäjä päättää" in browser.get("/henkilot/sidonnaisuudet/").content.decode()
    address = f"/henkilot/sidonnaisuudet/{link.pk}/"
    refused = browser.post(address, {"last_day": "1.10.2026"})
    assert refused.status_code == 422
    assert "Omaa sidonnaisuutta ei voi päättää itse" in refused.content.decode()
    other = signed_in("REK")
    assert other.post(address, {"last_day": "1.9.2026"}).status_code == 422  # before it began
    assert other.post(address, {"last_day": "1.10.2026"}).status_code == 302
    assert browser.get(f"/henkilot/{person.public_id}/").status_code == 200


def test_one_tie_at_a_time_to_a_person(browser: Client, clerk: User, person: Person) -> None:
    tie(person, clerk, TieKind.CONFLICT)
    page = browser.post(
        f"/henkilot/{person.public_id}/sidonnaisuus/",
        {"staff": clerk.pk, "kind": "own", "valid_from": "1.10.2026", "valid_to": ""},
    )
    assert page.status_code == 422
    assert "Käyttäjällä on jo sidonnaisuus" in page.content.decode()


@pytest.mark.parametrize("role", ["TAL", "PER", "HUO", "ASN", "MAR", "TAR", "JOH", "PAA", "VAL"])
def test_who_may_not_record_ties(signed_in: SignedIn, person: Person, role: str) -> None:
    page = signed_in(role).get(f"/henkilot/{person.public_id}/sidonnaisuus/")
    assert page.status_code == 403


def test_an_unknown_kind_and_reversed_days_do_not_reach_the_table(
    clerk: User, person: Person
) -> None:
    today = timezone.localdate()
    with system_access():
        for wrong in ({"kind": "friend"}, {"valid_to": today - timedelta(days=1)}):
            values = {"kind": TieKind.OWN, "valid_from": today} | wrong
            with pytest.raises(IntegrityError), transaction.atomic():
                StaffLink.objects.create(person=person, staff=clerk, **values)


def test_the_service_refuses_a_tie_that_ends_before_it_begins(clerk: User, person: Person) -> None:
    today = timezone.localdate()
    with system_access(), pytest.raises(ValidationError, match="Päättymispäivä"):
        services.record_tie(
            person, clerk.pk, TieKind.OWN, valid_from=today, valid_to=today - timedelta(days=1)
        )


def test_the_door_raises_for_code_that_has_no_page(clerk: User, person: Person) -> None:
    tie(person, clerk, TieKind.OWN)
    with pytest.raises(TiedDenied), acting(clerk):
        standing.one_person(person.public_id)
