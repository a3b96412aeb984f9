"""The queue as a page: everybody lands on it, rows follow the rights, nobody protected is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from django.utils import timezone

from tests.registry.persons.conftest import SignedIn
from vuokra.access.context import Actor
from vuokra.desk import rows
from vuokra.desk.rows import Kind, Row
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
