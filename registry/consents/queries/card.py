"""One person's consents and objections: how they stand, and every decision that led there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.consents import rules
from registry.consents.codes import (
    BY_CODE,
    CELLS,
    MARKETING_CHANNELS,
    Cell,
    Kind,
    Use,
)
from registry.consents.models import ConsentText, Decision
from registry.consents.rules import NOTHING, Stand, Standing
from registry.persons.models import Person
from registry.persons.queries import read_once
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.queries.standing import refuse_if_tied
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.db.prepared import prepared
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TABLE = "registry_consents_decision"
seldom(Decision)


class Chip(NamedTuple):
    """A standing in a word, with its icon and kind (components/chip.html)."""

    word: StrOrPromise
    icon: str
    kind: str


CHIPS: Final = {
    "allowed": Chip(_("Sallittu"), "check", "ok"),
    "permitted": Chip(_("Sallittu"), "check", "ok"),
    "forbidden": Chip(_("Kielletty"), "bell-off", "bad"),
    "no_consent": Chip(_("Ei suostumusta"), "x", ""),
    "withdrawn": Chip(_("Peruutettu"), "x", ""),
    "expired": Chip(_("Vanhentunut"), "clock", "warn"),
    "partly": Chip(_("Osin sallittu"), "check", "ok"),
    "partly_forbidden": Chip(_("Osin kielletty"), "bell-off", "bad"),
}


@dataclass(frozen=True, slots=True)
class CellState:
    """How a person stands to one use by one channel, as the screen shows it. It is `covered`
    when an objection to something else forbids it too (S9-07)."""

    cell: Cell
    stand: Stand
    covered: bool = False

    @property
    def decision(self) -> Decision | None:
        """The decision that holds, or None."""
        if self.covered and not self.forbidden:
            return None
        found = self.stand.decision
        return found if isinstance(found, Decision) else None

    @property
    def standing(self) -> str:
        """NONE is told apart by what the law says without a decision: allowed, or not."""
        if self.covered:
            return "forbidden"
        if self.stand.standing is Standing.NONE:
            return "no_consent" if rules.needs_consent(self.cell) else "allowed"
        return str(self.stand.standing.value)

    @property
    def chip(self) -> Chip:
        return CHIPS[self.standing]

    @property
    def forbidden(self) -> bool:
        return self.stand.standing is Standing.FORBIDDEN

    @property
    def permitted(self) -> bool:
        return self.stand.standing is Standing.PERMITTED


@dataclass(frozen=True, slots=True)
class UseState:
    """How a person stands to one use: its channels."""

    use: Use
    cells: list[CellState]

    @property
    def forbidden(self) -> int:
        """By how many channels it is forbidden."""
        return sum(one.standing == "forbidden" for one in self.cells)

    @property
    def standing(self) -> str:
        """In one word: that of all channels, or `partly` when they differ."""
        found = {one.standing for one in self.cells}
        if self.forbidden and len(found) > 1:
            return "partly_forbidden"
        return found.pop() if len(found) == 1 else "partly"

    @property
    def chip(self) -> Chip:
        return CHIPS[self.standing]

    @property
    def since(self) -> date | None:
        """The day of the latest decision that holds."""
        days = [one.decision.decided_on for one in self.cells if one.decision]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the history: the decision, who recorded it, and whether it was corrected since."""

    decision: Decision
    who: str
    mistaken: bool

    @property
    def may_correct(self) -> bool:
        """Whether the signed-in user may say that it was a mistake."""
        if self.mistaken or self.decision.kind == Kind.CORRECTION:
            return False
        need = Group.RIGHTS if self.decision.kind == Kind.PROHIBITION else Group.CONSENT
        return current().actor.level(need) >= Level.WRITE


def decisions_of(person: Person) -> list[Decision]:
    """Every decision of a person, the newest first; one statement, none when asked again."""
    if known_empty(person, Decision):
        return []
    return read_once(person, "consents", lambda: _decisions(person.pk))


