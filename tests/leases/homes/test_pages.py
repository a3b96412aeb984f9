"""Pages of homes: lists, a flat, its keys; and that a key tells of nobody under turvakielto."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leases.homes import services
from leases.homes.models import Flat, Key, OutReason, Site, Stair
from registry.persons.models import Person
from tests.leases.homes.conftest import DAY, TODAY, SignedIn, let, make_flat
from tests.people import system_access
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.ui import formatting

FORM = {
    "number": "7", "suffix": "", "rooms": "2", "kitchen": "kk", "area": "45,5", "floor": "1",
    "access": "none", "equipment": ["balcony", "store"], "shares": "46,41", "taken_on": "",
    "given_up_on": "",
}  # fmt: skip


def test_a_flat_is_recorded_and_stands_in_the_list(
    signed_in: SignedIn, site: Site, stair: Stair
) -> None:
    browser = signed_in("SOP")
    address = f"/kohteet/{site.pk}/huoneisto/"
    wrong = browser.post(address, FORM | {"stair": str(stair.pk), "area": "0"})
    assert wrong.status_code == 422 and 'value="46,41"' in wrong.content.decode()
    assert not Flat.objects.exists()
    assert browser.post(address, FORM | {"stair": str(stair.pk)}).status_code == 302
    double = browser.post(address, FORM | {"stair": str(stair.pk)})
    assert double.status_code == 422 and "on jo tämä huoneisto" in double.content.decode()
    text = browser.get("/kohteet/huoneistot/").content.decode()
    assert "Koulukatu 5 A 7" in text and "2h+kk" in text and "45,5" in text and "Vapaa" in text
    site_page = browser.get(f"/kohteet/{site.pk}/").content.decode()
    assert "Koulukatu 5 A 7" in site_page and "Porras A" in site_page


def test_the_list_narrows_and_an_odd_address_shows_all(signed_in: SignedIn, stair: Stair) -> None:
    small, large = make_flat(stair, 1, rooms=1), make_flat(stair, 2, rooms=5)
    let(small, TODAY - DAY, TODAY + DAY)
    with system_access():
        services.record_vacancy(large, OutReason.DAMAGE, valid_from=TODAY, valid_to=None)
    browser = signed_in("VAL")
    for query, shown in (
        ("", {small, large}), ("?rajaus=vapautuvat", {small}), ("?rajaus=poissa", {large}),
        ("?rajaus=vapaat", set()), ("?huoneita=4", {large}), ("?syy=damage", {large}),
        ("?rajaus=outo&huoneita=x&sivu=x&jarjestys=-ala", {small, large}),
    ):  # fmt: skip
        text = browser.get(f"/kohteet/huoneistot/{query}").content.decode()
        for flat in (small, large):
            assert (f"/kohteet/huoneistot/{flat.pk}/" in text) is (flat in shown), query


def test_who_has_a_key_is_told_to_those_who_see_leases(
    signed_in: SignedIn, key: Key, person: Person
) -> None:
    browser = signed_in("SOP")
    page = f"/kohteet/huoneistot/{key.flat_id}/"
    unknown = browser.post(f"{page}avain/{key.pk}/luovuta/", {"q": "9999999", "given_on": "+0"})
    assert "Ei osumia" in unknown.content.decode()
    given = browser.post(
        f"{page}avain/{key.pk}/luovuta/",
        {"q": str(person.customer_number), "given_on": f"{TODAY:%d.%m.%Y}"},
    )
    assert given["Location"] == page
    assert "Lehtovaara" in browser.get(page).content.decode()
    assert person.pk in events()[-1].subjects
    for role in ("VAL", "HUO"):
        text = signed_in(role).get(page).content.decode()
        assert key.serial in text and "Lehtovaara" not in text
        assert not events()[-1].subjects, "nobody's data was read"


def test_a_key_does_not_tell_where_a_protected_person_lives(
    signed_in: SignedIn, key: Key, person: Person
) -> None:
    with system_access():
        services.give_key(key, person, on=TODAY, today=TODAY)
        ban(person)
    text = signed_in("SOP").get(f"/kohteet/huoneistot/{key.flat_id}/").content.decode()
    assert "Lehtovaara" not in text and person.public_id not in text
    assert "Turvakielto" in text


def test_who_may_not_know_of_a_ban_sees_no_holder_of_a_key(
    signed_in: SignedIn, key: Key, person: Person
) -> None:
    """A key without a name would tell where somebody lives under turvakielto."""
    page = f"/kohteet/huoneistot/{key.flat_id}/"
    with system_access():
        services.give_key(key, person, on=TODAY, today=TODAY)
        ban(person)
    for role in ("TAL", "PER", "JOH", "HUO"):
        text = signed_in(role).get(page).content.decode()
        assert key.serial in text
        assert "Turvakielto" not in text and "Kenellä" not in text, role


def test_a_flat_does_not_tell_that_a_protected_person_lives_there(
    signed_in: SignedIn, stair: Stair
) -> None:
    """The page is that of any home let until further notice; what follows is not told either."""
    plain, hidden = make_flat(stair, 1), make_flat(stair, 2)
    let(plain, TODAY - DAY)
    let(hidden, TODAY - DAY, TODAY + DAY, hidden=True)
    let(hidden, TODAY + 2 * DAY)
    for role in ("HUO", "VAL", "SOP"):
        browser = signed_in(role)
        one, other = (
            browser.get(f"/kohteet/huoneistot/{flat.pk}/").content.decode()
            for flat in (plain, hidden)
        )
        for text in (one, other):
            assert f"<li>{formatting.date(TODAY - DAY)}–</li>" in text, role
        assert one.count("<rect x=") == other.count("<rect x=")
        told = role == "SOP"  # keeps leases, and may know of a turvakielto
        assert (formatting.date(TODAY + 2 * DAY) in other) is told and "salataan" not in other


def test_DP_A20_the_list_of_flats_does_not_tell_when_a_protected_home_becomes_free(
    signed_in: SignedIn, stair: Stair
) -> None:
    """Both are let until tomorrow; only the plain one is told to become free, in no filter the
    other, which looks like a home let until further notice."""
    plain, hidden = make_flat(stair, 1), make_flat(stair, 2)
    let(plain, TODAY - DAY, TODAY + DAY)
    let(hidden, TODAY - DAY, TODAY + DAY, hidden=True)
    for role in ("HUO", "VAL", "SOP"):
        browser = signed_in(role)
        freeing = browser.get("/kohteet/huoneistot/?rajaus=vapautuvat").content.decode()
        assert f"/kohteet/huoneistot/{plain.pk}/" in freeing, role
        assert f"/kohteet/huoneistot/{hidden.pk}/" not in freeing, role
        everything = browser.get("/kohteet/huoneistot/").content.decode()
        assert f"/kohteet/huoneistot/{hidden.pk}/" in everything, role
        assert everything.count(formatting.date(TODAY + 2 * DAY)) == 1, role


def test_flats_are_found_by_half_an_address(signed_in: SignedIn, flat: Flat) -> None:
    browser = signed_in("HUO")
    for typed in ("koulu", "koulukatu 5", "koulu 5a 2"):
        text = browser.post("/haku/", {"q": typed}).content.decode()
        assert f"/kohteet/huoneistot/{flat.pk}/" in text, typed
    for typed in ("koulu 5b", "koulu 5a 3", "ylätie"):
        assert (
            f"/kohteet/huoneistot/{flat.pk}/"
            not in browser.post("/haku/", {"q": typed}).content.decode()
        ), typed


def test_the_list_costs_the_same_for_many(signed_in: SignedIn, stair: Stair) -> None:
    browser = signed_in("VAL")
    make_flat(stair, 1)
    browser.get("/kohteet/huoneistot/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/kohteet/huoneistot/")
    for number in range(2, 40):
        let(make_flat(stair, number), TODAY)
    with CaptureQueriesContext(connection) as many:
        browser.get("/kohteet/huoneistot/")
    assert len(many) == len(few)


@pytest.mark.parametrize("role", ["MAR", "TAR", "PAA"])
def test_whoever_has_no_task_with_homes_does_not_see_them(
    signed_in: SignedIn, flat: Flat, role: str
) -> None:
    assert signed_in(role).get(f"/kohteet/huoneistot/{flat.pk}/").status_code == 403
