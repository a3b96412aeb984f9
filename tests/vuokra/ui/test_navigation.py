"""The navigation shows what the user may open, and only that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from tests.vuokra.ui.conftest import SOP
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui import navigation
from vuokra.ui.navigation import Section

TAR = Actor(key="user:901", user_id=901, roles=frozenset({"TAR"}), name="Tarja Tarkka")


@access(Action.LIST, Surface.LIST, needs=[(Group.PERSON, Level.READ)], purposes=[Purpose.SOPIMUS])
def people(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@access(Action.VIEW_LOG, Surface.LIST, needs=[(Group.LOG, Level.READ)])
def log(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", people, name="desk"),
    path("henkilot/", people, name="people"),
    path("henkilot/uusi/", people, name="new"),
    path("loki/", log, name="log"),
    path("muu/", unmarked, name="unmarked"),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.usefixtures("empty_navigation")]


def labels(actor: Actor, at: str = "/") -> list[str]:
    return [str(item.label) for block in navigation.blocks(actor, at) for item in block.items]


def fill() -> None:
    navigation.register(Section.PROTECTION, "Käyttöloki", "log", "history", 5)
    navigation.register(Section.LETTING, "Henkilöt", "people", "users", 2, count=lambda _actor: 3)
    navigation.register(Section.DESK, "Työjono", "desk", "house", 1, shortcut="t")


def test_an_item_is_absent_when_its_view_would_refuse() -> None:
    fill()
    assert labels(SOP) == ["Työjono", "Henkilöt"]
    assert labels(TAR) == ["Käyttöloki"]


def test_a_section_without_items_is_absent() -> None:
    fill()
    assert [block.title for block in navigation.blocks(TAR, "/")] == [Section.PROTECTION.label]


def test_what_an_entry_needs_counts_besides_its_view() -> None:
    navigation.register(
        Section.DESK, "Henkilöt", "people", "users", 1, needs=[(Group.LOG, Level.READ)]
    )
    assert labels(SOP) == []


def test_a_view_that_states_no_rights_is_not_shown() -> None:
    navigation.register(Section.DESK, "Muu", "unmarked", "users", 1)
    assert labels(SOP) == []


@pytest.mark.parametrize(
    ("at", "current"),
    [("/", ["Työjono"]), ("/henkilot/", ["Henkilöt"]), ("/henkilot/8f3k2m/", ["Henkilöt"]),
     ("/toinen/", [])],
)  # fmt: skip
def test_the_page_shown_is_marked(at: str, current: list[str]) -> None:
    fill()
    blocks = navigation.blocks(SOP, at)
    assert [i.label for b in blocks for i in b.items if i.current] == current


def test_counts_are_not_asked_for_on_error_pages() -> None:
    def fail(_actor: Actor) -> int:
        raise AssertionError("counted")

    navigation.register(Section.DESK, "Henkilöt", "people", "users", 1, count=fail)
    [block] = navigation.blocks(SOP, "/", counts=False)
    assert block.items[0].count is None


def test_the_new_menu_and_the_search_follow_the_rights() -> None:
    navigation.offer_new("Henkilö", "new", "user-round", 1)
    navigation.search_at("people")
    assert [item.url for item in navigation.new_items(SOP)] == ["/henkilot/uusi/"]
    assert navigation.new_items(TAR) == []
    assert (navigation.search_url(SOP), navigation.search_url(TAR)) == ("/henkilot/", "")


def test_a_page_is_registered_once() -> None:
    fill()
    navigation.search_at("people")
    with pytest.raises(navigation.DuplicateEntry):
        navigation.register(Section.DESK, "Työjono", "desk", "house", 9)
    with pytest.raises(navigation.DuplicateEntry):
        navigation.search_at("log")


def test_the_rendered_navigation_names_user_role_and_work(
    request_of: Callable[..., HttpRequest],
) -> None:
    fill()
    frame = navigation_context(request_of("/henkilot/", SOP))
    html = render_to_string("components/navigation.html", frame)
    assert "Sari Kotivaara" in html
    assert "Asiakas- ja sopimuspalvelija" in html
    assert 'href="/henkilot/" aria-current="page"' in html
    assert '<span class="nav-count">3' in html


def navigation_context(request: HttpRequest) -> dict[str, object]:
    from vuokra.ui.frame import frame_of

    frame = frame_of(request)
    assert frame is not None
    return {"frame": frame, "blocks": frame.blocks(counts=True), "counts": False}
