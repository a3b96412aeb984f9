"""Pages of leases: from a free flat to a notice, and what they do not tell of protected people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leases.contracts import services
from leases.contracts.models import ComponentKind, Lease, Notice, Party
from leases.homes import queries as of_homes
from leases.homes.models import Flat, Place, PlaceKind, Stair
from registry.persons.models import Ground as MarkGround
from registry.persons.models import Mark, MarkKind, Person, TieKind
from registry.persons.services.standing import record_tie
from tests.leases.contracts.conftest import (
    DAY,
    TODAY,
    SignedIn,
    concluded,
    drafted,
    invented,
    make_flat,
)
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.policy.roles import Role as StaffRole
from vuokra.ui import formatting

TERMS = {
    "starts_on": "1.12.2026", "term_ends_on": "", "first_notice_on": "", "due_day": "",
    "water": "persons", "smoking": "forbidden", "pets": "allowed", "delivery": "paper",
    "clauses": "",
}  # fmt: skip


def html(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_a_vacant_flat_is_let_to_two_and_notice_given(
    signed_in: SignedIn, flat: Flat, person: Person, other: Person
) -> None:
    browser = signed_in("SOP")
    assert f"/sopimukset/uusi/{flat.pk}/" in html(browser, f"/kohteet/huoneistot/{flat.pk}/")
    new = f"/sopimukset/uusi/{flat.pk}/"
    wrong = browser.post(new, TERMS | {"q": "9999999", "clauses": "Autopaikka 3"})
    assert "Ei osumia" in wrong.content.decode() and "Autopaikka 3" in wrong.content.decode()
    nobody = browser.post(new, TERMS | {"clauses": "Autopaikka 3"})
    assert nobody.status_code == 422 and "Etsi henkilö ja valitse" in nobody.content.decode()
    named = browser.post(new, TERMS | {"q": person.surname}).content.decode()
    assert f'name="chosen" value="{person.public_id}"' in named, "a name is searched for"
    made = browser.post(new, TERMS | {"q": str(person.customer_number)})
    page = made["Location"]
    assert "Vuokraa ei ole kirjattu" in html(browser, page)
    browser.post(
        f"{page}osapuoli/",
        {"q": str(other.customer_number), "role": "co_tenant", "valid_from": "",
         "limit_eur": ""},
    )  # fmt: skip
    browser.post(
        f"{page}vuokra/", {"kind": "rent", "price_eur": "650,00", "quantity": "1", "place": ""}
    )
    text = html(browser, page)
    assert "Lehtovaara" in text and "Koskiaho" in text and "650,00" in text
    browser.post(f"{page}valmis/")
    with system_access():
        parties = list(Party.objects.order_by("id").values_list("pk", flat=True))
    for pk in parties:
        signed = browser.post(
            f"{page}osapuoli/{pk}/allekirjoitus/", {"on": f"{TODAY - 7 * DAY:%d.%m.%Y}"}
        )
        assert signed["Location"] == page
    assert "Vuokralaiset" in html(browser, "/sopimukset/")
    notice = {"document": "landlord_notice", "written": "on", "breach": "", "ground": "",
              "stated_end": "", "sent_on": ""}  # fmt: skip
    lacking = browser.post(f"{page}ilmoitus/", notice | {"written": ""})
    assert lacking.status_code == 422
    for words in ("annetaan kirjallisesti", "Kirjoita peruste", "Kirjoita päättymispäivä"):
        assert words in lacking.content.decode(), "what the company writes is not saved without"
    told = browser.post(
        f"{page}ilmoitus/", notice | {"document": "tenant_notice", "written": ""}, follow=True
    )
    assert "Ilmoitus on kirjattu tehottomana: Ilmoitus ei ole kirjallinen." in told.content.decode()
    assert "Tehoton" in html(browser, page)
    with system_access():
        bad = Notice.objects.get().pk
    refused = browser.post(
        f"{page}ilmoitus/{bad}/tiedoksi/",
        {"served_on": f"{TODAY - 6 * DAY:%d.%m.%Y}", "method": "receipt"},
    )
    assert refused.status_code == 422 and "tehoton" in refused.content.decode()
    browser.post(f"{page}ilmoitus/", notice | {"document": "tenant_notice"})
    with system_access():
        good = Notice.objects.latest("pk").pk
    shown = html(browser, f"{page}ilmoitus/{good}/tiedoksi/")
    assert "Jos ilmoitus annettiin tiedoksi tänään" in shown and "Miksi?" in shown
    today = formatting.date(timezone.localdate())
    browser.post(f"{page}ilmoitus/{good}/tiedoksi/", {"served_on": today, "method": "receipt"})
    with system_access():
        served = Notice.objects.get(pk=good)
    for day in (served.ends_on, served.moves_on):
        assert day is not None and formatting.date(day) in html(browser, page)
    browser.post(f"{page}ilmoitus/{good}/peru/", {"on": today})
    with system_access():
        assert Lease.objects.get().last_day is None
    rescission = {"breach": "4", "happened_on": "20.11.2026", "significant": "on", "goes_on": "on",
                  "ground": "Häiritsevä elämä", "unpaid_eur": "", "stated_end": "",
                  "sent_on": ""}  # fmt: skip
    refused = browser.post(f"{page}purkaminen/", rescission)
    assert refused.status_code == 422 and "anna ensin varoitus" in refused.content.decode()
    assert browser.post(f"{page}purkaminen/", rescission | {"extreme": "on"})["Location"] == page
    assert "Purkamisilmoitus" in html(browser, page)


def test_a_site_tells_which_places_are_free(
    signed_in: SignedIn, flat: Flat, person: Person
) -> None:
    site = flat.stair.building.site
    with system_access():
        free, kept, gone = (
            Place.objects.create(
                site=site, kind=PlaceKind.PARKING, code=f"AP {number}", given_up_on=given_up
            )
            for number, given_up in ((1, None), (2, None), (3, TODAY))
        )  # fmt: skip
        lease = drafted(flat, person, starts_on=TODAY)
        services.set_component(lease, ComponentKind.PARKING, Decimal(12), today=TODAY, place=kept)
        for day, told in (
            (TODAY, {free: True, kept: False, gone: False}),
            (TODAY - DAY, {free: True, kept: True, gone: True}),
        ):
            rows = {one.place: one.free for one in of_homes.place_rows(site, today=day)}
            assert rows == told  # fmt: skip
    text = html(signed_in("VAL"), f"/kohteet/{site.pk}/")
    assert "1 paikka on vapaana." in text and "vuokrattu" in text


def test_the_lease_of_a_protected_person_does_not_tell_the_flat(
    signed_in: SignedIn, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        ban(person)
    browser = signed_in("SOP")
    for address in ("/sopimukset/", f"/sopimukset/{lease.pk}/", f"/henkilot/{person.public_id}/"):
        text = html(browser, address)
        assert "Koulukatu 5 A 2" not in text, address
        assert f"/kohteet/huoneistot/{flat.pk}/" not in text, address
    assert "Lehtovaara" not in html(browser, f"/kohteet/huoneistot/{flat.pk}/")
    assert "Lehtovaara" not in html(browser, "/sopimukset/")


def test_every_party_of_a_lease_is_in_the_log_of_its_reading(
    signed_in: SignedIn, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person, other)
    html(signed_in("TAL"), f"/sopimukset/{lease.pk}/")
    assert {person.pk, other.pk} <= set(events()[-1].subjects)


def test_a_colleagues_lease_is_closed(flat: Flat, person: Person) -> None:
    """A2: what the card refuses, neither the list nor the lease tells."""
    clerk = make_user(StaffRole.SOP)
    with system_access():
        lease = concluded(flat, person)
        record_tie(person, clerk.pk, TieKind.COLLEAGUE, valid_from=date(2024, 1, 1))
    from django.test import Client as Browser

    browser = sign_in(Browser(), clerk)
    assert browser.get(f"/sopimukset/{lease.pk}/").status_code in (403, 404)
    assert str(lease.number) not in html(browser, "/sopimukset/")
    assert str(lease.number) not in html(browser, f"/kohteet/huoneistot/{flat.pk}/")


@pytest.mark.parametrize("role", ["HAK", "VAL", "HUO", "MAR", "REK", "PAA"])
def test_whoever_has_no_task_with_leases_does_not_see_them(
    signed_in: SignedIn, flat: Flat, person: Person, role: str
) -> None:
    with system_access():
        lease = concluded(flat, person)
    browser = signed_in(role)
    assert browser.get("/sopimukset/").status_code == 403
    assert browser.get(f"/sopimukset/{lease.pk}/").status_code == 403
    if role in ("HAK", "VAL", "HUO"):
        assert "Lehtovaara" not in html(browser, f"/kohteet/huoneistot/{flat.pk}/")


def test_readers_do_not_write(signed_in: SignedIn, flat: Flat, person: Person) -> None:
    with system_access():
        lease = drafted(flat, person)
    for role in ("TAL", "JOH", "PER"):
        browser = signed_in(role)
        assert browser.get(f"/sopimukset/{lease.pk}/").status_code == 200
        assert browser.post(f"/sopimukset/{lease.pk}/valmis/").status_code == 403


def test_a_lease_costs_the_same_with_many_parties(
    signed_in: SignedIn, flat: Flat, stair: Stair, person: Person
) -> None:
    browser = signed_in("TAL")
    with system_access():
        small = concluded(flat, person)
        many = [invented(f"Asukas{letter}", "Aino", code) for letter, code in
                zip("abc", ("010190-903T", "010190-904U", "010190-905V"), strict=True)]  # fmt: skip
        large = drafted(make_flat(stair, 9), *many)
    browser.get(f"/sopimukset/{small.pk}/")
    with CaptureQueriesContext(connection) as few:
        browser.get(f"/sopimukset/{small.pk}/")
    with CaptureQueriesContext(connection) as more:
        browser.get(f"/sopimukset/{large.pk}/")
    assert len(more) == len(few)


def test_the_card_tells_the_leases_and_their_days(
    signed_in: SignedIn, flat: Flat, person: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        services.agree_end(lease, on=TODAY - DAY, today=TODAY)
    card = f"/henkilot/{person.public_id}/"
    text = html(signed_in("SOP"), card)
    assert f"/sopimukset/{lease.pk}/" in text and "650,00" in text
    assert "Vuokrasuhde alkoi" in text and "Vuokrasuhde päättyi" in text
    assert "Vuokrasuhde" not in html(signed_in("HUO"), card)


def test_what_is_missing_is_told_together_with_who(
    signed_in: SignedIn, flat: Flat, person: Person
) -> None:
    browser, new = signed_in("SOP"), f"/sopimukset/uusi/{flat.pk}/"
    both = browser.post(new, TERMS | {"starts_on": ""})
    assert both.status_code == 422 and "Etsi henkilö ja valitse" in both.content.decode()
    assert both.context["form"].errors.keys() == {"q", "starts_on"}
    with system_access():
        Mark.objects.create(
            person=person, kind=MarkKind.RESTRICTION, ground=MarkGround.ACCURACY, valid_from=TODAY
        )
    asked = browser.post(new, TERMS | {"q": str(person.customer_number), "clauses": "Autopaikka"})
    text = asked.content.decode()
    assert "Avaa ensin hänen korttinsa" in text and "Autopaikka" in text
