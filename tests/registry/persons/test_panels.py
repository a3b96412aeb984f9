"""What rooms register of a person: who sees it, in which order, and the events with filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest

from registry.persons import panels
from registry.persons.models import Person
from registry.persons.panels import DuplicatePanel, TimelineEntry
from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext, Actor, open_access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role

TODAY = date(2026, 11, 22)
SeenBy = Callable[[Role], AbstractContextManager[AccessContext]]
READ_CONTACT = ((Group.CONTACT, Level.READ),)


@pytest.fixture(autouse=True)
def empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_all", panels._Registered())


@pytest.fixture
def seen_by(db: None) -> SeenBy:
    """`with seen_by(Role.SOP):` the context of a member of staff with the role."""

    def open_for(role: Role) -> AbstractContextManager[AccessContext]:
        actor = Actor(key="user:1", user_id=1, roles=frozenset({role}), name="Sari")
        return open_access(
            actor, purpose=Purpose.SOPIMUS, action=Action.VIEW, surface=Surface.DETAIL
        )

    return open_for


def nobody() -> Person:
    return Person(public_id="zzzzzzzzzzzz", surname="Aarnivuori")


def test_panels_stand_in_order_and_only_for_those_with_the_right(seen_by: SeenBy) -> None:
    panels.register_panel("b", 20, "main", "b.html", lambda p, d: {"n": 2}, READ_CONTACT)
    panels.register_panel("a", 10, "main", "a.html", lambda p, d: {"n": 1})
    panels.register_panel("s", 10, "side", "s.html", lambda p, d: {"n": 3})
    panels.register_panel("none", 5, "main", "none.html", lambda p, d: None)
    with seen_by(Role.SOP):
        shown = panels.panels(nobody(), "main", today=TODAY)
        assert [(part.template, part.data) for part in shown] == [
            ("a.html", {"n": 1}), ("b.html", {"n": 2}),
        ]  # fmt: skip
        assert [p.template for p in panels.panels(nobody(), "side", today=TODAY)] == ["s.html"]
    with seen_by(Role.JOH):
        shown = panels.panels(nobody(), "main", today=TODAY)
        assert [part.template for part in shown] == ["a.html"]


def test_a_panel_that_the_actor_may_not_see_reads_nothing(seen_by: SeenBy) -> None:
    def build(person: Person, today: date) -> dict[str, object]:
        raise AssertionError("built for a role without the right")

    panels.register_panel("a", 10, "main", "a.html", build, READ_CONTACT)
    panels.register_banner(10, "a.html", build, READ_CONTACT)
    panels.register_badge("a.html", build, READ_CONTACT)
    with seen_by(Role.JOH):
        assert panels.panels(nobody(), "main", today=TODAY) == []
        assert panels.banners(nobody(), today=TODAY) == []
        assert panels.badges(nobody(), today=TODAY) == []


def test_a_key_is_taken_once() -> None:
    panels.register_panel("a", 10, "main", "a.html", lambda p, d: {})
    with pytest.raises(DuplicatePanel):
        panels.register_panel("a", 20, "side", "b.html", lambda p, d: {})


def test_an_action_is_absent_when_its_view_would_refuse(seen_by: SeenBy) -> None:
    panels.register_action(10, "Muokkaa", "persons:edit", "pencil", key="E")
    panels.register_action(60, "Kortti", "persons:card", "user")
    with seen_by(Role.SOP):
        found = [(a.label, a.url, a.in_menu) for a in panels.actions(nobody())]
        assert found == [
            ("Muokkaa", "/henkilot/zzzzzzzzzzzz/muokkaa/", False),
            ("Kortti", "/henkilot/zzzzzzzzzzzz/", True),
        ]
    with seen_by(Role.JOH):
        assert [action.label for action in panels.actions(nobody())] == ["Kortti"]


def test_events_are_newest_first_and_filtered_by_kind(seen_by: SeenBy) -> None:
    def moves(person: Person, today: date) -> Iterator[TimelineEntry]:
        yield TimelineEntry(date(2020, 1, 1), "house", "Muutti", kind="muutto")
        yield TimelineEntry(datetime(2026, 11, 1, 22, 30, tzinfo=UTC), "house", "Muutti", "nyt",
                            kind="muutto")  # fmt: skip

    def letters(person: Person, today: date) -> Iterator[TimelineEntry]:
        for day in range(1, 20):
            yield TimelineEntry(date(2024, 5, day), "mail", f"Kirje {day}", kind="kirje")

    panels.register_timeline(moves, {"muutto": "Muutot"})
    panels.register_timeline(letters, {"kirje": "Kirjeet"}, READ_CONTACT)
    with seen_by(Role.SOP):
        found = panels.timeline(nobody(), today=TODAY)
        assert found.events[0].day == date(2026, 11, 2), "the day is that of Helsinki"
        assert [event.text for event in found.events[1:3]] == ["Kirje 19", "Kirje 18"]
        assert (len(found.events), found.more) == (panels.SHOWN_EVENTS, True)
        assert found.kinds == {"muutto": "Muutot", "kirje": "Kirjeet"}
        assert len(panels.timeline(nobody(), today=TODAY, whole=True).events) == 21
        chosen = panels.timeline(nobody(), today=TODAY, kind="muutto")
        assert (chosen.chosen, len(chosen.events), chosen.more) == ("muutto", 2, False)
        assert panels.timeline(nobody(), today=TODAY, kind="'; --").chosen == ""
    with seen_by(Role.JOH):
        assert panels.timeline(nobody(), today=TODAY).kinds == {"muutto": "Muutot"}
