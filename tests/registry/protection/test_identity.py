"""Who one is, once more: before class D is opened, data are taken out or a turvakielto ended."""

from __future__ import annotations

import pytest
from django.test import Client

from registry.persons.models import Person
from tests.people import PASSWORD, identified, make_user, sign_in
from tests.registry.protection.conftest import STREET
from tests.registry.protection.test_pages import WHY, reveal_url
from tests.walk.routes import routes
from vuokra.accounts.identity import demands_identity
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

QUARTER = 15 * 60
HTMX = {"HX-Request": "true"}


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP, Role.REK, username="sari")


@pytest.fixture
def browser(clerk: User) -> Client:
    """The clerk's browser, a quarter of an hour after the password was given in it."""
    client = sign_in(Client(), clerk)
    identified(client, clerk, ago=QUARTER + 1)
    return client


def test_DP_A53_a_class_d_value_opens_once_the_password_was_given(
    browser: Client, protected: Person
) -> None:
    card, url = f"/henkilot/{protected.public_id}/", reveal_url(protected, "home")
    came = {"Referer": f"http://testserver{card}"}
    asked = browser.post(url, WHY, headers=came)
    assert asked.status_code == 302 and STREET not in asked.content.decode()
    assert "palaat samalle sivulle" in browser.get(asked["Location"]).content.decode()
    assert browser.post(asked["Location"], {"password": "väärä"}).status_code == 200
    answer = browser.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == card
    assert STREET in browser.post(url, WHY).content.decode()


def test_a_fragment_leads_the_whole_page_to_the_question(
    browser: Client, protected: Person
) -> None:
    card = f"/henkilot/{protected.public_id}/"
    headers = HTMX | {"HX-Current-URL": f"http://testserver{card}"}
    asked = browser.post(reveal_url(protected, "home"), WHY, headers=headers)
    assert asked.status_code == 204
    assert asked["HX-Redirect"].endswith(f"?next={card.replace('/', '%2F')}")


@pytest.mark.parametrize("referer", ["", "http://muualla.example.fi/henkilot/"])
def test_nobody_is_led_to_another_house(browser: Client, protected: Person, referer: str) -> None:
    asked = browser.post(reveal_url(protected, "home"), WHY, headers={"Referer": referer})
    assert asked["Location"] == "/kirjaudu/uudelleen/?next=%2F"


def test_it_is_asked_once_in_a_quarter_of_an_hour(
    browser: Client, clerk: User, protected: Person
) -> None:
    identified(browser, clerk, ago=QUARTER - 60)
    for kind in ("home", "phone", "email"):
        assert browser.post(reveal_url(protected, kind), WHY).status_code == 200
    assert browser.post("/henkilot/vienti/").status_code == 200, "the file, not a question"


@pytest.mark.parametrize(
    "address", ["/henkilot/vienti/", "/henkilot/valitut/", "/kayttoloki/vienti/"]
)
def test_DP_13_1_nothing_is_taken_out_over_an_open_session(browser: Client, address: str) -> None:
    asked = browser.post(address, {"toimi": "vienti", "kaikki": "1"})
    assert asked.status_code == 302 and asked["Location"].startswith("/kirjaudu/uudelleen/")


def test_an_identity_code_is_one_click(browser: Client, person: Person) -> None:
    """Class C: ui 15 asks for one click, and for no password."""
    assert browser.post(f"/henkilot/{person.public_id}/hetu/").status_code == 200


def test_who_lacks_the_right_is_not_asked(person: Person) -> None:
    user = make_user(Role.TAL, username="talous")
    client = sign_in(Client(), user)
    identified(client, user, ago=QUARTER + 1)
    assert client.post("/henkilot/vienti/").status_code == 403


def test_which_pages_demand_it() -> None:
    """Whoever adds a page that opens class D or takes data out meets this list."""
    demanding = {
        route.key for route in routes() if route.spec is not None and demands_identity(route.spec)
    }
    assert demanding >= {
        "protection:reveal", "protection:propose", "protection:approve", "persons:export",
        "persons:chosen", "log:export", "households:reveal_trusteeship",
    }  # fmt: skip
    assert not demanding & {"persons:reveal_hetu", "persons:card", "persons:list"}