@prepared
def _decisions(person_id: int) -> QuerySet[Decision]:
    return Decision.objects.filter(person_id=person_id).select_related("text", "notice")


def stands_of(person: Person, *, today: date) -> dict[Cell, Stand]:
    """How a person stands to everything that can be decided of; one statement, always read anew."""
    return _stands(list(Decision.objects.filter(person=person)), today)


def _stands(decisions: list[Decision], today: date) -> dict[Cell, Stand]:
    said: dict[Cell, list[Decision]] = defaultdict(list)
    for row in decisions:
        said[row.cell].append(row)
    return {cell: rules.stand(said[cell], today) if cell in said else NOTHING for cell in CELLS}


def overview(person: Person, *, today: date) -> list[UseState]:
    """The uses in the order of the screen, by channel; no statement past `decisions_of`."""
    stands = _stands(decisions_of(person), today)
    return [
        UseState(use, [CellState(cell, stands[cell], _covered(cell, stands)) for cell in cells])
        for use, cells in groupby(CELLS, key=lambda cell: cell.use)
    ]


def _covered(cell: Cell, stands: dict[Cell, Stand]) -> bool:
    """Whether an objection to another cell forbids this one."""
    others = (one for one in rules.also_forbidding(cell) if one != cell)
    return any(stands[one].standing is Standing.FORBIDDEN for one in others)


def history(person: Person) -> list[Line]:
    """Every decision with who recorded it; one statement past `decisions_of`."""
    rows = decisions_of(person)
    names = staff_names({row.recorded_by_id for row in rows if row.recorded_by_id})
    mistaken = {row.corrects_id for row in rows}
    return [Line(row, names.get(row.recorded_by_id or 0, ""), row.pk in mistaken) for row in rows]


def marketing_forbidden(person: Person, *, today: date) -> str:
    """`all` when the company's own marketing is forbidden by every channel, `some`, or empty."""
    own = next(one for one in overview(person, today=today) if one.use == Use.MARKETING)
    if not own.forbidden:
        return ""
    return "all" if own.forbidden == len(MARKETING_CHANNELS) else "some"


def decision_of(person: Person, pk: int) -> Decision:
    """A decision of this person. Raises ObjectDenied for another's or none (DP-A4)."""
    found = Decision.objects.filter(person=person, pk=pk).first()
    if found is None:
        raise ObjectDenied(TABLE, pk)
    return found


def objector(number: int) -> Person | None:
    """The person of a customer number, with nothing read but keys, for a role that records
    objections and opens no records; None when there is none.

    Raises TiedDenied as the card does (A2).
    """
    found = Person.with_merged.filter(customer_number=number).only("merged_into").first()
    while found is not None and found.merged_into_id is not None:
        found = Person.with_merged.filter(pk=found.merged_into_id).only("merged_into").first()
    if found is not None:
        refuse_if_tied(found)
    return found


def cell_by_code(code: str) -> Cell:
    """The cell of a code that was sent. Raises ObjectDenied when there is none."""
    if code not in BY_CODE:
        raise ObjectDenied(TABLE)
    return BY_CODE[code]


def texts_in_force(today: date) -> list[ConsentText]:
    """The texts by which consent is asked today, the newest version of each use; one statement."""
    rows = ConsentText.objects.filter(valid_from__lte=today)
    return [next(versions) for _key, versions in groupby(rows, key=lambda text: text.use)]


def days_of(person: Person) -> Iterator[tuple[date, Kind, list[Decision]]]:
    """Decisions of one day, kind and manner together, for events; corrected ones aside."""
    rows = decisions_of(person)
    mistaken = {row.corrects_id for row in rows}
    shown = [row for row in rows if row.pk not in mistaken and row.kind != Kind.CORRECTION]
    shown.sort(key=lambda row: (row.decided_on, row.kind, row.manner), reverse=True)
    for (day, kind, _how), group in groupby(
        shown, key=lambda row: (row.decided_on, row.kind, row.manner)
    ):
        yield day, Kind(kind), list(group)
