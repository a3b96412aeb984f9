"""What is looked at beside an application when it is checked: its original, the next one of the
list, how long it is kept, and whether somebody of the household rents or has rented from us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import DateField, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from applications.intake import kept
from applications.intake.codes import AttachmentKind, State
from applications.intake.models import Application, Attachment
from applications.intake.queries.listing import NEWEST, ORDER, ApplicationRow, View, told, view_is
from leases.contracts.kept import ends_of_tenancies
from leases.contracts.models import Lease, Party
from leases.contracts.queries import home_told
from leases.contracts.rules.persons import TENANTS
from leases.deposits.owing import left_owing
from registry.persons.models import Person
from registry.persons.queries import may_know_of_protection
from registry.persons.queries.standing import none_closed
from registry.retention.queries import lengths
from registry.retention.starts import Kept
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

NO_DAY: Final = Value(date.max, output_field=DateField())
"""Where a day is missing, as the list sorts it: last when the earliest comes first."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The applications before and after one in a view of the list; None at its ends."""

    before: str | None
    after: str | None


def neighbours(row: ApplicationRow, view: View | None, *, today: date) -> Neighbours:
    """The numbers of the applications beside this one, as the list has them; two statements. One
    that has left the view has the neighbours of the place where it would stand."""
    first = ORDER.get(view, NEWEST)[0]
    name, down = first.removeprefix("-"), first.startswith("-")
    day = getattr(row.application, name) or date.max
    chosen = told(view_is(view, today), today).annotate(day=Coalesce(F(name), NO_DAY))
    pk = row.application.pk
    later = chosen.filter(Q(day__gt=day) | Q(day=day, pk__gt=pk)).order_by("day", "pk")
    earlier = chosen.filter(Q(day__lt=day) | Q(day=day, pk__lt=pk)).order_by("-day", "-pk")
    before, after = (later, earlier) if down else (earlier, later)
    return Neighbours(_number(before), _number(after))


def _number(chosen: Any) -> str | None:
    found: str | None = chosen.values_list("number", flat=True).first()
    return found


def original_of(row: ApplicationRow) -> Attachment | None:
    """The newest original of an application whose file is kept; one statement."""
    papers = row.application.attachments.filter(kind=AttachmentKind.ORIGINAL)
    return papers.exclude(file="").order_by("-pk").first()


def kept_until(application: Application, *, today: date) -> Kept:
    """By which code an application is kept and until when, as far as is known now: its end moves
    when it is renewed, compared or leads to a lease."""
    if application.state in (State.ACCEPTED, State.HOUSED):
        return Kept(kept.OF_LEASE, None)  # whose end is told by the lease
    pk, known = application.pk, lengths(today)
    return kept.last_days({pk: pk}, files=False, papers=False, lengths=known, today=today)[pk]


# -- tenancies -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tenancy:
    """That somebody of a household rents a home from us or has rented one. `leases` are those that
    the user may open; `owing_eur` is what settled deposits left unpaid, None for a user who may not
    know of debts."""

    person: Person
    now: bool
    leases: Sequence[Lease]
    owing_eur: Decimal | None


def tenancies_of(row: ApplicationRow, *, today: date) -> list[Tenancy]:
    """Who of a household is or was a tenant; one statement, one more for a user who reads leases,
    and one for a user who may know of debts.

    Whoever reads none is told that somebody rents or has rented, and no more: neither the home nor
    the days. Leases of others whose record is closed to the user, or whose home may not be told,
    are left out (A2, 7.3).
    """
    people = {one.person_id: one.person for one in row.members}
    ends = ends_of_tenancies(list(people), today)
    leases: dict[int, list[Lease]] = {}
    if ends and current().actor.level(Group.LEASE) >= Level.READ:
        for party in _parties(list(ends), today):
            leases.setdefault(party.person_id, []).append(party.lease)
    owing: Mapping[int, Decimal] | None = None
    if ends and current().actor.level(Group.COLLECTION) >= Level.READ:
        owing = left_owing(list(ends))
    return [
        Tenancy(
            people[pk], end is None, leases.get(pk, []),
            None if owing is None else owing.get(pk, Decimal(0)),
        )
        for pk, end in ends.items()
    ]  # fmt: skip


def _parties(people: Sequence[int], today: date) -> Any:
    others = Party.objects.filter(lease=OuterRef("lease")).exclude(person__in=people)
    found = Party.objects.filter(
        none_closed(others, today), person__in=people, role__in=TENANTS,
        lease__concluded_on__isnull=False, lease__cancelled_on__isnull=True,
    )  # fmt: skip
    if not may_know_of_protection():
        found = found.filter(home_told("lease"))
    return found.select_related("lease").order_by("-lease__starts_on", "-lease_id", "pk")
