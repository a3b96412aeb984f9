"""Every page under axe (WCAG 2.2 A and AA), as a role that it opens to, forms with errors too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.applying import (
    applications_of,
    check_of,
    complaint_of,
    orders_of,
    selections_of,
)
from tests.journeys.conftest import Meet, Visitor
from tests.journeys.stock import deposits_of, stock_of
from tests.journeys.test_accounts import make_account
from tests.journeys.test_consents import consent_by_form
from tests.journeys.test_imports import csv_file, upload
from tests.journeys.test_protection import protected_card
from tests.walk.fixtures import PAGES
from tests.walk.routes import Route, routes
from tests.walk.world import filled
from vuokra.access.context import Actor
from vuokra.policy.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.full]

USERS: dict[str, Role | None] = {
    "": None, "sop": Role.SOP, "rek": Role.REK, "paa": Role.PAA, "tal": Role.TAL, "hak": Role.HAK,
    "val": Role.VAL,
}  # fmt: skip
"""Each page is looked at as the first of these that it opens to; "" is nobody."""

NOT_PAGES = frozenset(
    {"healthz", "readyz", "admin:jsi18n", "persons:import_template", "persons:import_report",
     "consents:import_template", "homes:import_template", "leases:import_template",
     "applications:import_template",
     "documents:download", "inspections:photo", "applications:paper_file",
     "applications:paper_picture",
     "rights:download", "rights:preview",
     "description:notice_pdf", "description:record_pdf"}
)  # fmt: skip
ALSO = {
    "": ["/ei-ole/", "/kirjaudu/aktivointi/ei-ole/", "/ui/"],
    "sop": ["/hallinta/", "/henkilot/eioleketaan/", "/henkilot/?alku=Z&puuttuu=puhelin", "/ohje/"],
    "rek": [
        "/kayttoloki/?rajaus=denied",
        "/henkilot/haku/",
        "/luovutukset/viennit/1/",
        "/luovutukset/?poikkeama=on",
        "/luovutukset/viranomaiset/?tila=valmiit",
    ],
    "paa": ["/henkilot/", "/hallinta/vuokra_accounts/rolegrant/?tila=tarkista", "/ohje/"],
}
"""Error pages, empty states, and pages that look different to a role."""

DJANGOS_OWN = {
    "empty-table-header": "the column of an inline row's own name has no heading in Django's "
    "admin/edit_inline/tabular.html",
}
"""Rule of axe → why it is left so on pages of Django's admin: markup that is Django's own."""


def opens_to(route: Route) -> str | None:
    """The first user that a GET of the page opens to, or None when it is no page."""
    spec, page = route.spec, PAGES[route.key]
    if spec is None or route.key in NOT_PAGES:
        return None
    if not any(visit.data is None and visit.status == 200 for visit in page.visits):
        return None
    for username, role in USERS.items():
        if spec.public or (role and spec.allows(Actor(key="user:1", roles=frozenset({role})))):
            return username
    return None


def words_of(visitor: Visitor, username: str) -> dict[str, str]:
    """What fills the addresses of the pages, as this user finds it."""
    page = visitor.page
    if username == "paa":
        return {
            "user": first(page, visitor, "/hallinta/vuokra_accounts/user/", r"/user/(\d+)/change/"),
            "grant": first(
                page, visitor, "/hallinta/vuokra_accounts/rolegrant/", r"/rolegrant/(\d+)/change/"
            ),
            "company": first(
                page, visitor, "/hallinta/vuokra_company/company/", r"/company/(\d+)/change/"
            ),
            "notice": first(
                page, visitor, "/hallinta/vuokra_company/noticeversion/",
                r"/noticeversion/(\d+)/change/",
            ),
            "consent_text": first(
                page, visitor, "/hallinta/registry_consents/consenttext/",
                r"/consenttext/(\d+)/change/",
            ),
            "holiday": first(
                page, visitor, "/hallinta/vuokra_rules/holiday/", r"/holiday/(\d+)/change/"
            ),
            "template_version": first(
                page, visitor, "/hallinta/vuokra_documents/templateversion/",
                r"/templateversion/(\d+)/change/",
            ),
            "house_rules": first(
                page, visitor, "/hallinta/leases_contracts/houserules/",
                r"/houserules/(\d+)/change/",
            ),
            "wealth_table": first(
                page, visitor, "/hallinta/applications_selection/wealthtable/",
                r"/wealthtable/(\d+)/change/",
            ),
            "permit": first(
                page, visitor, "/hallinta/applications_selection/exemptionpermit/",
                r"/exemptionpermit/(\d+)/change/",
            ),
        }  # fmt: skip
    if username in ("hak", "val"):
        return applications_of(visitor) | selections_of(visitor) | complaint_of(visitor)
    if username == "tal":
        return deposits_of(visitor)
    if username in ("sop", "rek"):
        card = visitor.open_card()
        source = page.content()
        number = re.search(r"\d{5,9}", page.locator(".facts").inner_text())
        assert number is not None
        found = {"public_id": card.strip("/").split("/")[-1]}
        for name, part in (("contact_point", "yhteystiedot"), ("home", "osoitteet")):
            if match := re.search(rf"{part}/(\d+)/", source):
                found[name] = match[1]
        found |= tie_of(visitor, card) if username == "sop" else mark_of(visitor, card)
        if username == "sop":
            found |= import_of(visitor) | duplicates_of(visitor) | household_of(visitor, card)
            found |= papers_of(visitor, found["public_id"]) | letter_of(visitor, card)
            found |= consents_of(visitor, found["public_id"]) | stock_of(visitor, number[0])
            found |= orders_of(visitor) | check_of(visitor)
        if username == "rek":
            found |= copy_of(visitor) | disclosures_of(visitor) | requests_of(visitor)
            found |= watched_of(visitor)
        return {"export": "1"} | found | ban_of(visitor)
    return {}


def tie_of(visitor: Visitor, card: str) -> dict[str, str]:
    """A tie of somebody who decides on nothing of the person in another journey; one's own cannot
    be ended."""
    page = visitor.page
    visitor.open(f"{card}sidonnaisuus/")
    page.locator("select[name=staff]").select_option(label="Huugo Huopalainen")
    page.get_by_label("Esteellinen päättämään").check()
    page.get_by_role("button", name="Tallenna").click()
    page.wait_for_url("**/sidonnaisuudet/")
    return {"tie": re.findall(r"sidonnaisuudet/(\d+)/", page.content())[-1]}


def mark_of(visitor: Visitor, card: str) -> dict[str, str]:
    """A mark on the person, so that the card is seen with its badges too."""
    page = visitor.page
    visitor.open(f"{card}merkinta/")
    page.locator("select[name=ground]").select_option("dispute")
    page.get_by_role("button", name="Tallenna").click()
    page.wait_for_url(f"**{card}")
    return {"mark": re.findall(r"merkinta/(\d+)/", page.content())[-1]}


def household_of(visitor: Visitor, card: str) -> dict[str, str]:
    """Somebody who lives with the person, a trustee and a payer."""
    page = visitor.page
    visitor.open(f"{card}ruokakunta/uusi/")
    for name, value in (
        ("surname", "Uusikivi"), ("given_names", "Uuno"), ("birth_date", "1.2.1990"),
        ("valid_from", "1.10.2026"),
    ):  # fmt: skip
        page.locator(f"main [name={name}]").fill(value)
    page.get_by_role("button", name="Lisää ruokakuntaan").click()
    page.get_by_text("Uusikivi").first.wait_for()
    visitor.open(f"{card}ruokakunta/")
    found = {"membership": re.findall(r"ruokakunta/(\d+)/", page.content())[-1]}
    for word, part in (("trusteeship", "edunvalvonta"), ("payer", "maksajat")):
        visitor.open(f"{card}{part}/uusi/")
        for field in page.locator("main input[type=text], main textarea").all():
            if field.get_attribute("name") in ("organisation", "decision", "extent"):
                field.fill("Hillakosken toimisto")
        page.get_by_role("button", name="Lisää", exact=True).click()
        page.wait_for_url(f"**{card}")
        found[word] = re.findall(rf"{part}/(\d+)/", page.content())[-1]
    return found


def papers_of(visitor: Visitor, public_id: str) -> dict[str, str]:
    """Papers of the person in a box of the demo company."""
    page = visitor.page
    store = first(page, visitor, "/arkisto/paikat/", r"/arkisto/paikat/(\d+)/")
    visitor.open(f"/arkisto/{public_id}/uusi/")
    page.locator("select[name=kind]").select_option("lease")
    page.locator("select[name=store]").select_option(store)
    page.locator("input[name=covers_from]").fill("1.3.2015")
    page.get_by_role("button", name="Tallenna").click()
    page.wait_for_url(f"**/arkisto/{public_id}/")
    match = re.search(rf"/arkisto/{public_id}/(\d+)/", page.content())
    assert match is not None
    return {"store": store, "paper": match[1], "destroyed": match[1]}


def requests_of(visitor: Visitor) -> dict[str, str]:
    """The demo company's requests: one whose sender is asked who he is, and a rectification."""
    room = "/tietopyynnot/"
    working, asked = (
        first(visitor.page, visitor, room, rf"{room}(tp-\d+-000{number})/") for number in (2, 3)
    )
    correction = first(visitor.page, visitor, f"{room}{working}/", r"/oikaisu/([0-9a-f-]{36})/")
    return {"working": working, "asked": asked, "correction": correction}


