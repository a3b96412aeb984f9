"""Requests of a clerk, and pages shown in a browser without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext, Actor
from vuokra.ui import navigation

SOP = Actor(key="user:900", user_id=900, roles=frozenset({"SOP"}), name="Sari Kotivaara")


@pytest.fixture
def request_of(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """A GET request by an actor; nobody is signed in without one."""

    def make(path: str = "/ui/", actor: Actor | None = None) -> HttpRequest:
        request = rf.get(path)
        request.access = AccessContext(  # type: ignore[attr-defined]  # set by the middleware
            actor or Actor.anonymous(), purpose=None, action=Action.VIEW, surface=Surface.DETAIL
        )
        return request

    return make


@pytest.fixture
def empty_navigation() -> Iterator[None]:
    """A navigation without the rooms' entries; they are put back afterwards."""
    kept = dict(navigation._entries), dict(navigation._new), list(navigation._search)
    navigation._entries.clear()
    navigation._new.clear()
    navigation._search.clear()
    yield
    navigation._entries.clear()
    navigation._new.clear()
    navigation._entries.update(kept[0])
    navigation._new.update(kept[1])
    navigation._search[:] = kept[2]
