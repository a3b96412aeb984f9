"""Who acts, and what the work is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


@dataclass(frozen=True, slots=True)
class Opened:
    """One person's record opened past the usual rights for a while (hätäkatselu, data-protection
    10.4): for reading alone, `groups` beyond those of the roles, class D only when `special`."""

    case_id: int
    person: int
    until: datetime
    groups: frozenset[Group]
    special: bool

    def level(self, held: Level, group: Group) -> Level:
        """How much is seen of a field group of which the roles show `held`."""
        if group in SPECIAL_GROUPS:
            return Level.MASKED if self.special else Level.NONE
        return min(Level.READ, max(held, Level.READ if group in self.groups else Level.NONE))


SPECIAL_GROUPS = frozenset({Group.PROTECTED_CONTACT, Group.PROTECTION, Group.SUPPORT, Group.PERMIT})
"""Field groups of class D as a whole: under break-glass they take a second person."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff with the roles valid now, or a named job of the system.

    `memo` keeps what follows from the roles, worked out once: a page asks for the same rights a
    thousand times. An actor lives as long as its request or job.
    """

    key: str
    user_id: int | None = None
    roles: frozenset[str] = frozenset()
    name: str = ""
    everything: bool = False
    opened: Opened | None = None
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def lent(self, opened: Opened) -> Actor:
        """The same user with one person's record opened; nothing kept of the usual rights."""
        return replace(self, opened=opened, memo={})

    @classmethod
    def system(cls, name: str) -> Actor:
        """A job or command of our own; it may read every field group, and is named in the log."""
        return cls(key=f"system:{name}", name=name, everything=True)

    @classmethod
    def anonymous(cls) -> Actor:
        """Nobody yet: before sign-in. May read nothing personal."""
        return cls(key="")

    def level(self, group: Group) -> Level:
        """How much this actor sees of a field group."""
        known: Level | None = self.memo.get(group)
        if known is None:
            known = Level.WRITE if self.everything else rights.level(self.roles, group)
            if self.opened is not None:
                known = self.opened.level(known, group)
            self.memo[group] = known
        return known

    def meets(self, needs: Iterable[tuple[Group, Level]]) -> bool:
        """Whether the actor reaches every one of these levels."""
        return all(self.level(group) >= level for group, level in needs)


@dataclass(frozen=True, slots=True)
class Case:
    """What the work is about (asia): an application, a lease, a request …, by kind and row id."""

    kind: str
    id: int