def watched_of(visitor: Visitor) -> dict[str, str]:
    """What the demo company's log shows to those who watch it, and a break-glass."""
    parts = {
        "alert": ("", "halytys"), "suspicion": ("epailyt/", "epailyt"),
        "sample": ("otannat/", "otannat"), "listed": ("seurattavat/", "seurattavat"),
        "glass": ("hatakatselut/", "hatakatselut"),
    }  # fmt: skip
    return {
        name: first(visitor.page, visitor, f"/valvonta/{page}", rf"/valvonta/{part}/(\d+)/")
        for name, (page, part) in parts.items()
    }


def disclosures_of(visitor: Visitor) -> dict[str, str]:
    """What the demo company has given, to whom, and who asked."""
    page, room = visitor.page, "/luovutukset/"
    found = {
        name: first(page, visitor, f"{room}{part}", rf"{room}{part}(\d+)/")
        for name, part in (
            ("disclosure", ""), ("recipient", "vastaanottajat/"), ("export", "viennit/"),
            ("request", "viranomaiset/"),
        )
    }  # fmt: skip
    basis = first(
        page, visitor, f"{room}vastaanottajat/{found['recipient']}/", rf"{room}perusteet/(\d+)/"
    )
    return found | {"basis": basis, "telling": "1"}


