"""Rows of the work queue (työjono): rooms say what waits, the desk puts it in order and shows it.

A room calls `register` from its `AppConfig.ready`. Rows are computed from state each time: when
the cause ends, the row goes. The desk knows no business noun; docs/desk-rows.md tells how to add
a kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from vuokra.access.context import Actor
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role

Text = str | Promise
Need = tuple[Group, Level]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work (laji), and who sees its rows.

    `icon` is a Lucide name. An actor sees the kind when he meets every one of `needs` and, where
    `roles` are named, holds one of them. `violet` marks data protection, `weight` the legal effect
    that orders rows of the same deadline: the heavier goes first.
    """

    code: str
    label: Text
    icon: str
    needs: Sequence[Need] = ()
    roles: frozenset[Role] = frozenset()
    weight: int = 0
    violet: bool = False

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor sees rows of this kind."""
        return actor.meets(self.needs) and (not self.roles or bool(self.roles & actor.roles))


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do.

    `kind` is the code of its kind, `key` names the cause and stays the same as long as it lasts (a
    row id, never a value). `task` and `facts` are sentences on the screen and name nobody: with a
    `person_id` the desk itself writes the name and customer number beside the facts, or «1 asiakas»
    when the person or the row is `protected` (turvakielto). `due` is the deadline: a day, a moment
    when the clock matters, or None. `action` is the verb on the button, `url` where it leads. A
    `statutory` deadline cannot be put off. `since` is the day from which the age runs, `owner` the
    user id of whoever answers for it, when the state tells that. With `post` the button does the
    thing at once, by POST to `url`, and `open_url` is the page that tells more. A row that is
    `soon` stands in sight though its deadline is after this week: it must be begun, or is near.
    """

    kind: str
    key: str
    task: Text
    facts: Text
    due: date | datetime | None
    action: Text
    url: str
    person_id: int | None = None
    statutory: bool = False
    protected: bool = False
    since: date | None = None
    owner: int | None = None
    post: bool = False
    open_url: str = ""
    soon: bool = False


Source = Callable[[Actor, date], Iterable[Row]]
"""The rows of a kind for an actor on a day: a fixed number of statements, however many rows."""


class DuplicateKind(RuntimeError):
    """Two rooms registered the same kind."""


_sources: dict[str, tuple[Kind, Source]] = {}


def register(kind: Kind, rows: Source) -> None:
    """Add a kind of work and what finds its rows. Raises DuplicateKind when it is there already."""
    if kind.code in _sources:
        raise DuplicateKind(kind.code)
    _sources[kind.code] = (kind, rows)


def kinds(actor: Actor) -> list[Kind]:
    """The kinds that the actor sees, the one of most legal effect first."""
    seen = [kind for kind, _source in _sources.values() if kind.open_to(actor)]
    return sorted(seen, key=lambda kind: (-kind.weight, kind.code))


def rows_for(actor: Actor, today: date, only: str = "") -> list[tuple[Kind, Row]]:
    """Every row of the kinds that the actor sees, in no order; of one kind when `only` names it."""
    return [
        (kind, row)
        for kind, source in _sources.values()
        if kind.open_to(actor) and only in ("", kind.code)
        for row in source(actor, today)
    ]
