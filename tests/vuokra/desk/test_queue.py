"""The queue as a page: everybody lands on it, rows follow the rights, nobody protected is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.utils import timezone

from registry.persons.models import Person
from tests.people import system_access
from tests.registry.persons.conftest import SignedIn
from vuokra.access.context import Actor
from vuokra.access.models import AccessEvent
from vuokra.desk import rows
from vuokra.desk.rows import Kind, Row
from vuokra.desk.views import MOST
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
COLLECTION = Kind("perinta", "Perintä", "triangle-alert", [(Group.COLLECTION, Level.WRITE)])
ALARM = Kind("halytys", "Hälytys", "siren", roles=frozenset({Role.TAR}))


def row(kind: str, key: str = "1", **values: object) -> Row:
    known: dict[str, object] = {
        "task": "Toinen maksumuistutus", "facts": "vanhin erä 1.10.", "due": timezone.localdate(),
        "action": "Avaa", "url": "/ohje/",
    }  # fmt: skip
    return Row(kind, key, **known | values)  # type: ignore[arg-type]


def always(*found: Row) -> rows.Source:
    def source(actor: Actor, today: dt.date) -> Iterable[Row]:
        return found

    return source


@pytest.mark.parametrize("role", Role.values)
def test_everybody_lands_on_the_queue(signed_in: SignedIn, role: str) -> None:
    answer = signed_in(role).get("/")
    assert answer.status_code == 200
    assert "<h1>Työjono</h1>" in answer.content.decode()


@pytest.mark.usefixtures("empty_desk")
@pytest.mark.parametrize(("role", "sees"), [("PER", True), ("TAL", False), ("TAR", False)])
def test_rows_of_a_kind_follow_its_needs(signed_in: SignedIn, role: str, sees: bool) -> None:
    rows.register(COLLECTION, always(row("perinta")))
    assert ("Toinen maksumuistutus" in signed_in(role).get("/").content.decode()) == sees


@pytest.mark.usefixtures("empty_desk")
@pytest.mark.parametrize(("role", "sees"), [("TAR", True), ("PER", False), ("PAA", False)])
def test_rows_of_a_kind_follow_its_roles(signed_in: SignedIn, role: str, sees: bool) -> None:
    rows.register(ALARM, always(row("halytys", task="Tarkista hälytykset")))
    assert ("Tarkista hälytykset" in signed_in(role).get("/").content.decode()) == sees


def test_a_kind_is_registered_once(empty_desk: None) -> None:
    rows.register(ALARM, always())
    with pytest.raises(rows.DuplicateKind):
        rows.register(ALARM, always())


@pytest.mark.usefixtures("empty_desk")
def test_a_long_queue_shows_its_first_lines_and_reads_no_others_people(
    signed_in: SignedIn, person: Person
) -> None:
    today = timezone.localdate()
    many = [row("perinta", f"{number:03}", task=f"Tehtävä {number:03}.") for number in range(MOST)]
    last = row("perinta", "viimeinen", task="Viimeinen", person_id=person.pk)
    later = row("perinta", "myöhempi", task="Myöhempi", due=today + dt.timedelta(days=60))
    rows.register(COLLECTION, always(*many, replace(last, due=None), later))
    browser = signed_in("PER")
    page = browser.get("/").content.decode()
    assert f"Tehtävä {MOST - 1:03}." in page and "Viimeinen" not in page
    assert "Näytä kaikki 101 tehtävää" in page and "Näytä myös 1 myöhempi" in page
    assert person.pk not in latest_event().subjects
    page = browser.get("/?rivit=kaikki").content.decode()
    assert "Viimeinen" in page and "Myöhempi" not in page and "Näytä kaikki 101" not in page
    assert person.pk in latest_event().subjects


def latest_event() -> AccessEvent:
    with system_access():
        return AccessEvent.objects.order_by("-pk").exclude(actor_id=None)[0]
