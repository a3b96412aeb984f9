"""How many statements each page costs: exactly the committed number, with few rows and with many.

After a change that is meant, with VUOKRA_WRITE_BUDGETS=1 set, `.venv/bin/pytest -m full
tests/walk/test_budgets.py` writes tests/walk/budgets.json anew; commit it with the change.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.disclosures.rule_rows import APPROVED_PEOPLE
from registry.persons import demo
from registry.persons.models import Person
from tests.people import make_user, system_access
from tests.walk.conftest import start_walk
from tests.walk.fixtures import PAGES
from tests.walk.routes import routes
from tests.walk.visits import Visit
from tests.walk.walker import Walk, body_of, undone
from tests.walk.world import filled, look_at
from vuokra.accounts import sessions
from vuokra.policy.roles import Role
from vuokra.rules.queries import rule
from vuokra.rules.services import add_version, note_use

FILE = Path(__file__).with_name("budgets.json")
WRITE = os.environ.get("VUOKRA_WRITE_BUDGETS") == "1"
ROLES = (None, Role.SOP, Role.REK, Role.JOH, Role.PAA, Role.TAL, Role.HAK, Role.VAL)
"""Each page is measured as the first of these that it opens to."""

MANY = 60
HOW = (
    "VUOKRA_WRITE_BUDGETS=1 .venv/bin/pytest -m full tests/walk/test_budgets.py "
    "writes the new numbers"
)


def measured(planted: tuple[dict[str, str], dict[str, int]]) -> dict[str, int]:
    """Statements of every page that a GET opens, by view; after one visit that warms caches."""
    counts: dict[str, int] = {}
    for role in ROLES:
        walker = start_walk(planted, role)
        for route in routes():
            page = PAGES[route.key]
            visit = page.visits[0]
            if visit.status != 200 or route.key in counts:
                continue
            if walker.expected(route, visit) != 200:
                continue
            url = walker.url(route, page)
            walker.request(url, visit)
            counts[route.key] = statements(walker, url, visit)
    return dict(sorted(counts.items()))


def statements(walker: Walk, url: str, visit: Visit) -> int:
    """Statements of one request, the transaction and the event included."""
    with undone(), CaptureQueriesContext(connection) as captured:
        if visit.data is None:
            answer = walker.client.get(url)
        else:
            answer = walker.client.post(url, filled(visit.data, walker.words))
        assert answer.status_code == 200, url
        body_of(answer)
    return len(captured)


def add_many(ids: dict[str, int]) -> None:
    """More people, more accounts, and more looks at the walked person; a file of so many still
    leaves without another's approval."""
    with system_access():
        add_version(APPROVED_PEOPLE, 10 * MANY, timezone.localdate(), source="mitattu")
        note_use(rule(APPROVED_PEOPLE, timezone.localdate()))  # as the one before it was
        demo.make_persons(list(islice(demo.invent(7), MANY)))
        person = Person.objects.get(pk=ids["person"])
    for number in range(5):
        staff = make_user(Role.SOP, username=f"lisa{number}")
        for _ in range(MANY // 5):
            look_at(person, staff)


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("size", ["few", "many"])
def test_statements_per_page(
    planted: tuple[dict[str, str], dict[str, int]], size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Once a minute a request notes that the session is in use: not a statement of the page.
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(days=1))
    if size == "many":
        add_many(planted[1])
    counts = measured(planted)
    if WRITE and size == "few":
        FILE.write_text(json.dumps(counts, indent=1) + "\n")
    committed = json.loads(FILE.read_text())
    changed = {
        key: f"{counts.get(key)} statements, budget {committed.get(key)}"
        for key in sorted(counts.keys() | committed.keys())
        if counts.get(key) != committed.get(key)
    }
    assert not changed, f"with {size} rows: {changed}. If that is meant: {HOW}"
