"""What can be refused, and why. Texts here name rights and tables, never a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

if TYPE_CHECKING:
    from vuokra.policy.groups import Group
    from vuokra.policy.rights import Level


class NoAccessContext(RuntimeError):
    """Personal data was asked for without an access context."""


class NestedAccess(RuntimeError):
    """A context was opened inside another."""


class AccessViolation(RuntimeError):
    """The code fetched a field group that the actor's roles do not reach."""


class UnattributedRead(RuntimeError):
    """A read cannot be tied to rows and the code stated no reason."""


class UnloggedWrite(RuntimeError):
    """A bulk write on a personal table was tried outside `bulk_write(reason)`."""


class RawSqlRefused(RuntimeError):
    """Raw SQL was tried outside `raw_sql(reason)`."""


class FunctionDenied(PermissionDenied):
    """The user lacks the right to a function: the page says which right and who has it."""

    def __init__(self, group: Group, level: Level) -> None:
        super().__init__(f"{group.value}:{level.name}")
        self.group = group
        self.level = level


class CaseDemanded(PermissionDenied):
    """The field group is handled for a case alone, and no case was named (A47)."""

    def __init__(self, group: Group) -> None:
        super().__init__(f"{group.value}:case")
        self.group = group


class PurposeDenied(PermissionDenied):
    """None of the user's roles may state a purpose that the function serves."""


class ObjectDenied(Http404):
    """The user may not see this object: the page is the same as for one that does not exist."""

    def __init__(self, table: str, row_id: int | str | None = None) -> None:
        super().__init__("denied")
        self.table = table
        self.row_id = row_id


class ReadOnlyDenied(PermissionDenied):
    """What was opened past the usual rights may only be read."""

    def __init__(self) -> None:
        super().__init__("read only")


class ReasonDemanded(PermissionDenied):
    """The object opens for a stated reason only; `way` is the page that asks for it."""

    def __init__(self, way: str) -> None:
        super().__init__("reason")
        self.way = way


class TiedDenied(PermissionDenied):
    """The object concerns the user, or somebody close: a page of its own says so, and no more.

    `way` is the address where it can be opened for an emergency, if it can.
    """

    def __init__(self, way: str = "") -> None:
        super().__init__("tied")
        self.way = way


class NeighbourAsked(PermissionDenied):
    """The person lives in the user's street: a purpose must be stated first (A1), at `way`."""

    def __init__(self, way: str) -> None:
        super().__init__("neighbour")
        self.way = way
