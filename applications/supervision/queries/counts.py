"""The report of an ended period: counts of the whole company or of one site, of which none tells of
few, nor lets few be worked out from another. Each function runs a fixed number of statements.

Counts are those of the last day of the period: what came later changes no report, and two of the
same period are not subtracted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from applications.supervision.models import Extract
from applications.supervision.queries.log import Choice, choices_of, decisions_of
from applications.supervision.rule_rows import REPORT_PERIOD
from applications.supervision.rules.periods import Period, Step, ended
from applications.supervision.rules.small import Grid, Told, told_together
from leases.homes.models import Funding
from registry.disclosures.rule_rows import SINCE, SMALLEST_GROUP
from vuokra.access.stated import unattributed
from vuokra.rules.queries import rule

LARGEST: Final = 6
"""Households of this size and larger are counted together."""

WHOLE: Final = 0
"""Stands for the site where all are asked for; no site has this number."""

_SITE: Final = "flat__stair__building__site"

Value = tuple[int, str]
"""The site where something is counted, and the label that it is counted by."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in a table: its title, its labels in their order, and one of them for each
    that is counted, with its site."""

    title: str
    labels: tuple[str, ...]
    values: Sequence[Value]

    def grid(self, *places: int) -> Grid:
        """How many there are of each label by site; `places` stand in it whatever there is."""
        counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for place, label in self.values:
            counts[place][label] += 1
        found = {*counts, *places}
        return {place: [counts[place][label] for label in self.labels] for place in sorted(found)}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the report: what was counted, by what, and what of it may be told."""

    title: str
    labels: tuple[str, ...]
    told: Told

    @property
    def rows(self) -> list[tuple[str, int | None]]:
        """Each label with its count, None for one that is too small to be told."""
        return list(zip(self.labels, self.told.counts, strict=True))


def periods(today: date) -> list[Period]:
    """The periods that a report can be asked for, the latest first: those that are over, since the
    first choice; one statement beside those of rules. Raises RuleMissing."""
    with unattributed("the day of the first choice, from which reports are made"):
        first: date | None = Decision.objects.aggregate(first=Min("on"))["first"]
    year = first.year if first else today.year
    found = ended(year, today, _step_of)
    return [one for one in found if one.last >= SINCE]  # before it no smallest group is known


def _step_of(year: int) -> Step:
    return Step(rule(REPORT_PERIOD, date(year, 1, 1)).text)


def is_reported(period: Extract, today: date) -> bool:
    """Whether a report of these days can be asked for."""
    return any((one.first, one.last) == (period.first, period.last) for one in periods(today))


def report(period: Extract) -> list[Table]:
    """The report of a period (valvontaraportti), of all sites or of one, small numbers hidden by
    the company's rule `disclosures.smallest_group` as it was on its last day; three statements
    beside those of rules. Raises RuleMissing."""
    smallest = rule(SMALLEST_GROUP, period.last).integer
    place = period.site_id or WHOLE
    return [
        table
        for group in _counted(Extract(first=period.first, last=period.last))
        for table in _tables(group, place, smallest)
    ]


def _tables(group: Sequence[Counted], place: int, smallest: int) -> Iterator[Table]:
    """Tables that count the same, each by another thing, as they may be told."""
    together = told_together([one.grid(place) for one in group], smallest)
    for one, own in zip(group, together, strict=True):
        yield Table(one.title, one.labels, own.places[place] if place else own.whole)


def _counted(period: Extract) -> Iterator[list[Counted]]:
    """What is counted; what stands together counts the same."""
    chosen = choices_of(decisions_of(period).annotate(at_site=F(f"round__{_SITE}")))
    yield [*_of_households(chosen), *_of_grounds(chosen)]
    yield [_skipped(period)]
    yield [_offered(period)]


def _of_households(chosen: Sequence[Choice]) -> Iterator[Counted]:
    """For whom and into what was chosen."""
    yield _by(
        _("Valinnat rahoitusmuodon mukaan"),
        [str(label) for label in Funding.labels],
        ((one, one.funding) for one in chosen),
    )
    yield _by(
        _("Valinnat kiireellisyysluokan mukaan"),
        [*(_class(one) for one in URGENCIES), _class(None)],
        ((one, _class(one.household["urgency"])) for one in chosen),
    )
    yield _by(
        _("Valinnat ruokakunnan koon mukaan"),
        [_size(one) for one in range(1, LARGEST + 1)],
        ((one, _size(one.household["persons"])) for one in chosen),
    )


def _of_grounds(chosen: Sequence[Choice]) -> Iterator[Counted]:
    """By which exception, and whether in the order."""
    none = _("Ei poikkeamista")
    exceptions = {code: f"{code} {label}" for code, label in Deviation.choices}
    yield _by(
        _("Valinnat poikkeamisen perusteen mukaan"),
        [none, *exceptions.values()],
        ((one, exceptions.get(one.decision.deviation, none)) for one in chosen),
    )
    first = _("Järjestyksen ensimmäinen")
    orders = {code: str(label) for code, label in OutOfOrder.choices}
    yield _by(
        _("Valinnat järjestyksen mukaan"),
        [first, *orders.values()],
        ((one, orders.get(one.decision.out_of_order, first)) for one in chosen),
    )


def _by(title: str, labels: Sequence[str], chosen: Iterable[tuple[Choice, str]]) -> Counted:
    values = [(_place(one.decision), label) for one, label in chosen]
    known = dict.fromkeys([*labels, *(label for _site, label in values)])
    return Counted(title, tuple(known), values)


def _place(decision: Any) -> int:
    found: int = decision.at_site  # annotated
    return found


def _skipped(period: Extract) -> Counted:
    """Who was passed over in the period and not taken back in it."""
    begun, over = _moment(period.first), _moment(period.last + timedelta(days=1))
    rows = Skip.objects.filter(
        Q(taken_back_at=None) | Q(taken_back_at__gte=over), made_at__gte=begun, made_at__lt=over
    ).annotate(at_site=F(f"round__{_SITE}"))
    labels = _labels(SkipReason.choices)
    found = rows.order_by().values_list("pk", "at_site", "reason")
    values = [(place, labels[reason]) for _pk, place, reason in found]
    return Counted(_("Ohitukset perusteen mukaan"), tuple(labels.values()), values)


def _offered(period: Extract) -> Counted:
    """What was offered in the period, and what had been answered on its last day."""
    rows = Offer.objects.filter(offered_on__range=(period.first, period.last))
    found = rows.annotate(at_site=F(f"round__{_SITE}")).order_by()
    labels = _labels(OfferState.choices)
    values = [
        (place, labels[OfferState.OPEN if on is None or on > period.last else state])
        for _pk, place, state, on in found.values_list("pk", "at_site", "state", "answered_on")
    ]
    return Counted(_("Tarjoukset vastauksen mukaan"), tuple(labels.values()), values)


def _moment(day: date) -> datetime:
    """When a day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _labels(choices: Iterable[tuple[str, Any]]) -> Mapping[str, str]:
    return {code: str(label) for code, label in choices}


def _class(urgency: int | None) -> str:
    return _("Ei luokkaa") if urgency is None else _("Luokka %(number)s") % {"number": urgency}


def _size(persons: int) -> str:
    if persons >= LARGEST:
        return _("%(number)s henkilöä tai enemmän") % {"number": LARGEST}
    return ngettext("%(number)s henkilö", "%(number)s henkilöä", persons) % {"number": persons}
