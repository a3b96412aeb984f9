"""What fills the addresses of applications and selections, as the demo company has them."""

from __future__ import annotations

import re

from tests.journeys.conftest import Visitor


def applications_of(visitor: Visitor) -> dict[str, str]:
    """An application that waits to be looked at, with its household, grounds, income and papers, as
    far as they may be changed."""
    visitor.open("/hakemukset/")
    if not visitor.page.get_by_role("link", name="Uusi hakemus").count():
        return {"application": re.findall(r"H-\d{4}-\d{4,6}", visitor.page.content())[0]}
    for view in ("uudet", "voimassa"):
        visitor.open(f"/hakemukset/?rajaus={view}")
        for number in dict.fromkeys(re.findall(r"H-\d{4}-\d{4,6}", visitor.page.content())):
            if found := _words(visitor, number):
                return found
    raise AssertionError("no application has all that its pages need")


def _words(visitor: Visitor, number: str) -> dict[str, str] | None:
    visitor.open(f"/hakemukset/{number}/")
    source, page = visitor.page.content(), f"/hakemukset/{number}/"
    found = {"application": number}
    for name, pattern in (
        ("application_member", r"henkilo/(\d+)/"), ("need_ground", r"peruste/(\d+)/"),
        ("told_income", r"tulo/(\d+)/"), ("paper_asked", r"liite/([0-9a-f-]{36})/saapui"),
    ):  # fmt: skip
        match = re.search(page + pattern, source)
        if match is None:
            return None
        found[name] = match[1]
    return found


def selections_of(visitor: Visitor) -> dict[str, str]:
    """A selection with applicants, a flat without one, and a decision whose flat is offered."""
    page = visitor.page
    visitor.open("/valinta/?rajaus=ilman")
    flats = re.findall(r"/valinta/avaa/(\d+)/", page.content())
    visitor.open("/valinta/?rajaus=tarjotut")
    decided = re.findall(r"/valinta/(\d+)/", page.content())[0]
    visitor.open(f"/valinta/{decided}/")
    match = re.search(r"/paatos/([0-9a-f-]{36})/", page.content())
    assert match is not None
    visitor.open("/valinta/")
    chosen = re.findall(r"/valinta/(\d+)/", page.content())[0]
    return {
        "round": chosen, "round_flat": flats[0] if flats else "", "decided_round": decided,
        "decision": match[1],
    }  # fmt: skip


def orders_of(visitor: Visitor) -> dict[str, str]:
    """A lease that is to be drawn up."""
    visitor.open("/?laji=sopimustilaus")
    found = re.findall(r"/sopimustilaukset/([0-9a-f-]{36})/", visitor.page.content())
    return {"order": found[0]}


def check_of(visitor: Visitor) -> dict[str, str]:
    """A credit check that this user may weigh."""
    visitor.open("/?laji=luottotiedot")
    checks = re.findall(r"/luottotiedot/([0-9a-f-]{36})/arvio/", visitor.page.content())
    return {"credit_check": checks[0]}


def complaint_of(visitor: Visitor) -> dict[str, str]:
    """A complaint, and the name of a paper for the supervisor."""
    visitor.open("/valinnan-valvonta/kantelut/")
    found = re.findall(r"/kantelut/([0-9a-f-]{36})/", visitor.page.content())
    return {"complaint": found[0]}
