"""Homes and leases of the demo company, as the addresses of their pages need them."""

from __future__ import annotations

import io
import re

from PIL import Image

from tests.journeys.conftest import Visitor

KOHTEET, SOPIMUKSET, VAKUUDET = "/kohteet/", "/sopimukset/", "/vakuudet/"
TARKASTUKSET = "/tarkastukset/"
OVET = "/ovet/"
HOME = rf"{KOHTEET}huoneistot/(\d+)/"


def stock_of(visitor: Visitor, number: str) -> dict[str, str]:
    """A site with its parts, a flat with meters whose key the person of the number gets, and leases
    of every stage."""
    first, *_rest, last = _all(visitor, KOHTEET, rf"{KOHTEET}(\d+)/")
    with_meters = _one(visitor, f"{KOHTEET}{last}/", HOME)
    page, home = visitor.page, f"{KOHTEET}huoneistot/{with_meters}/"
    held, free = _all(visitor, home, r"/avain/(\d+)/luovuta/")[:2]
    visitor.open(f"{home}avain/{held}/luovuta/")
    page.locator("main [name=q]").fill(number)
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_text("Luovutus on kirjattu.").first.wait_for()
    return {
        "site": first,
        "building": _one(visitor, f"{KOHTEET}{first}/", rf"{KOHTEET}rakennukset/(\d+)/"),
        "stair": _one(visitor, f"{KOHTEET}{first}/", rf"{KOHTEET}portaat/(\d+)/"),
        "place": _one(visitor, f"{KOHTEET}{first}/", rf"{KOHTEET}paikat/(\d+)/"),
        "flat": with_meters,
        "read_flat": with_meters,
        "held_key": held,
        "free_key": free,
        "regime": _one(visitor, home, r"/rahoitus/(\d+)/"),
        "meter": _one(visitor, home, r"/mittari/(\d+)/"),
        "free_flat": _one(visitor, f"{KOHTEET}huoneistot/?rajaus=vapaat", HOME),
        **_leases(visitor, number),
        **deposits_of(visitor),
    }


def deposits_of(visitor: Visitor) -> dict[str, str]:
    """The demo company's deposits that go back: one with a changed account and a commitment, one
    whose settlement was prepared, and for whoever pays one that was approved."""
    shapes = {
        "account": r"/tili/(\d+)/vahvista/", "commitment": r"/sitoumus/(\d+)/saatu/",
        "payout": r"/palautus/(\d+)/",
    }  # fmt: skip
    found: dict[str, str] = {}
    for deposit in _all(visitor, f"{VAKUUDET}?rajaus=palautettavat", rf"{VAKUUDET}(\d+)/"):
        visitor.open(f"{VAKUUDET}{deposit}/")
        source = visitor.page.content()
        for name, shape in shapes.items():
            if match := re.search(shape, source):
                found[name] = match[1]
                found["closed" if name == "payout" else "deposit"] = deposit
        if "/selvitys/ilmoitus/" in source:
            found.setdefault("closed", deposit)
    return found


def _leases(visitor: Visitor, number: str) -> dict[str, str]:
    """A draft, one to be signed, and one in force with a resident, a served warning and a notice
    not served."""
    page, one = visitor.page, rf"{SOPIMUKSET}(\d+)/"
    lease = _one(visitor, f"{SOPIMUKSET}?rajaus=voimassa", one)
    unsigned = _one(visitor, f"{SOPIMUKSET}?rajaus=odottaa", one)
    for part, name, value in (
        ("osapuoli", "role", "occupant"),
        ("ilmoitus", "document", "warning"),
        ("ilmoitus", "document", "tenant_notice"),
    ):
        visitor.open(f"{SOPIMUKSET}{lease}/{part}/")
        page.locator(f"main select[name={name}]").select_option(value)
        if part == "osapuoli":
            page.locator("main [name=q]").fill(number)
        page.get_by_role("button", name="Tallenna").click()
        page.wait_for_url(f"**{SOPIMUKSET}{lease}/")
        if value == "warning":
            page.get_by_role("link", name="Merkitse tiedoksi annetuksi").click()
            page.locator("main select[name=method]").select_option("receipt")
            page.get_by_role("button", name="Tallenna").click()
            page.wait_for_url(f"**{SOPIMUKSET}{lease}/")
    visitor.open(f"{SOPIMUKSET}{lease}/vaihdos/lupa/")
    page.locator("main [name=q]").fill(number)
    page.locator("main select[name=relation]").select_option("other")
    page.locator("main [name=told_on]").fill("1.10.2026")
    page.get_by_role("button", name="Tallenna").click()
    page.wait_for_url(f"**{SOPIMUKSET}{lease}/")
    return {
        "asked_transfer": _one(visitor, f"{SOPIMUKSET}{lease}/", r"/vaihdos/(\d+)/vastaus/"),
        "draft": _one(visitor, f"{SOPIMUKSET}?rajaus=luonnos", one),
        "unsigned": unsigned,
        "unsigned_party": _one(
            visitor, f"{SOPIMUKSET}{unsigned}/", r"/osapuoli/(\d+)/allekirjoitus/"
        ),
        "lease": lease,
        "lease_party": _one(visitor, f"{SOPIMUKSET}{lease}/", r"/osapuoli/(\d+)/paattyi/"),
        **_inspection(visitor, lease),
        **_door(visitor, lease),
        "served_warning": _one(visitor, f"{SOPIMUKSET}{lease}/", r"/ilmoitus/(\d+)/oikaistu/"),
        "unserved": _one(visitor, f"{SOPIMUKSET}{lease}/", r"/ilmoitus/(\d+)/tiedoksi/"),
    }


