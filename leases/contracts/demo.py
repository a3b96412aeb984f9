"""Leases of the demo company: most flats are let to invented people, some lease at each stage.

Made by the services, as staff would; only the days of the past are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from vuokra.access.context import bulk_write
from vuokra.demo.registry import Progress, Scale

PRICE = Decimal("12.40")
"""Euros a square metre in a month: an invented company's."""

SIGNED_BEFORE = timedelta(days=9)
LET_OF_TEN = 9
BATCH = 200


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


def let_many(flats: list[Flat], people: Iterator[Person], scale: Scale) -> int:
    """Leases in force for the flats, in bulk; for the bench too. How many."""
    random = Random(scale.seed)  # noqa: S311  (invented leases)
    today, now, made = scale.today, timezone.now(), 0
    with bulk_write("leases of invented people"):
        for start in range(0, len(flats), BATCH):
            pairs = list(zip(flats[start : start + BATCH], people, strict=False))
            days = [_began(random, today) for _pair in pairs]
            leases = Lease.objects.bulk_create(
                Lease(flat=flat, starts_on=day)
                for (flat, _person), day in zip(pairs, days, strict=True)
            )
            Party.objects.bulk_create(
                Party(
                    lease=lease, person=person, role=Role.TENANT, source=Source.LEASE,
                    valid_from=lease.starts_on, signed_on=lease.starts_on - SIGNED_BEFORE,
                )
                for lease, (_flat, person) in zip(leases, pairs, strict=True)
            )  # fmt: skip
            Component.objects.bulk_create(
                part for lease, (flat, _p) in zip(leases, pairs, strict=True)
                for part in _parts(lease, flat)
            )  # fmt: skip
            for lease in leases:  # signed when everything is in it
                lease.ready_at, lease.concluded_on = now, lease.starts_on - SIGNED_BEFORE
            Lease.objects.bulk_update(leases, ["ready_at", "concluded_on"])
            made += len(leases)
    return made


def _began(random: Random, today: date) -> date:
    months = random.randrange(1, 120)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _parts(lease: Lease, flat: Flat) -> Iterator[Component]:
    rent = (flat.area * PRICE).quantize(Decimal("0.01"))
    yield Component(
        lease=lease, kind=ComponentKind.RENT, price_eur=rent, valid_from=lease.starts_on
    )
    yield Component(
        lease=lease, kind=ComponentKind.WATER_PERSON, price_eur=Decimal("22.00"),
        quantity=1 + flat.rooms // 3, valid_from=lease.starts_on,
    )  # fmt: skip


def stages(flats: list[Flat], people: Iterator[Person], today: date) -> None:
    """A lease at each stage: a draft, one to be signed, and notices served and not."""
    chosen = list(islice(zip(flats, people, strict=False), 3))
    for number, (flat, person) in enumerate(chosen):
        terms = Terms(starts_on=today + timedelta(days=10 + number))
        lease = draft(flat, person, terms, today=today)
        if number:
            rent = (flat.area * PRICE).quantize(Decimal("0.01"))
            set_component(lease, ComponentKind.RENT, rent, today=today)
            make_ready(lease, today=today)
    running = list(
        Lease.objects.filter(concluded_on__isnull=False, starts_on__lt=today).order_by("pk")[:4]
    )
    for number, lease in enumerate(running):
        notice = record_notice(
            lease, NoticeDetails(document=Document.TENANT_NOTICE, sent_on=today), today=today
        )
        if number:
            serve(notice, served_on=today, method=Method.RECEIPT, today=today)


def empty() -> bool:
    """Whether there is no lease."""
    return not Lease.objects.exists()
