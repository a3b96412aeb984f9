"""Tabs of a person's card: rooms register what they show of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import resolve, reverse

from registry.persons.models import Person
from vuokra.access.context import Actor, current
from vuokra.access.views import AccessSpec

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
        url = reverse(tab.url_name, args=[person.public_id])
        if _open_to(url, actor):
            shown.append(ShownTab(tab.label, url, tab.url_name == current_url_name))
    return shown


def _open_to(url: str, actor: Actor) -> bool:
    spec: AccessSpec | None = getattr(resolve(url).func, "access", None)
    return spec is not None and spec.allows(actor)
