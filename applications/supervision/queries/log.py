"""The selection log: what was chosen, by whom and by what. Each function runs a fixed number of
statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform

from applications.intake.models import Member
from applications.intake.queries.listing import of_nobody_restricted
from applications.selection.models import Decision
from applications.selection.queries.frozen import FrozenHousehold
from applications.supervision.models import Extract
from leases.homes.models import Funding
from registry.persons.models import Person
from registry.persons.queries import may_be_told
from registry.persons.queries.lists import BoundedPaginator
from vuokra.access.context import current

PAGE: Final = 50

Place = tuple[date, int]
"""Behind which row of the log a batch begins: the day and the key of its choice."""

_PROTECTED: Final = Exists(
    Member.objects.filter(application=OuterRef("application"), person__protected=True)
)
"""Somebody of the household that was chosen is under turvakielto."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of the selection log (asukasvalintaluettelon rivi): what was chosen by, of nobody.

    `hidden`: somebody under turvakielto was chosen, and the flat is not told (7.3).
    """

    decision: Decision
    hidden: bool

    @property
    def funding(self) -> str:
        """By what money the flat was built."""
        return str(Funding(self.flat["funding"]).label)

    @property
    def flat(self) -> Mapping[str, Any]:
        """What the flat asked, as it was decided from."""
        found: Mapping[str, Any] = self.decision.flat_facts  # type: ignore[attr-defined]  # annotated
        return found

    @property
    def household(self) -> Mapping[str, Any]:
        """What the chosen household came to, as it was compared."""
        found: Mapping[str, Any] = self.decision.household  # type: ignore[attr-defined]  # annotated
        return found

    @property
    def codes(self) -> str:
        """Urgency class and situations as codes: no health in words."""
        urgency = self.household["urgency"]
        return " ".join(filter(None, [str(urgency or ""), *self.household["situations"]]))

    def euros(self, name: str) -> Decimal | None:
        """A sum of the household."""
        found = self.household[name]
        return None if found is None else Decimal(found)

    @property
    def income(self) -> Decimal | None:
        """Counted income, euros a month."""
        return self.euros("income")

    @property
    def limit(self) -> Decimal | None:
        """The largest income, euros a month; None where none is asked."""
        return self.euros("limit")

    @property
    def wealth(self) -> Decimal | None:
        """Counted wealth, euros."""
        return self.euros("wealth")

    @property
    def wealth_limit(self) -> Decimal | None:
        """The municipality's limit, euros; None where none is asked."""
        return self.euros("wealth_limit")


def decisions_of(period: Extract) -> QuerySet[Decision]:
    """Decisions of a period."""
    found = Decision.objects.filter(on__range=(period.first, period.last))
    if period.site_id is not None:
        found = found.filter(round__flat__stair__building__site=period.site_id)
    return found


def told_of(period: Extract, today: date) -> QuerySet[Decision]:
    """Choices of a period that its log tells of: none of those whose processing is restricted
    (A35), and by site none of protected people, since the site would tell where they live (7.3)."""
    chosen = decisions_of(period).filter(of_nobody_restricted(today))
    return chosen if period.site_id is None else chosen.filter(~_PROTECTED)


def choices_of(decisions: QuerySet[Decision]) -> list[Choice]:
    """Choices with what was chosen by; one statement."""
    return _rows(_with_household(decisions))


def _with_household(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    return decisions.defer("snapshot").annotate(
        household=FrozenHousehold(F("snapshot"), F("chosen")),
        flat_facts=KeyTransform("flat", "snapshot"), hidden=_PROTECTED,
    )  # fmt: skip


def _listed(period: Extract, today: date) -> QuerySet[Decision]:
    """The log as the user may see it: without households closed to him (A2), and without protected
    ones when he may not know of a turvakielto."""
    members = Member.objects.filter(application=OuterRef("application"))
    chosen = told_of(period, today).filter(may_be_told(members, today))
    return _with_household(chosen).select_related("round__flat").order_by("on", "pk")


def log_page(period: Extract, number: int, today: date) -> Page[Choice]:
    """A page of 50 of the selection log, the oldest first; two statements. A page beyond the last
    gives the last."""
    paginator = BoundedPaginator(_listed(period, today), PAGE)
    found = paginator.get_page(number)
    return Page(_rows(found.object_list), found.number, paginator)


def log_batch(
    period: Extract, place: Place | None, size: int, today: date
) -> tuple[list[Choice], Place | None]:
    """Rows of the selection log as the page lists them, and where the next batch begins, None after
    the last; one statement. `place` is where this one begins."""
    listed = _listed(period, today)
    if place is not None:
        on, pk = place
        listed = listed.filter(Q(on__gt=on) | Q(on=on, pk__gt=pk))
    found = list(listed[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return _rows(found[:size]), None if last is None else (last.on, last.pk)


def protected_in(period: Extract, today: date) -> list[Person]:
    """Who is under turvakielto of those whose choice the log tells the user of; one statement."""
    listed = _listed(period, today).order_by().values("pk")
    members = Member.objects.filter(application__decisions__in=listed)
    found = Person.objects.filter(protected=True, pk__in=members.values("person"))
    return list(found.order_by("pk"))


def is_closed_to_user(period: Extract, today: date) -> bool:
    """Whether the paper of a period would tell of a choice that the page does not tell the user of;
    one statement. He could not open it."""
    listed = _listed(period, today).order_by().values("pk")
    return told_of(period, today).exclude(pk__in=listed).exists()


def left_out(period: Extract, today: date) -> int:
    """How many choices of a period are not told of as their processing is restricted; one
    statement. The event counts them."""
    count = decisions_of(period).exclude(of_nobody_restricted(today)).count()
    if count:
        current().note("restricted", str(count))
    return count


def whole_log(period: Extract, today: date) -> list[Choice]:
    """What the paper of a period tells; one statement. The flat of protected people is not told in
    it."""
    chosen = _with_household(told_of(period, today)).select_related("round__flat")
    return _rows(chosen.order_by("on", "pk"))


def _rows(decisions: Iterable[Any]) -> list[Choice]:
    return [Choice(one, one.hidden) for one in decisions]
