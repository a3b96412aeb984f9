"""What rooms show of a person: panels, banners, badges, actions and events of the card.

A room registers from its `AppConfig.ready`. Everything is absent, not greyed, when the actor does
not meet its needs, and `build` answers None when there is nothing to show. A `build` reads what it
shows in one or two statements, whatever the number of rows, and gives its template's variables; the
template also has `person`. Source: user-interface direction, sections 4 and 5.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from django.urls import resolve, reverse
from django.utils import timezone

from registry.persons.models import Person
from vuokra.access.context import Actor, current
from vuokra.access.views import AccessSpec
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Needs = Sequence[tuple[Group, Level]]
Build = Callable[[Person, date], dict[str, Any] | None]
Place = Literal["main", "side"]

MENU = 50
"""From this order on an action of the card stands in its menu; before it, it is a button."""
NOBODY = "zzz-nobody-zzz"
"""Stands for a public id in addresses that are kept; no person has one with a hyphen."""
SHOWN_EVENTS = 12
"""How many events the timeline shows before the reader asks for all."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a person with a template of its own: a panel, a banner or a badge."""

    order: int
    template: str
    build: Build
    needs: Needs = ()
    place: str = ""

    def shown(self, person: Person, today: date) -> Shown | None:
        """The part with its data, or None for a user without the right or with nothing to see."""
        if not current().actor.meets(self.needs):
            return None
        data = self.build(person, today)
        return None if data is None else Shown(self.template, data)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as one user sees it; drawn by `{% part shown %}`."""

    template: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    """A page where something is done to the person; its address takes the public id."""

    order: int
    label: StrOrPromise
    url_name: str
    icon: str
    needs: Needs = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShownAction:
    """An action as one user sees it; `key` is its single-letter shortcut."""

    label: StrOrPromise
    url: str
    icon: str
    key: str
    in_menu: bool


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event of a person (tapahtuma): when, what in words, a second line of facts.

    `icon` is a Lucide name, `kind` the code of a filter. `text` and `second` hold nothing of the
    person that the reader's role may not see: the source reads by the rights.
    """

    at: date | datetime
    icon: str
    text: StrOrPromise
    second: StrOrPromise = ""
    kind: str = ""
    url: str = ""
    chip: StrOrPromise = ""
    chip_kind: str = ""

    @property
    def day(self) -> date:
        """The day of the event, of a moment in local time."""
        return timezone.localdate(self.at) if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True, slots=True)
class _Source:
    events: Callable[[Person, date], Iterable[TimelineEntry]]
    kinds: Mapping[str, StrOrPromise]
    needs: Needs


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a person, newest first; `kinds` are the filters that have something."""

    events: list[TimelineEntry]
    kinds: dict[str, StrOrPromise]
    chosen: str
    more: bool


@dataclass(slots=True)
class _Registered:
    panels: dict[str, Part] = field(default_factory=dict)
    banners: list[Part] = field(default_factory=list)
    badges: list[Part] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    sources: list[_Source] = field(default_factory=list)
    instead: dict[str, str] = field(default_factory=dict)


_all = _Registered()


class DuplicatePanel(RuntimeError):
    """Two rooms registered a panel by the same key."""


def register_panel(
    key: str, order: int, place: Place, template: str, build: Build, needs: Needs = ()
) -> None:
    """Add a panel to the card: in the grid of the page, or in its supporting column.

    Raises DuplicatePanel when the key is taken.
    """
    if key in _all.panels:
        raise DuplicatePanel(key)
    _all.panels[key] = Part(order, template, build, tuple(needs), place)


def register_banner(order: int, template: str, build: Build, needs: Needs = ()) -> None:
    """Add a banner to the top of every page about one person."""
    _all.banners.append(Part(order, template, build, tuple(needs)))
    _all.banners.sort(key=lambda part: part.order)


def register_badge(template: str, build: Build, needs: Needs = (), order: int = 50) -> None:
    """Add a badge beside the person's name."""
    _all.badges.append(Part(order, template, build, tuple(needs)))
    _all.badges.sort(key=lambda part: part.order)


