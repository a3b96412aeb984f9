"""Leases of the demo company: most flats are let to invented people, some lease at each stage.

Made by the services, as staff would; only the days of the past are invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random

from django.utils import timezone

from leases.contracts.models import Component, ComponentKind, Lease, Party
from leases.contracts.rules.notice import Document, Method
from leases.contracts.rules.persons import Role
from leases.contracts.services import (
    NoticeDetails,
    Terms,
    draft,
    make_ready,
    record_notice,
    serve,
    set_component,
)
from leases.homes.models import Flat, Vacancy
from registry.persons.models import Identity, Mark, Person, Source
from vuokra.access.stated import bulk_write
from vuokra.db.bulk import batches, insert_many, update_many
from vuokra.demo.registry import Progress, Scale
from vuokra.rules.rules import DAY

PRICE = Decimal("12.40")
"""Euros a square metre in a month: an invented company's."""

SIGNED_BEFORE = timedelta(days=9)
LET_OF_TEN = 9
BATCH = 1000


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    flats = list(Flat.objects.exclude(pk__in=Vacancy.objects.values("flat")).order_by("sort_key"))
    people = adults(scale.today)
    let = [flat for number, flat in enumerate(flats) if number % 10 < LET_OF_TEN]
    free = [flat for number, flat in enumerate(flats) if number % 10 >= LET_OF_TEN]
    made = let_many(let, people, scale)
    progress(made, len(flats))
    stages(free, people, scale.today)
    progress(len(flats), len(flats))


def adults(today: date) -> Iterator[Person]:
    """People who may rent: of age, alive and not restricted."""
    born = date(today.year - 19, 1, 1)
    marked = Mark.objects.values("person")
    grown = Identity.objects.filter(active=True, birth_date__lt=born).values("person")
    chosen = Person.objects.filter(pk__in=grown, protected=False).exclude(pk__in=marked)
    return iter(chosen.order_by("id"))


@dataclass(frozen=True, slots=True)
class Tenancy:
    """An invented lease: who rents which flat from when, and until when if it has ended."""

    flat: Flat
    person: Person
    first: date
    last: date | None = None


def let_many(flats: list[Flat], people: Iterator[Person], scale: Scale) -> int:
    """Leases in force for the flats, in bulk; for the bench too. How many."""
    random = Random(scale.seed)  # noqa: S311  (invented leases)
    pairs = zip(flats, people, strict=False)
    return conclude_many(
        [Tenancy(flat, person, _began(random, scale.today)) for flat, person in pairs]
    )


def ended_before(leases: Iterable[Lease], people: Iterator[Person]) -> int:
    """An ended lease in the flat of each of these, until the day before it began, in bulk; for the
    bench. How many."""
    return conclude_many(
        [
            Tenancy(lease.flat, person, _years_before(lease.starts_on), lease.starts_on - DAY)
            for lease, person in zip(leases, people, strict=False)
        ]
    )


def conclude_many(tenancies: Sequence[Tenancy]) -> int:
    """Signed leases, in bulk. How many."""
    with bulk_write("leases of invented people"):
        for batch in batches(tenancies, BATCH):
            _conclude(batch)
    return len(tenancies)


def _conclude(batch: Sequence[Tenancy]) -> None:
    now = timezone.now()
    leases = Lease.objects.bulk_create(
        Lease(flat=one.flat, starts_on=one.first, last_day=one.last) for one in batch
    )
    pairs = list(zip(leases, batch, strict=True))
    insert_many(
        [
            Party(
                lease=lease, person=one.person, role=Role.TENANT, source=Source.LEASE,
                valid_from=one.first, signed_on=one.first - SIGNED_BEFORE,
            )
            for lease, one in pairs
        ]
    )  # fmt: skip
    insert_many([part for lease, one in pairs for part in _parts(lease, one.flat)])
    for lease, one in pairs:  # signed when everything is in it
        lease.ready_at, lease.concluded_on = now, one.first - SIGNED_BEFORE
    update_many(leases, ["ready_at", "concluded_on"])


def _years_before(day: date) -> date:
    """The first day of a lease that lasted three years."""
    return day.replace(year=day.year - 3)


def _began(random: Random, today: date) -> date:
    months = random.randrange(1, 120)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _parts(lease: Lease, flat: Flat) -> Iterator[Component]:
    yield Component(
        lease=lease, kind=ComponentKind.RENT, price_eur=_rent(flat), valid_from=lease.starts_on
    )
    yield Component(
        lease=lease, kind=ComponentKind.WATER_PERSON, price_eur=Decimal("22.00"),
        quantity=1 + flat.rooms // 3, valid_from=lease.starts_on,
    )  # fmt: skip


def stages(flats: list[Flat], people: Iterator[Person], today: date) -> None:
    """A lease at each stage: a draft, one to be signed, and notices served and not."""
    chosen = list(islice(zip(flats, people, strict=False), 3))
    for number, (flat, person) in enumerate(chosen):
        starts_on = today + timedelta(days=10 + number)
        if number:
            draw_up(flat, person, starts_on, today)
        else:
            draft(flat, person, Terms(starts_on=starts_on), today=today)
    running = list(
        Lease.objects.filter(concluded_on__isnull=False, starts_on__lt=today).order_by("pk")[:4]
    )
    for number, lease in enumerate(running):
        notice = record_notice(
            lease, NoticeDetails(document=Document.TENANT_NOTICE, sent_on=today), today=today
        )
        if number:
            serve(notice, served_on=today, method=Method.RECEIPT, today=today)


def draw_up(flat: Flat, person: Person, starts_on: date, today: date) -> Lease:
    """A lease that waits for its signature."""
    lease = draft(flat, person, Terms(starts_on=starts_on), today=today)
    set_component(lease, ComponentKind.RENT, _rent(flat), today=today)
    return make_ready(lease, today=today)


def _rent(flat: Flat) -> Decimal:
    return (flat.area * PRICE).quantize(Decimal("0.01"))


def empty() -> bool:
    """Whether there is no lease."""
    return not Lease.objects.exists()
