"""Statements per page: exact, and the same for one person as for many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.persons import demo
from registry.persons.models import Person
from tests.people import system_access
from tests.registry.persons.conftest import SignedIn

Visit = Callable[[Any, Person], Any]
PAGES: dict[str, tuple[str, Visit]] = {
    "list": ("SOP", lambda client, person: client.get("/henkilot/")),
    "search": ("SOP", lambda client, person: client.post("/henkilot/haku/", {"q": "lehtovaara"})),
    "card": ("SOP", lambda client, person: client.get(f"/henkilot/{person.public_id}/")),
    "reveal": ("SOP", lambda client, person: client.post(f"/henkilot/{person.public_id}/hetu/")),
    "log": ("REK", lambda client, person: client.get("/kayttoloki/")),
    "person log": (
        "REK", lambda client, person: client.get(f"/kayttoloki/henkilo/{person.public_id}/")
    ),
    "own views": ("SOP", lambda client, person: client.get("/kayttoloki/omat/")),
}  # fmt: skip
BUDGETS = {
    "list": 16,
    "search": 15,
    "card": 22,
    "reveal": 16,
    "log": 17,
    "person log": 18,
    "own views": 13,
}


@pytest.mark.parametrize("name", PAGES)
def test_statements_of_a_page(signed_in: SignedIn, person: Person, name: str) -> None:
    role, visit = PAGES[name]
    client = signed_in(role)
    visit(client, person)
    few = _statements(visit, client, person)
    with system_access():
        people = demo.invent(seed=1)
        demo.make_persons([next(people) for _ in range(60)])
    many = _statements(visit, client, person)
    assert (few, many) == (BUDGETS[name], BUDGETS[name])


def _statements(visit: Visit, client: Any, person: Person) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert visit(client, person).status_code == 200
    return len(captured)
