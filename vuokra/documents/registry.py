"""Which documents there are: rooms register what their papers say and whose right opens them.

A room keeps the sources of its templates in its folder `documents/` and calls `register` from
`AppConfig.ready`. A document's data come from one function, called in the background worker in the
access context of whoever ordered it; what it gives is passed to the template as data.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from vuokra.access.context import Actor
from vuokra.policy.groups import Group
from vuokra.policy.items import ITEMS, Protection
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from vuokra.documents.models import Document

LANGUAGES = ("fi", "en")
LAYOUT = "vuokra/documents/layout.typ"
"""What stands before every template: page, letterhead, headings, accessibility."""

Data = Mapping[str, Any]
Guard = Callable[[Collection[int]], None]
Hiding = Callable[["QuerySet[Document]"], "QuerySet[Document]"]
Ask = Callable[["Document"], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document (asiakirjalaji).

    `group` is the field group whose readers may order, see and open it, and `also` others that it
    tells of, which they must be able to read too; `item` the register item that it is a copy of.
    `templates` names one source for both languages (which chooses its words by `t(fi, en)`) or a
    source per language, as `registry/rights/answer.typ`: the file
    `registry/rights/documents/answer.typ`. `data` gives what the template shows, of texts, numbers
    and lists. `hetu` says that it shows identity codes: the law has to demand it (8.3). `archive`
    makes it PDF/A too; a file that is encrypted afterwards cannot be that.
    """

    key: str
    title: StrOrPromise
    group: Group
    item: str
    templates: str | Mapping[str, str]
    data: Callable[[Document], Data]
    also: tuple[Group, ...] = ()
    hetu: bool = False
    archive: bool = True

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is made."""
        if isinstance(self.templates, str):
            return LANGUAGES
        return tuple(lang for lang in LANGUAGES if lang in self.templates)

    def spoken(self, language: str) -> str:
        """The language of a document for somebody who is dealt with in this one; else Finnish."""
        return language if language in self.languages else LANGUAGES[0]

    @property
    def sealed_for_subject(self) -> bool:
        """Whether the key of the person it is about seals it (class D)."""
        return ITEMS[self.item].protection is Protection.D

    def source(self, language: str) -> str:
        """The whole source of the template: the layout, then its own. Raises KeyError for a
        language in which there is none."""
        name = self.templates if isinstance(self.templates, str) else self.templates[language]
        return f"{_read(LAYOUT)}\n{_read(template_path(name))}"

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor may order, see and open documents of this kind. One that shows identity
        codes opens for those alone who may reveal one."""
        return all(actor.level(group) >= level for group, level in self.needs)

    @property
    def needs(self) -> list[tuple[Group, Level]]:
        """The rights without which it is neither ordered, made nor opened."""
        codes = [(Group.HETU, Level.MASKED)] if self.hetu else []
        return [*((group, Level.READ) for group in (self.group, *self.also)), *codes]


def template_path(name: str) -> str:
    """Where a template lies: `registry/room/name.typ` → `registry/room/documents/name.typ`."""
    room, _slash, file = name.rpartition("/")
    return f"{room}/documents/{file}"


@cache  # files of the installed product; they do not change while it runs
def _read(path: str) -> str:
    return Path(settings.BASE_DIR, path).read_text(encoding="utf-8")


_kinds: dict[str, Kind] = {}
_guards: list[Guard] = []
_hidings: list[Hiding] = []
_alone: list[tuple[Hiding, Ask]] = []


def register(kind: Kind) -> None:
    """Add a kind; called from a room's `AppConfig.ready`. Raises ValueError for a key in use, an
    unknown register item or no template."""
    if kind.key in _kinds:
        raise ValueError(f"There is a document {kind.key} already.")
    if kind.item not in ITEMS:
        raise ValueError(f"There is no register item {kind.item}.")
    if not kind.languages:
        raise ValueError(f"The document {kind.key} has no template.")
    _kinds[kind.key] = kind


def kind_of(key: str) -> Kind:
    """The kind of a key. Raises KeyError."""
    return _kinds[key]


def kinds() -> list[Kind]:
    """Every kind, by key."""
    return [kind for _key, kind in sorted(_kinds.items())]


def kinds_of(actor: Actor) -> list[Kind]:
    """The kinds that the actor may see, by key."""
    return [kind for kind in kinds() if kind.open_to(actor)]


def guard(refuse: Guard) -> None:
    """Let the room that knows people refuse documents about some of them (DP-A2).

    It is called with the ids of the persons before a document shows, and raises.
    """
    _guards.append(refuse)


def refuse_closed(subjects: Collection[int]) -> None:
    """Raise what a guard raises when a record of the subjects is closed to the actor."""
    for refuse in _guards:
        refuse(subjects)


def hide(hiding: Hiding) -> None:
    """Let a room leave documents out for the actor: they are in no list and cannot be opened.

    It is called with the documents that are asked for and gives those that remain, still unread.
    """
    _hidings.append(hiding)


def open_alone(telling: Hiding, ask: Ask) -> None:
    """Let a room ask for a reason before some documents open, one by one: `telling` gives those of
    the documents, still unread, and `ask` raises when nothing was stated for the one it is called
    with."""
    _alone.append((telling, ask))


def together(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents of these that may be opened with others."""
    for telling, _ask in _alone:
        documents = documents.exclude(pk__in=telling(documents.model.objects.all()).values("pk"))
    return documents


def ask_first(document: Document) -> None:
    """Raise what a room raises when a reason must be stated before the document opens."""
    for _telling, ask in _alone:
        ask(document)


def shown(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents of these that no room hides from the actor."""
    for hiding in _hidings:
        documents = hiding(documents)
    return documents
