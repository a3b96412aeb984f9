"""The order that was decided from, worked out anew from its snapshot (toistettu järjestys).

Each household stands with what was compared then, whatever changed since. As on the page of a
selection, whoever may not be told of keeps a place without anything else (decision 13), and so does
whose processing is restricted (A35). Where the application is not kept any more, its random id
stands in the place of a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q

from applications.intake.queries.listing import ApplicationRow, restricted, told, with_members
from applications.selection import words
from applications.selection.models import Assessment, Compared, Decision
from applications.selection.rules.findings import Outcome
from applications.selection.rules.snapshot import Place
from vuokra.access.context import current

PAGE: Final = 50
ID_LENGTH: Final = 8
"""Characters of a random id that are shown: two of a comparison are hardly ever alike."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A household at its place (sija). `kept` is what was compared, None for one of whom nothing
    may be told; `row` is None for that one, and where the application is not kept any more."""

    place: int
    kept: Mapping[str, Any] | None
    row: ApplicationRow | None
    chosen: str

    @property
    def is_chosen(self) -> bool:
        """Whether it was chosen."""
        return self.kept is not None and self.kept["id"] == self.chosen

    @property
    def id(self) -> str:
        """The random id, as the memorandum prints it."""
        return str(self._of("id"))[:ID_LENGTH]

    @property
    def assessment(self) -> Assessment:
        """What its application came to then, as far as it was compared; not saved anywhere."""
        return Assessment(
            persons=self._of("persons"), urgency=self._of("urgency"),
            situations=self._of("situations"), income_eur=_euros(self._of("income")),
            limit_eur=_euros(self._of("limit")), wealth_eur=_euros(self._of("wealth")),
        )  # fmt: skip

    @property
    def wealth_limit(self) -> Decimal | None:
        """The municipality's limit of wealth, euros; None where none was asked."""
        return _euros(self._of("wealth_limit"))

    @property
    def codes(self) -> str:
        """What decided its need, as codes."""
        return " ".join(self._of("situations"))

    @property
    def ended(self) -> str:
        """How the comparing ended for it."""
        return words.ended(self.kept or {}, self.chosen)

    @property
    def found(self) -> list[str]:
        """What stood in the way, or was let by, in words."""
        return words.found(self.kept or {})

    @property
    def failed(self) -> bool:
        """Whether a test was not met."""
        return any(outcome == Outcome.FAIL for outcome, _reason in self._of("findings").values())

    def _of(self, name: str) -> Any:
        return (self.kept or {})[name]


def replayed_order(
    decision: Decision, places: Sequence[Place], number: int, *, today: date
) -> Page[Stood]:
    """A page of fifty of a replayed order; four statements. A page beyond the last gives the last.
    The event names those shown and counts all."""
    paginator: Paginator[Any] = Paginator(places, PAGE)
    found = paginator.get_page(number)
    shown: list[Place] = list(found.object_list)
    kept = {one["id"]: one for one in decision.snapshot["compared"]}
    ids = {
        str(one.token): one.application_id
        for one in Compared.objects.filter(decision=decision, token__in=[one.id for one in shown])
    }
    shut = restricted(today)  # of them nothing is read in a list (A35)
    open_ = list(told(Q(pk__in=list(ids.values())) & ~shut, today))
    rows = {row.application.pk: row for row in with_members(open_, today)}
    current().note("compared", str(paginator.count))

    def stood(one: Place) -> Stood:
        application = ids.get(one.id)
        row = None if application is None else rows.get(application)
        hidden = application is not None and row is None
        return Stood(one.place, None if hidden else kept[one.id], row, str(decision.chosen))

    return Page([stood(one) for one in shown], found.number, paginator)


def _euros(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