def _inspection(visitor: Visitor, lease: str) -> dict[str, str]:
    """An inspection of the lease with a remark and a picture, and a reading of a meter."""
    page = visitor.page
    visitor.open(f"{TARKASTUKSET}uusi/{lease}/")
    page.locator("main select[name=kind]").select_option("between")
    page.locator("main [name=day]").fill("+3")
    page.locator("main [name=at]").fill("9.30")
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_text("Tarkastus on sovittu.").first.wait_for()
    found = re.search(rf"{TARKASTUKSET}(\d+)/", page.url)
    assert found, page.url
    inspection = found[1]
    one = f"{TARKASTUKSET}{inspection}/"
    room = _one(visitor, one, r"/tila/(\d+)/huomautus/")
    visitor.open(f"{one}tila/{room}/huomautus/")
    page.locator("main [name=part]").fill("Lattia")
    page.locator("main select[name=condition]").select_option("worn")
    page.locator("main select[name=cause]").select_option("wear")
    page.locator("main [name=photo]").set_input_files(
        {"name": "kuva.jpg", "mimeType": "image/jpeg", "buffer": _picture()}
    )
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_text("Huomautus on kirjattu.").first.wait_for()
    return {
        "inspection": inspection,
        "room": room,
        "remark": _one(visitor, one, r"/huomautus/(\d+)/kuva/"),
        "photo": _one(visitor, one, r"/kuva/([0-9a-f-]{36})/"),
    }


def _door(visitor: Visitor, lease: str) -> dict[str, str]:
    """An answer at the door of the lease's flat that allows an opening; one that waits for its
    outcome, and one that was reported."""
    page = visitor.page
    flat = _one(visitor, f"{SOPIMUKSET}{lease}/", r"/huoneistot/(\d+)/")
    visitor.open(f"{SOPIMUKSET}{lease}/")
    with page.expect_navigation():
        page.locator("tbody th a.name").first.click()
    number = re.search(r"\d{5,9}", page.locator(".facts").inner_text())
    assert number is not None
    visitor.open(f"{OVET}?huoneisto={flat}")
    page.locator("main [name=number]").fill(number[0])
    page.locator("main select[name=method]").select_option("document")
    with page.expect_navigation():
        page.get_by_role("button", name="Kysy", exact=True).click()
    question = re.search(r"/kysymys/(\d+)/avaus/", page.content())
    assert question, page.url
    return {
        "question": question[1],
        "opening": _one(visitor, f"{OVET}avaukset/?rajaus=kesken", r"/avaukset/(\d+)/"),
        "opened": _one(visitor, f"{OVET}avaukset/?rajaus=avattu", r"/avaukset/(\d+)/"),
    }


def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30)).save(drawn, "JPEG")
    return drawn.getvalue()


def _all(visitor: Visitor, path: str, pattern: str) -> list[str]:
    """What the pattern finds on a page, each once, in its order."""
    visitor.open(path)
    found = list(dict.fromkeys(re.findall(pattern, visitor.page.content())))
    assert found, path
    return found


def _one(visitor: Visitor, path: str, pattern: str) -> str:
    return _all(visitor, path, pattern)[0]
