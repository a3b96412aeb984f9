"""The left navigation, the `+ Uusi` menu and the search box: rooms register what they offer.

A room calls `register`, `offer_new` or `search_at` from its `AppConfig.ready`. An entry is absent,
not greyed, when its view's `@access` would refuse the user; hiding is no protection.
Source: user-interface direction, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vuokra.access.context import Actor
from vuokra.access.views import AccessSpec
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

Text = str | Promise
Need = tuple[Group, Level]
Count = Callable[[Actor], int | None]


class Section(models.TextChoices):
    """Sections of the navigation, in their order on the screen."""

    DESK = "desk", ""
    LETTING = "letting", _("Vuokraus")
    FINANCE = "finance", _("Talous")
    HOMES = "homes", _("Kohteet")
    COMMUNICATION = "communication", _("Viestintä")
    PROTECTION = "protection", _("Tietosuoja ja hallinta")


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation or of the `+ Uusi` menu."""

    label: Text
    url_name: str
    icon: str
    order: int
    needs: tuple[Need, ...]
    count: Count | None = None
    section: Section = Section.DESK
    shortcut: str = ""

    @property
    def url(self) -> str:
        """The address of the page."""
        return _address(self.url_name)

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor meets what the entry needs and what the view itself demands."""
        if not actor.meets(self.needs):
            return False
        spec = _spec(self.url_name)
        return spec is not None and (spec.public or spec.allows(actor))


@cache  # asked for every entry of the navigation on every page
def _address(url_name: str) -> str:
    return reverse(url_name)


@cache
def _spec(url_name: str) -> AccessSpec | None:
    return getattr(resolve(_address(url_name)).func, "access", None)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one user sees it: address, whether it is the page shown, work waiting."""

    label: Text
    url: str
    icon: str
    current: bool
    count: int | None
    shortcut: str


@dataclass(frozen=True, slots=True)
class Block:
    """One section with the items that the user may open."""

    title: Text
    items: list[Item]


class DuplicateEntry(RuntimeError):
    """Two rooms registered the same page."""


_entries: dict[str, Entry] = {}
_new: dict[str, Entry] = {}
_search: list[Entry] = []


def register(
    section: Section,
    label: Text,
    url_name: str,
    icon: str,
    order: int,
    needs: Sequence[Need] = (),
    count: Count | None = None,
    shortcut: str = "",
) -> None:
    """Add a page to the navigation.

    `icon` is a Lucide name, `count` tells the work waiting for the actor (never a total),
    `shortcut` the letter after `g`. Raises DuplicateEntry when the page is there already.
    """
    _add(_entries, Entry(label, url_name, icon, order, tuple(needs), count, section, shortcut))


def offer_new(
    label: Text, url_name: str, icon: str, order: int, needs: Sequence[Need] = ()
) -> None:
    """Add a form to the `+ Uusi` menu. Raises DuplicateEntry when it is there already."""
    _add(_new, Entry(label, url_name, icon, order, tuple(needs)))


def search_at(url_name: str, needs: Sequence[Need] = ()) -> None:
    """Send the search box of the top bar, by POST with field `q`, to this page."""
    if _search:
        raise DuplicateEntry(url_name)
    _search.append(Entry("", url_name, "search", 0, tuple(needs)))


def _add(place: dict[str, Entry], entry: Entry) -> None:
    if entry.url_name in place:
        raise DuplicateEntry(entry.url_name)
    place[entry.url_name] = entry


REMEMBERED = "waiting"


def remember_count(request: HttpRequest, url_name: str, count: int) -> None:
    """Keep in the web session how much waits on a page, for the navigation of other pages.

    For a count that costs more than one statement, or reads about people: a page that only shows
    the navigation must not do that.
    """
    known = request.session.get(REMEMBERED, {})
    if known.get(url_name) != count:
        request.session[REMEMBERED] = {**known, url_name: count}


def blocks(
    actor: Actor, path: str, *, counts: bool = True, remembered: Mapping[str, int] | None = None
) -> list[Block]:
    """The navigation for the actor on the page at `path`; sections without items are left out.

    Without `counts` no query runs: error pages may follow a transaction that failed. `remembered`
    are the counts that `remember_count` kept.
    """
    open_entries = _open(_entries.values(), actor)
    addresses = {entry.url_name: entry.url for entry in open_entries}
    here = _longest_prefix(addresses.values(), path)
    found = []
    for section in Section:
        items = [
            Item(
                label=entry.label,
                url=addresses[entry.url_name],
                icon=entry.icon,
                current=addresses[entry.url_name] == here,
                count=_count(entry, actor, remembered or {}) if counts else None,
                shortcut=entry.shortcut,
            )
            for entry in open_entries
            if entry.section == section
        ]
        if items:
            found.append(Block(section.label, items))
    return found


def _count(entry: Entry, actor: Actor, remembered: Mapping[str, int]) -> int | None:
    return entry.count(actor) if entry.count else remembered.get(entry.url_name)


def new_items(actor: Actor) -> list[Item]:
    """What the actor may create from the `+ Uusi` menu."""
    return [
        Item(entry.label, entry.url, entry.icon, False, None, "")
        for entry in _open(_new.values(), actor)
    ]


def search_url(actor: Actor) -> str:
    """Where the search box posts; empty when the actor may search nothing."""
    return next((entry.url for entry in _open(_search, actor)), "")


def _open(entries: Iterable[Entry], actor: Actor) -> list[Entry]:
    return sorted((e for e in entries if e.open_to(actor)), key=lambda e: e.order)


def _longest_prefix(addresses: Iterable[str], path: str) -> str:
    fitting = [a for a in addresses if path == a or (a != "/" and path.startswith(a))]
    return max(fitting, key=len, default="")