def consents_of(visitor: Visitor, public_id: str) -> dict[str, str]:
    """A consent of the person, and an objection to everything beside it."""
    page, tab = visitor.page, f"/suostumukset/{public_id}/"
    consent_by_form(visitor, tab)
    visitor.open(tab)
    page.get_by_role("button", name="Kiellä, Suoramarkkinointi, Posti").click()
    page.get_by_text("Kielto on voimassa.").first.wait_for()
    return {"consent": re.findall(rf"{tab}kirjaus/(\d+)/", page.content())[-1]}


def letter_of(visitor: Visitor, card: str) -> dict[str, str]:
    """A letter to the person, made by the worker."""
    page = visitor.page
    visitor.open(f"{card}asiakirjat/")
    page.get_by_role("button", name="Tee tarkistuskirje").click()
    page.get_by_text("SHA-256").wait_for()
    return {"document": page.url.strip("/").split("/")[-1]}


def copy_of(visitor: Visitor) -> dict[str, str]:
    """The demo company's copy, once the worker has collected it."""
    copy = first(visitor.page, visitor, "/tietopyynnot/kopio/", r"/kopio/([0-9a-f-]{36})/")
    visitor.open(f"/tietopyynnot/kopio/{copy}/")
    visitor.page.get_by_role("heading", name="Tietojen osat").wait_for()
    return {"copy": copy}


