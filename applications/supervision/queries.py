"""What the supervisor is told of resident selection. Each function runs a fixed number of
statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.intake.models import Application, Member
from applications.selection.models import (
    Decision,
    Offer,
    OfferState,
    OutOfOrder,
    Skip,
    SkipReason,
)
from applications.selection.queries.frozen import FrozenHousehold
from applications.selection.rule_rows import URGENCIES
from applications.selection.rules.exceptions import Deviation
from applications.supervision.models import Complaint, Extract
from applications.supervision.rules import Told, told
from leases.homes.models import Funding
from registry.disclosures.rule_rows import SMALLEST_GROUP
from registry.persons.queries import may_be_told
from registry.persons.queries.lists import BoundedPaginator
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.rules.queries import rule

PAGE: Final = 50
LARGEST: Final = 6
"""Households of this size and larger are counted together."""

Counted = tuple[str, dict[str, int]]
"""The title of a table of the report, and how many there are by each of its labels."""

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
        return str(Funding(self._flat["funding"]).label)

    @property
    def _flat(self) -> Mapping[str, Any]:
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


def _with_household(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    return decisions.defer("snapshot").annotate(
        household=FrozenHousehold(F("snapshot"), F("chosen")),
        flat_facts=KeyTransform("flat", "snapshot"), hidden=_PROTECTED,
    )  # fmt: skip


def _listed(period: Extract, today: date) -> QuerySet[Decision]:
    """The log as the user may see it: without households closed to him (A2), and without protected
    ones when he may not know of a turvakielto. Nobody is told of them by site: the site would tell
    where they live (7.3)."""
    members = Member.objects.filter(application=OuterRef("application"))
    told_of = decisions_of(period).filter(may_be_told(members, today))
    if period.site_id is not None:
        told_of = told_of.filter(~_PROTECTED)
    return _with_household(told_of).select_related("round__flat").order_by("on", "pk")


def log_page(period: Extract, number: int, today: date) -> Page[Choice]:
    """A page of 50 of the selection log, the oldest first; two statements. A page beyond the last
    gives the last."""
    paginator = BoundedPaginator(_listed(period, today), PAGE)
    found = paginator.get_page(number)
    return Page(_rows(found.object_list), found.number, paginator)


def whole_log(period: Extract) -> list[Choice]:
    """Every choice of a period, for its paper; one statement. The flat of protected people is not
    told in it."""
    chosen = _with_household(decisions_of(period)).select_related("round__flat")
    return _rows(chosen.order_by("on", "pk"))


def _rows(decisions: Iterable[Any]) -> list[Choice]:
    return [Choice(one, one.hidden) for one in decisions]


# -- the report --------------------------------------------------------------------------------


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


def report(period: Extract, today: date) -> list[Table]:
    """The report of a period (valvontaraportti), small numbers hidden by the company's rule
    `disclosures.smallest_group`; three statements. Raises RuleMissing."""
    smallest = rule(SMALLEST_GROUP, today).integer
    return [
        Table(title, tuple(counts), told(list(counts.values()), smallest))
        for title, counts in _counted(period)
    ]


def _counted(period: Extract) -> Iterator[Counted]:
    chosen = _rows(_with_household(decisions_of(period)))
    yield from _of_households(chosen)
    yield from _of_grounds(chosen)
    skips = Skip.objects.filter(taken_back_at=None, round__in=decisions_of(period).values("round"))
    yield _("Ohitukset perusteen mukaan"), _grouped(skips, "reason", SkipReason.choices)
    offers = Offer.objects.filter(decision__in=decisions_of(period))
    yield _("Tarjoukset vastauksen mukaan"), _grouped(offers, "state", OfferState.choices)


def _of_households(chosen: Sequence[Choice]) -> Iterator[Counted]:
    """For whom and into what was chosen."""
    yield (
        _("Valinnat rahoitusmuodon mukaan"),
        _by((one.funding for one in chosen), [str(label) for label in Funding.labels]),
    )
    yield (
        _("Valinnat kiireellisyysluokan mukaan"),
        _by(
            (_class(one.household["urgency"]) for one in chosen),
            [*(_class(one) for one in URGENCIES), _class(None)],
        ),
    )
    yield (
        _("Valinnat ruokakunnan koon mukaan"),
        _by(
            (_size(one.household["persons"]) for one in chosen),
            [_size(one) for one in range(1, LARGEST + 1)],
        ),
    )


def _of_grounds(chosen: Sequence[Choice]) -> Iterator[Counted]:
    """By which exception, and whether in the order."""
    none = _("Ei poikkeamista")
    exceptions = {code: f"{code} {label}" for code, label in Deviation.choices}
    yield (
        _("Valinnat poikkeamisen perusteen mukaan"),
        _by(
            (exceptions.get(one.decision.deviation, none) for one in chosen),
            [none, *exceptions.values()],
        ),
    )
    first = _("Järjestyksen ensimmäinen")
    orders = {code: str(label) for code, label in OutOfOrder.choices}
    yield (
        _("Valinnat järjestyksen mukaan"),
        _by(
            (orders.get(one.decision.out_of_order, first) for one in chosen),
            [first, *orders.values()],
        ),
    )


def _by(values: Iterable[str], labels: Iterable[str]) -> dict[str, int]:
    counted = Counter(values)
    return {label: counted[label] for label in labels}


def _grouped(rows: QuerySet[Any], name: str, choices: Iterable[tuple[str, Any]]) -> dict[str, int]:
    counted = Counter(code for _pk, code in rows.order_by().values_list("pk", name))
    return {str(label): counted[code] for code, label in choices}


def _class(urgency: int | None) -> str:
    return _("Ei luokkaa") if urgency is None else _("Luokka %(number)s") % {"number": urgency}


def _size(persons: int) -> str:
    if persons >= LARGEST:
        return _("%(number)s henkilöä tai enemmän") % {"number": LARGEST}
    return ngettext("%(number)s henkilö", "%(number)s henkilöä", persons) % {"number": persons}


# -- complaints --------------------------------------------------------------------------------


def _may_know(today: date) -> QuerySet[Complaint]:
    """Complaints of nobody whose record is closed to the user, nor of protected people when he may
    not know of a turvakielto."""
    of = Q(application=OuterRef("application")) | Q(application=OuterRef("decision__application"))
    members = Member.objects.filter(of)
    return Complaint.objects.filter(may_be_told(members, today)).select_related(
        "decision__round__flat", "application"
    )


def complaints(page: int, today: date) -> Page[Complaint]:
    """A page of 50 complaints: open ones by their day, then the closed; two statements."""
    ordered = _may_know(today).order_by(F("outcome_on").desc(nulls_first=True), "answer_by", "pk")
    paginator = BoundedPaginator(ordered, PAGE)
    found = paginator.get_page(page)
    return Page(list(found.object_list), found.number, paginator)


def complaint_by(uuid: UUID, today: date) -> Complaint:
    """A complaint of an address. Raises ObjectDenied, also where it may not be told of."""
    found = _may_know(today).filter(uuid=uuid).first()
    if found is None:
        raise ObjectDenied(Complaint._meta.db_table)
    return found


def recorded_of_form(form: UUID, today: date) -> Complaint | None:
    """The complaint that the acting user has recorded with this form already."""
    recorded_by = current().actor.user_id
    return _may_know(today).filter(uuid=form, recorded_by=recorded_by).first()


def unanswered(today: date) -> list[Complaint]:
    """Complaints whose explanation is still to be given."""
    return list(_may_know(today).filter(answered_on=None, outcome="").order_by("answer_by", "pk"))


def complaints_of(today: date, **about: Decision | Application) -> list[Complaint]:
    """Complaints about a choice (`decision`) or of an applicant (`application`)."""
    return list(_may_know(today).filter(**about).order_by("pk"))