def register_action(
    order: int,
    label: StrOrPromise,
    url_name: str,
    icon: str,
    needs: Needs = (),
    key: str = "",
) -> None:
    """Add an action to the card: a button of its own, or from order 50 on a row of its menu.

    It is absent when its view would refuse the actor, so `needs` is for what is demanded beyond.
    """
    _all.actions.append(Action(order, label, url_name, icon, tuple(needs), key))
    _all.actions.sort(key=lambda action: action.order)


def register_instead(url_name: str, instead: str) -> None:
    """Name the page that stands in for another while the person is under turvakielto."""
    _all.instead[url_name] = instead


def register_timeline(
    source: Callable[[Person, date], Iterable[TimelineEntry]],
    kinds: Mapping[str, StrOrPromise] | None = None,
    needs: Needs = (),
) -> None:
    """Add a source of events; `kinds` names the filters of its entries by their code."""
    _all.sources.append(_Source(source, kinds or {}, tuple(needs)))


# --- assembling -----------------------------------------------------------------------------


def panels(person: Person, place: Place, *, today: date) -> list[Shown]:
    """The panels of a place that the actor may see, in order."""
    chosen = sorted((p for p in _all.panels.values() if p.place == place), key=lambda p: p.order)
    return _shown(chosen, person, today)


def banners(person: Person, *, today: date) -> list[Shown]:
    """The banners above every page about the person."""
    return _shown(_all.banners, person, today)


def badges(person: Person, *, today: date) -> list[Shown]:
    """The badges beside the person's name."""
    return _shown(_all.badges, person, today)


def actions(person: Person) -> list[ShownAction]:
    """What the actor may do on pages of their own, in order."""
    actor = current().actor
    return [
        ShownAction(
            action.label,
            url(action.url_name, person),
            action.icon,
            action.key,
            action.order >= MENU,
        )
        for action in _all.actions
        if actor.meets(action.needs) and open_to(action.url_name, actor)
    ]


def timeline(person: Person, *, today: date, kind: str = "", whole: bool = False) -> Timeline:
    """The events of a person by all sources that the actor may see, newest first.

    An unknown kind gives all; without `whole` the newest SHOWN_EVENTS.
    """
    actor = current().actor
    sources = [source for source in _all.sources if actor.meets(source.needs)]
    events = [event for source in sources for event in source.events(person, today)]
    events.sort(key=lambda event: event.day, reverse=True)
    have = {event.kind for event in events}
    kinds = {code: label for s in sources for code, label in s.kinds.items() if code in have}
    chosen = kind if kind in kinds else ""
    fitting = [event for event in events if not chosen or event.kind == chosen]
    shown = fitting if whole else fitting[:SHOWN_EVENTS]
    return Timeline(shown, kinds, chosen, more=len(shown) < len(fitting))


def page_for(url_name: str, person: Person) -> str:
    """The name of the page, or of the one that stands in for it under turvakielto."""
    return _all.instead.get(url_name, url_name) if person.protected else url_name


def url(url_name: str, person: Person) -> str:
    """The address of a page about the person: a card has dozens of them."""
    return _address(url_name).replace(NOBODY, person.public_id)


def open_to(url_name: str, actor: Actor) -> bool:
    """Whether the view of a page about a person would let the actor in."""
    spec = _spec(url_name)
    return spec is not None and spec.allows(actor)


@lru_cache(maxsize=256)
def _address(url_name: str) -> str:
    """The address of a page about nobody; the addresses do not change while we run."""
    return reverse(url_name, args=[NOBODY])


@lru_cache(maxsize=256)
def _spec(url_name: str) -> AccessSpec | None:
    """What the view of a page about a person demands."""
    return getattr(resolve(_address(url_name)).func, "access", None)


def _shown(parts: Iterable[Part], person: Person, today: date) -> list[Shown]:
    return [shown for part in parts if (shown := part.shown(person, today)) is not None]