def duplicates_of(visitor: Visitor) -> dict[str, str]:
    """The demo company's pair of likely duplicates, and a merge of it that was undone again."""
    page = visitor.page
    pair = first(page, visitor, "/henkilot/kaksoiskappaleet/", r"kaksoiskappaleet/(\d+)/")
    visitor.open(f"/henkilot/kaksoiskappaleet/{pair}/")
    page.locator("form.stack").get_by_label("Perustelu").fill("Sama henkilö kahdesti.")
    page.get_by_role("button", name="Yhdistä tietueet").click()
    page.get_by_role("link", name=re.compile("^Kumoa")).click()
    merge = page.url.strip("/").split("/")[-1]
    page.get_by_label("Perustelu").fill("Kokeiltiin yhdistämistä.")
    page.get_by_role("button", name="Kumoa yhdistäminen").click()
    page.get_by_text("Yhdistäminen on kumottu.").wait_for()
    return {"pair": pair, "merge": merge}


def ban_of(visitor: Visitor) -> dict[str, str]:
    """Somebody under turvakielto and one of the details that the ban hides."""
    card = protected_card(visitor)
    visitor.open(card)
    match = re.search(r"/tieto/([0-9a-f-]{36})/", visitor.page.content())
    assert match is not None, card
    return {"protected_id": card.strip("/").split("/")[-1], "detail": match[1]}


def import_of(visitor: Visitor) -> dict[str, str]:
    """A file in the queue; the journey of imports looks at the report."""
    upload(visitor, csv_file([]))
    visitor.page.wait_for_url(re.compile(r"/tuonti/\d+/"))
    return {"import_run": visitor.page.url.strip("/").split("/")[-1]}


def first(page: Page, visitor: Visitor, path: str, pattern: str) -> str:
    visitor.open(path)
    match = re.search(pattern, page.content())
    assert match is not None, path
    return match[1]


def paths_for(username: str, words: dict[str, str]) -> Iterator[str]:
    for route in routes():
        if opens_to(route) == username:
            page = PAGES[route.key]
            yield page.path or reverse(route.key, kwargs=filled(page.kwargs, words))
    yield from ALSO.get(username, [])


def violations(visitor: Visitor) -> list[str]:
    """What axe finds on the page, with the elements. Its own inline styles are no complaint."""
    before = list(visitor.complaints)
    found = Axe().run(visitor.page).response["violations"]
    visitor.complaints[:] = before
    mine = "/hallinta/" not in visitor.page.url
    return [
        f"{rule['id']}: {rule['help']} – " + " | ".join(node["html"] for node in rule["nodes"][:3])
        for rule in found
        if mine or rule["id"] not in DJANGOS_OWN
    ]


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize("username", USERS, ids=lambda name: name or "nobody")
def test_no_page_has_violations(meet: Meet, username: str) -> None:
    visitor, words = meet(), {}
    if username:
        visitor.sign_in(username)
        words = words_of(visitor, username)
    else:
        main_user = meet()
        link = make_account(main_user.sign_in("paa"), main_user, "lukija", "Liisa Lukija")
        words = {"token": link.rstrip("/").split("/")[-1]}
    problems, seen = [], 0
    for path in paths_for(username, words):
        visitor.open(path)
        seen += 1
        landed = urlsplit(visitor.page.url).path
        problems += [f"{path} → {landed}: {text}" for text in violations(visitor)]
    assert seen > 0
    assert not problems, "\n" + "\n".join(problems)


def test_forms_with_errors(visitor: Visitor) -> None:
    page = visitor.sign_in("hak")
    card = visitor.open_card()
    problems = []
    for path in (f"{card}muokkaa/", f"{card}yhteystiedot/", f"{card}osoitteet/", "/henkilot/uusi/"):
        visitor.open(path)
        for field in page.locator("main input[type=text]").all():
            field.fill("")
        page.locator("main .form-buttons button").first.click()
        page.locator(".error-summary").first.wait_for()
        problems += [f"{path}: {text}" for text in violations(visitor)]
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.usefixtures("at_work")
def test_report_of_an_import(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    problems = []
    for rows, button in (
        ([["Koe", "Kaisa", "010594Y9033", "", "", ""]], "Lataa raportti"),
        ([["Koe", "Kaisa", "010501e9032", "keinotunnus", "", ""]], "Hylkää tiedosto"),
    ):
        upload(visitor, csv_file(rows))
        page.get_by_text(button).first.wait_for(timeout=60_000)
        problems += violations(visitor)
    assert not problems, "\n" + "\n".join(problems)
