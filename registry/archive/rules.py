"""Rules of the paper archive. No database, no clock: today is a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from vuokra.access.context import Actor
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


@dataclass(frozen=True, slots=True)
class Papers:
    """What holds of papers of a kind: the register items on them, the field group whose readers may
    know of them and take them, and the retention code (section 5.3), which holds for paper too."""

    items: tuple[str, ...]
    group: Group
    retention: str


KINDS: dict[str, Papers] = {
    "application": Papers(("S5-09", "S5-11", "S5-12", "S5-26"), Group.NEED, "R2"),
    "refused_papers": Papers(("S5-13", "S5-16", "S5-17"), Group.ECONOMY, "R3"),
    "chosen_papers": Papers(("S5-13", "S5-16", "S5-17"), Group.ECONOMY, "R4"),
    "lease": Papers(("S5-27", "S5-29", "S5-33"), Group.LEASE, "R6"),
    "letters": Papers(("S5-30", "S5-31"), Group.COMMUNICATION, "R9"),
    "vouchers": Papers(("S5-28",), Group.LEDGER, "R7"),
    "collection": Papers(("S5-20",), Group.COLLECTION, "R8"),
    "guardianship": Papers(("S5-21", "S5-22"), Group.GUARDIANSHIP, "R6"),
    "support": Papers(("S5-38", "S5-39", "S5-40", "S5-42"), Group.SUPPORT, "R10"),
    "consent": Papers(("S5-46", "S5-47"), Group.CONSENT, "R11"),
    "ban": Papers(("S5-48",), Group.PROTECTION, "R12"),
    "request": Papers(("SY-04",), Group.RIGHTS, "R14"),
}
"""By the codes of `models.PaperKind`."""


def kinds_open_to(actor: Actor) -> list[str]:
    """The kinds of paper that the actor may know of: those whose like he may read on the screen
    (S8-03). That there are papers of housing support already tells something."""
    return [code for code, papers in KINDS.items() if actor.level(papers.group) >= Level.READ]


def is_over(keep_until: date | None, today: date) -> bool:
    """Whether the retention has ended. The last day is kept still (section 5.3)."""
    return keep_until is not None and keep_until < today


def to_destroy(
    keep_until: date | None, after_scan: str, today: date, *, scan_is_enough: bool
) -> str:
    """Why papers should be destroyed now: `retention`, `scanned`, or an empty text (A56).

    `scan_is_enough` is the rule of the kind: whether scanned paper may go while its retention
    goes on.
    """
    if is_over(keep_until, today):
        return "retention"
    return "scanned" if after_scan == "destroyed" and scan_is_enough else ""


class Bar(Enum):
    """Why papers may not be destroyed."""

    EARLY = "early"
    NOT_SCANNED = "not_scanned"
    HELD = "held"
    ON_LOAN = "on_loan"
    GONE = "gone"


def bar_to_destruction(
    ground: str,
    *,
    keep_until: date | None,
    after_scan: str,
    held: bool,
    on_loan: bool,
    gone: bool,
    destroyed_on: date,
    scan_is_enough: bool,
) -> Bar | None:
    """Why papers may not be destroyed on a ground and day, or None.

    A legal hold bars it whatever the ground: the scan may be contested (section 5.3). That papers
    were scanned does not end their retention, unless the rule of their kind lets it.
    """
    if gone:
        return Bar.GONE
    if on_loan:
        return Bar.ON_LOAN
    if held:
        return Bar.HELD
    if ground == "scanned" and after_scan != "destroyed":
        return Bar.NOT_SCANNED
    if ground == "scanned" and scan_is_enough:
        return None
    return None if is_over(keep_until, destroyed_on) else Bar.EARLY
