"""What a visit of the walk is: one request at an address, and what those who may make it get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

DAY = "1.10.2026"


@dataclass(frozen=True)
class Visit:
    """One request, and what those who may make it get."""

    status: int = 200
    data: Mapping[str, str] | None = None  # posted; None is a GET
    query: str = ""
    anonymous: int | None = None  # of a public page, where it differs for one not signed in
    needs: Sequence[tuple[Group, Level]] = ()  # more than the view demands of everybody
    lacking: int = 403  # what those get who have not got that
    also: frozenset[Group] = frozenset()  # seen here past the table of rights …
    why: str = ""  # … for this reason
    htmx: bool = False


@dataclass(frozen=True)
class Page:
    """An address and its visits. `path` is given where no name leads to it."""

    visits: Sequence[Visit] = (Visit(),)
    kwargs: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    about: str = "person"  # whose page it is, by the owner of the canaries
    others: bool = False  # about one person, yet tells of those who live with them


def get(status: int = 200, **options: object) -> Visit:
    return Visit(status, **options)  # type: ignore[arg-type]


def post(status: int = 302, data: Mapping[str, str] | None = None, **options: object) -> Visit:
    return Visit(status, data or {}, **options)  # type: ignore[arg-type]
