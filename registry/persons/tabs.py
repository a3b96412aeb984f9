"""Tabs of a person's card: rooms register what they show of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.persons.models import Person
from registry.persons.panels import open_to, url
from vuokra.access.context import current

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the card with an address of its own, which takes the person's public id."""

    label: StrOrPromise
    url_name: str
    order: int


@dataclass(frozen=True, slots=True)
class ShownTab:
    """A tab as one user sees it."""

    label: StrOrPromise
    url: str
    current: bool
    count: int | None = None


_tabs: dict[str, Tab] = {}


def register(label: StrOrPromise, url_name: str, order: int) -> None:
    """Add a tab. It is absent when its view would refuse the user."""
    _tabs[url_name] = Tab(label, url_name, order)


def card_tabs(person: Person, *, current_url_name: str) -> list[ShownTab]:
    """The tabs that the actor of the open context may use."""
    actor = current().actor
    shown = []
    for tab in sorted(_tabs.values(), key=lambda tab: tab.order):
        if open_to(tab.url_name, actor):
            address = url(tab.url_name, person)
            shown.append(ShownTab(tab.label, address, tab.url_name == current_url_name))
    return shown
