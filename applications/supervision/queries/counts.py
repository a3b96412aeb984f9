"""What is counted of a period: the whole company and every site, of which nothing tells of few, nor
lets few be worked out from another. A fixed number of statements.

Counts are those of the last day of the period, as far as they are recorded when they are made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import F, Min, Q
from django.utils import timezone

from applications.intake.queries.listing import of_nobody_restricted
from applications.selection.models import (
    Decision,
    Offer,
    OfferState,
    OutOfOrder,
    Skip,
    SkipReason,
)
from applications.selection.rule_rows import URGENCIES
from applications.selection.rules.exceptions import Deviation
from applications.supervision.models import Extract, Report
from applications.supervision.queries.log import Choice, choices_of, decisions_of
from applications.supervision.rule_rows import REPORT_PERIOD
from applications.supervision.rules.periods import Period, Step, ended
from applications.supervision.rules.small import Grid, Told, told_together
from applications.supervision.words import LARGEST, NONE, Kind
from leases.homes.models import Funding, Site
from registry.disclosures.rule_rows import SINCE, SMALLEST_GROUP
from vuokra.access.stated import unattributed
from vuokra.rules.queries import rule

_SITE: Final = "flat__stair__building__site"

Value = tuple[int, str]
"""The site where something is counted, and the code that it is counted by."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in a table: its kind, its codes in their order, and one of them for each that
    is counted, with its site."""

    kind: Kind
    codes: tuple[str, ...]
    values: Sequence[Value]

    def grid(self, places: Iterable[int]) -> Grid:
        """How many there are of each code by site; `places` stand in it whatever there is."""
        counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for place, code in self.values:
            counts[place][code] += 1
        found = {*counts, *places}
        return {place: [counts[place][code] for code in self.codes] for place in sorted(found)}


def due(today: date) -> list[Period]:
    """The periods that are over, since the first choice, and of which there is no report yet, the
    latest first; two statements beside those of rules. One that shares a day with a report that was
    made gets none: what the two tell could be subtracted. Raises RuleMissing."""
    with unattributed("the day of the first choice, from which reports are made"):
        first: date | None = Decision.objects.aggregate(first=Min("on"))["first"]
    year = first.year if first else today.year
    made = list(Report.objects.values_list("first", "last"))
    return [
        one for one in ended(year, today, _step_of)
        if one.last >= SINCE  # before it no smallest group is known
        and not any(begins <= one.last and one.first <= ends for begins, ends in made)
    ]  # fmt: skip


def _step_of(year: int) -> Step:
    return Step(rule(REPORT_PERIOD, date(year, 1, 1)).text)


def counted(first: date, last: date, today: date) -> list[Json]:
    """What may be told of a period, as `models.Report.told` keeps it: small numbers are hidden by
    the company's rule `disclosures.smallest_group` as it was on the last day, and who is restricted
    is not counted (A35). Four statements beside those of rules. Raises RuleMissing."""
    smallest = rule(SMALLEST_GROUP, last).integer
    # a table without a place is none: the company has one, if it has no site yet
    places = list(Site.objects.order_by().values_list("pk", flat=True)) or [0]
    return [
        table
        for group in _counted(Extract(first=first, last=last), of_nobody_restricted(today))
        for table in _tables(group, places, smallest)
    ]


def _tables(group: Sequence[Counted], places: Sequence[int], smallest: int) -> Iterator[Json]:
    """Tables that count the same, each by another thing, as they may be told."""
    together = told_together([one.grid(places) for one in group], smallest)
    for one, own in zip(group, together, strict=True):
        yield {
            "kind": one.kind, "codes": list(one.codes), "whole": _out(own.whole),
            "places": {str(place): _out(told) for place, told in own.places.items()},
        }  # fmt: skip


def _out(told: Told) -> list[Any]:
    return [list(told.counts), told.total]


def _counted(period: Extract, of: Q) -> Iterator[list[Counted]]:
    """What is counted; what stands together counts the same."""
    decisions = decisions_of(period).filter(of)
    chosen = choices_of(decisions.annotate(at_site=F(f"round__{_SITE}")))
    yield [*_of_households(chosen), *_of_grounds(chosen)]
    yield [_skipped(period, of)]
    yield [_offered(period, of)]


def _of_households(chosen: Sequence[Choice]) -> Iterator[Counted]:
    """For whom and into what was chosen."""
    yield _by(Kind.FUNDING, Funding.values, ((one, one.flat["funding"]) for one in chosen))
    yield _by(
        Kind.URGENCY,
        [*map(str, URGENCIES), NONE],
        ((one, str(one.household["urgency"] or NONE)) for one in chosen),
    )
    yield _by(
        Kind.SIZE,
        [str(one) for one in range(1, LARGEST + 1)],
        ((one, str(min(one.household["persons"], LARGEST))) for one in chosen),
    )


def _of_grounds(chosen: Sequence[Choice]) -> Iterator[Counted]:
    """By which exception, and whether in the order."""
    yield _by(
        Kind.DEVIATION,
        [NONE, *Deviation.values],
        ((one, one.decision.deviation) for one in chosen),
    )
    yield _by(
        Kind.ORDER,
        [NONE, *OutOfOrder.values],
        ((one, one.decision.out_of_order) for one in chosen),
    )


def _by(kind: Kind, codes: Sequence[str], chosen: Iterable[tuple[Choice, str]]) -> Counted:
    return Counted(kind, tuple(codes), [(_place(one.decision), code) for one, code in chosen])


def _place(decision: Any) -> int:
    found: int = decision.at_site  # annotated
    return found


def _skipped(period: Extract, of: Q) -> Counted:
    """Who was passed over in the period and not taken back in it."""
    begun, over = _moment(period.first), _moment(period.last + timedelta(days=1))
    rows = Skip.objects.filter(
        of, Q(taken_back_at=None) | Q(taken_back_at__gte=over), made_at__gte=begun, made_at__lt=over
    ).annotate(at_site=F(f"round__{_SITE}"))
    found = rows.order_by().values_list("pk", "at_site", "reason")
    values = [(place, reason) for _pk, place, reason in found]
    return Counted(Kind.SKIPS, tuple(SkipReason.values), values)


def _offered(period: Extract, of: Q) -> Counted:
    """What was offered in the period, and what had been answered on its last day."""
    rows = Offer.objects.filter(of, offered_on__range=(period.first, period.last))
    found = rows.annotate(at_site=F(f"round__{_SITE}")).order_by()
    values = [
        (place, OfferState.OPEN.value if on is None or on > period.last else state)
        for _pk, place, state, on in found.values_list("pk", "at_site", "state", "answered_on")
    ]
    return Counted(Kind.OFFERS, tuple(OfferState.values), values)


def _moment(day: date) -> datetime:
    """When a day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
