"""Every row of a file against the rules, the other rows and the register (koeajo)."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leases.contracts.imports.rows import PEOPLE, ImportedLease, RowReader
from leases.contracts.models import Party
from leases.contracts.rules.persons import Role
from leases.contracts.rules.terms import Because, Kind, Term, nature
from leases.contracts.services.common import let_already, numbers_of, told_numbers
from leases.homes.models import Flat, Occupancy
from registry.persons.models import ExternalId, Mark, MarkKind, Person
from registry.persons.queries import in_force
from registry.persons.queries.standing import told_to_user
from vuokra.db.bulk import batches
from vuokra.imports.columns import Row
from vuokra.imports.registry import Plan, Report, Stage, Tell
from vuokra.rules.rules import DAY

BATCH: Final = 1000


def check(rows: Sequence[Row], report: Report, today: date, tell: Tell) -> Plan[ImportedLease]:
    """The leases that are new, oldest first, and how many the register has already; those are not
    changed. A lease is known by its flat, its first day and its tenant."""
    plan: Plan[ImportedLease] = Plan([])
    found: list[ImportedLease] = []
    for done, batch in enumerate(batches(list(_read(rows, report, today, tell)), BATCH)):
        placed = list(_placed(batch, report, today))
        known = _known(placed)
        new = [one for one in placed if (one.flat_id, one.starts_on, one.tenant_id) not in known]
        found += new
        plan.known += len(placed) - len(new)
        tell(Stage.CHECK, len(rows) + min((done + 1) * BATCH, len(rows)), 2 * len(rows))
    found.sort(key=lambda one: (one.flat_id, one.starts_on))
    _judge_terms(found, report)
    _refuse_overlaps(found, report)
    plan.new = found
    return plan


def _read(rows: Sequence[Row], report: Report, today: date, tell: Tell) -> Iterator[ImportedLease]:
    for done, row in enumerate(rows):
        if done % BATCH == 0:
            tell(Stage.CHECK, done, 2 * len(rows))
        lease = RowReader(row, report, today).lease()
        if lease is not None:
            yield lease


# -- who and where -----------------------------------------------------------------------------


def _placed(batch: Sequence[ImportedLease], report: Report, today: date) -> Iterator[ImportedLease]:
    """Those whose flat and people are in the register; six statements."""
    flats = dict(
        Flat.objects.filter(sort_key__in={one.key for one in batch}).values_list("sort_key", "pk")
    )
    people = _People([typed for one in batch for _column, typed in one.people], today)
    for one in batch:
        one.flat_id = flats.get(one.key, 0)
        if not one.flat_id:
            report.error(one.row, "address", _("Huoneistoa ei ole kirjattu. Tuo se ensin."))
        one.parties = list(people.of(one, report))
        if one.flat_id and len(one.parties) == len(one.people):
            yield one


class _People:
    """People by their ids as they are written in a file: customer numbers and old ids. Nobody is
    found whose record is closed to the user (A2): one's own lease another brings in."""

    def __init__(self, typed: Iterable[str], today: date) -> None:
        wanted = set(typed)
        digits = (one for one in wanted if one.isascii() and one.isdecimal())
        numbers = [int(one) for one in digits if len(one) < 10]
        by_id = dict(ExternalId.objects.filter(value__in=wanted).values_list("value", "person_id"))
        by_number = dict(
            Person.objects.filter(customer_number__in=numbers).values_list("customer_number", "pk")
        )
        found = set(told_to_user([*by_id.values(), *by_number.values()], today=today))
        self.by_id = {typed: pk for typed, pk in by_id.items() if pk in found}
        self.by_number = {str(number): pk for number, pk in by_number.items() if pk in found}
        marked = Mark.objects.filter(in_force(today), kind=MarkKind.RESTRICTION, person__in=found)
        self.restricted = set(marked.values_list("person_id", flat=True))

    def of(self, one: ImportedLease, report: Report) -> Iterator[tuple[Role, int]]:
        """The parties of a lease; what is wrong goes to the report at its column."""
        seen: set[int] = set()
        for column, typed in one.people:
            found = {pk for pk in (self.by_id.get(typed), self.by_number.get(typed)) if pk}
            if not found:
                report.error(one.row, column, _("Tunnuksella ei ole ketään. Tuo henkilö ensin."))
            elif len(found) > 1:
                words = _("Tunnus on yhden asiakasnumero ja toisen vanha tunnus.")
                report.error(one.row, column, words)
            elif found & self.restricted:
                words = _("Henkilön tietojen käsittely on rajoitettu. Sopimusta ei voi tuoda.")
                report.error(one.row, column, words)
            elif found & seen:
                report.error(one.row, column, _("Henkilö on jo sopimuksessa samalta ajalta."))
            else:
                seen |= found
                yield PEOPLE[column], found.pop()


