"""Who acts, and what the work is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vuokra.policy import rights
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


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
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

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
            self.memo[group] = known
        return known


@dataclass(frozen=True, slots=True)
class Case:
    """What the work is about (asia): an application, a lease, a request …, by kind and row id."""

    kind: str
    id: int