def _known(batch: Sequence[ImportedLease]) -> set[tuple[int, date, int]]:
    """Leases of these flats that the register has, by what tells them; one statement."""
    return set(_tenancies(batch).values_list("lease__flat", "lease__starts_on", "person"))


def _tenancies(batch: Sequence[ImportedLease]) -> QuerySet[Party]:
    """The first tenants of the leases that the register has of these flats."""
    return Party.objects.filter(
        lease__flat__in={one.flat_id for one in batch}, role=Role.TENANT,
        lease__cancelled_on__isnull=True, lease__concluded_on__isnull=False,
    )  # fmt: skip


# -- days --------------------------------------------------------------------------------------


def _judge_terms(leases: Sequence[ImportedLease], report: Report) -> None:
    """Whether each is fixed or open-ended (AHVL 4 §), and which lease it goes on from: of the same
    tenant in the same flat, with no day between."""
    earlier = _earlier(leases)
    for one in leases:
        chain = earlier[one.flat_id, one.tenant_id]
        numbers = numbers_of(one.concluded_on)
        known = nature(numbers, Term(one.starts_on, one.term_ends_on), earlier=chain)
        one.open_ended = known.kind == Kind.OPEN_ENDED
        if known.because is Because.CHAIN:
            words = _("Lyhyitä määräaikoja on kolme peräkkäin: sopimus on toistaiseksi voimassa.")
            report.warn(one.row, "term_ends_on", words)
        chain.append(Term(one.starts_on, one.term_ends_on))


def _earlier(leases: Sequence[ImportedLease]) -> dict[tuple[int, int], list[Term]]:
    """The terms of leases of the register, by flat and tenant."""
    found: dict[tuple[int, int], list[Term]] = defaultdict(list)
    for batch in batches(leases, BATCH):
        for flat, person, first, last in _tenancies(batch).values_list(
            "lease__flat", "person", "lease__starts_on", "lease__term_ends_on"
        ):
            found[flat, person].append(Term(first, last))
    return found


def _refuse_overlaps(leases: Sequence[ImportedLease], report: Report) -> None:
    """No flat is let twice on a day: neither by two rows nor by a row and the register."""
    taken = _taken({one.flat_id for one in leases})
    for one in leases:
        days = taken[one.flat_id]
        last = one.ends_on or date.max
        at = bisect_left(days, (last, date.max, ""))
        clash = next((day for day in days[:at] if day[1] >= one.starts_on), None)
        if clash is not None:
            report.error(one.row, "starts_on", clash[2])
        words = _("Huoneisto on näinä päivinä vuokrattu rivillä %(row)s.") % {"row": one.row}
        insort(days, (one.starts_on, last, words))


def _taken(flats: set[int]) -> dict[int, list[tuple[date, date, str]]]:
    """The days on which flats are let by the register, each with what is said of them."""
    found: dict[int, list[tuple[date, date, str]]] = defaultdict(list)
    for batch in batches(sorted(flats), BATCH):
        rows = list(Occupancy.objects.filter(flat__in=batch))
        numbers = told_numbers(rows)
        for row in rows:
            told = let_already(numbers.get(row.lease))
            insort(found[row.flat_id], (row.valid_from, row.valid_to or date.max, told))
    return found


def follows(one: ImportedLease, before: ImportedLease | None) -> bool:
    """Whether a lease goes on from another without a day between (jatkuva vuokrasuhde)."""
    return (
        before is not None
        and before.flat_id == one.flat_id
        and before.tenant_id == one.tenant_id
        and before.ends_on is not None
        and before.ends_on + DAY == one.starts_on
    )
